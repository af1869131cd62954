-- Who is let in to the desk: links that are good once, and the sessions that they begin. Of both only hashes are kept.

-- name: sign_in(workspace, link)
SELECT * FROM sign_in WHERE workspace = :workspace AND id = :link;

-- name: sign_ins_unused(workspace, member)
SELECT * FROM sign_in WHERE workspace = :workspace AND member = :member AND used_at IS NULL ORDER BY made_at, seq;

-- name: session(workspace, session)
SELECT session.*, member.* FROM session
CROSS JOIN member ON member.workspace = :workspace AND member.id = session.member
WHERE session.workspace = :workspace AND session.id = :session;

-- name: sessions_not_ended(workspace, member)
SELECT * FROM session WHERE workspace = :workspace AND member = :member AND ended_at IS NULL ORDER BY made_at, seq;

-- name: wishes(workspace, coach)
SELECT reply.id, reply.cohort, reply.received_at AS at, reply.member, member.name FROM coach
CROSS JOIN reply ON reply.workspace = :workspace AND reply.cohort = coach.cohort AND reply.kind = 'request'
  AND reply.taken_by IS NULL
CROSS JOIN member ON member.workspace = :workspace AND member.id = reply.member
CROSS JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = reply.enrollment
WHERE coach.workspace = :workspace AND coach.member = :coach AND coach.state = 'active' AND reply.intent = 'coach'
  AND reply.member <> :coach AND enrollment.state <> 'left'
ORDER BY reply.received_at, reply.seq;

-- name: told_about(workspace, member, prompt, occurrence)
SELECT * FROM nudge WHERE workspace = :workspace AND coalesce(member, cohort) = :member AND prompt = :prompt
  AND occurrence = :occurrence ORDER BY due_at LIMIT 1;

-- name: posts_made(workspace, cohort)
SELECT made.*, post.* FROM reflection AS made
CROSS JOIN nudge AS post ON post.workspace = :workspace AND post.id = made.nudge
WHERE made.workspace = :workspace AND made.cohort = :cohort AND made.member IS NULL
ORDER BY made.made_at, made.seq;

-- name: drop_sign_ins(ended_before)!
DELETE FROM sign_in WHERE ends_at < :ended_before;

-- name: drop_sessions(ended_before, seen_before)!
DELETE FROM session WHERE min(ends_at, coalesce(ended_at, ends_at)) < :ended_before OR seen_at < :seen_before;
