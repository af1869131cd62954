-- name: nudge(nudge)
SELECT * FROM nudge WHERE id = :nudge;

-- name: around_nudge(nudge)
SELECT nudge.*, enrollment.*, member.*, cohort.* FROM nudge
JOIN enrollment ON enrollment.id = nudge.enrollment
JOIN member ON member.id = enrollment.member
JOIN cohort ON cohort.id = enrollment.cohort
WHERE nudge.id = :nudge;

-- name: agenda_around(nudge)
SELECT * FROM nudge WHERE enrollment = (SELECT enrollment FROM nudge WHERE id = :nudge) ORDER BY due_at, rowid;

-- name: promises_around(nudge)
SELECT commitment.* FROM nudge JOIN commitment
ON commitment.member = nudge.member AND commitment.enrollment = nudge.enrollment
WHERE nudge.id = :nudge ORDER BY commitment.made_at DESC, commitment.rowid DESC;

-- name: answers_around(nudge)
SELECT reply.* FROM nudge JOIN reply ON reply.enrollment = nudge.enrollment
WHERE nudge.id = :nudge AND reply.kind = 'debrief' AND reply.text IS NOT NULL AND reply.deleted_at IS NULL
ORDER BY reply.received_at, reply.rowid;

-- name: nudge_at(workspace, conversation, message)
SELECT nudge.* FROM screen JOIN nudge ON nudge.id = screen.about
WHERE screen.workspace = :workspace AND screen.conversation = :conversation AND screen.message = :message
  AND screen.message <> '' AND screen.kind = 'nudge'
ORDER BY nudge.rowid DESC LIMIT 1;

-- name: nudges_of(enrollment)
SELECT * FROM nudge WHERE enrollment = :enrollment ORDER BY due_at, rowid;

-- name: nudges_of_runs(member)
SELECT nudge.* FROM enrollment JOIN nudge ON nudge.enrollment = enrollment.id
WHERE enrollment.member = :member ORDER BY nudge.due_at, nudge.rowid;

-- name: posts_of(cohort)
SELECT * FROM nudge WHERE cohort = :cohort AND member IS NULL ORDER BY due_at, rowid;

-- name: sent_to(member, limit)
SELECT * FROM nudge WHERE member = :member AND sent_at IS NOT NULL ORDER BY sent_at DESC, rowid DESC LIMIT :limit;

-- name: count_started(member, since, until)
SELECT (
    SELECT count(*) FROM nudge
    WHERE member = :member AND sent_at >= :since AND sent_at < :until
      AND kind NOT IN ('welcome', 'coach_word', 'coach_ask', 'coach_heard')
) + (
    SELECT count(*) FROM nudge
    WHERE coalesce(member, cohort) = :member AND state = 'ready'
      AND kind NOT IN ('welcome', 'coach_word', 'coach_ask', 'coach_heard')
) + (
    SELECT count(*) FROM nudge
    WHERE coalesce(member, cohort) = :member AND state IN ('sending', 'uncertain')
      AND kind NOT IN ('welcome', 'coach_word', 'coach_ask', 'coach_heard')
) AS started;

-- name: count_tried(cohort, since, until)
SELECT count(DISTINCT member) AS people FROM nudge
WHERE cohort = :cohort AND answered_at >= :since AND answered_at < :until AND kind = 'nudge' AND answer = 'done';

-- name: next_post(cohort)
SELECT * FROM nudge
WHERE cohort = :cohort AND member IS NULL AND state = 'planned' AND kind = 'team_reflection'
  AND EXISTS (SELECT 1 FROM cohort WHERE cohort.id = :cohort AND cohort.state = 'active')
ORDER BY due_at LIMIT 1;

-- name: told_of(author)
SELECT told.* FROM reply
JOIN reply AS word ON word.id = reply.answers
JOIN nudge AS told ON told.member = word.author AND told.kind = 'coach_heard' AND told.subject = reply.id
WHERE reply.author = :author AND reply.answers IS NOT NULL;

-- name: next_posts(cohorts)
-- Of each active cohort, its first weekly post that is still planned.
SELECT post.* FROM json_each(:cohorts) AS wanted
JOIN cohort ON cohort.id = wanted.value AND cohort.state = 'active'
JOIN nudge AS post ON post.id = (
    SELECT id FROM nudge
    WHERE cohort = wanted.value AND member IS NULL AND state = 'planned' AND kind = 'team_reflection'
    ORDER BY due_at LIMIT 1
);

-- name: shares_with(cohorts, ids)
-- The posts of threads whose reflection, the newest of its message, holds one of these texts; with what they stand under.
SELECT post.*, made.*, under.* FROM nudge AS post
JOIN reflection AS made ON made.id = (
    SELECT id FROM reflection WHERE reflection.nudge = post.subject ORDER BY made_at DESC, rowid DESC LIMIT 1
)
LEFT JOIN nudge AS under ON under.id = post.subject
WHERE post.cohort IN (SELECT value FROM json_each(:cohorts)) AND post.member IS NULL AND post.kind = 'team_share'
  AND EXISTS (
      SELECT 1 FROM json_each(made.shared) AS held WHERE held.value IN (SELECT value FROM json_each(:ids))
  )
ORDER BY post.due_at, post.rowid;
