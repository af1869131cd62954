-- name: nudge(nudge)
SELECT * FROM nudge WHERE id = :nudge;


-- name: nudges_of(enrollment)
SELECT * FROM nudge WHERE enrollment = :enrollment ORDER BY due_at, seq;

-- name: nudges_of_member(member)
SELECT nudge.* FROM enrollment JOIN nudge ON nudge.enrollment = enrollment.id
WHERE enrollment.member = :member ORDER BY nudge.due_at, nudge.seq;

-- name: answered(workspace, conversation, message)
-- Which nudge a message is, or is a reply to, or confirms a reply to.
SELECT * FROM (
    SELECT 1 AS rank, nudge.id AS nudge, 1 AS is_message FROM screen JOIN nudge ON nudge.id = screen.about
    WHERE screen.workspace = :workspace AND screen.conversation = :conversation AND screen.message = :message
      AND screen.message <> '' AND screen.kind = 'nudge'
    UNION ALL
    SELECT 2, reply.nudge, 0 FROM reply
    WHERE reply.workspace = :workspace AND reply.source = :conversation || '/' || :message
    UNION ALL
    SELECT 3, reply.nudge, 0 FROM screen JOIN reply ON reply.id = screen.about
    WHERE screen.workspace = :workspace AND screen.conversation = :conversation AND screen.message = :message
      AND screen.message <> ''
) ORDER BY rank LIMIT 1;

-- name: coach_words_to(member)
SELECT word.*, author.*, coach.* FROM nudge
JOIN reply AS word ON word.id = nudge.subject
JOIN member AS author ON author.id = word.author
LEFT JOIN coach ON coach.cohort = nudge.cohort AND coach.member = word.author
WHERE nudge.member = :member AND nudge.kind = 'coach_word' AND nudge.sent_at IS NOT NULL;

-- name: told_with(author)
SELECT reply.*, told.* FROM reply
JOIN reply AS word ON word.id = reply.answers
JOIN nudge AS told ON told.member = word.author AND told.kind = 'coach_heard' AND told.subject = reply.id
WHERE reply.author = :author AND reply.answers IS NOT NULL;

-- name: posts_of(cohort)
SELECT * FROM nudge WHERE cohort = :cohort AND member IS NULL ORDER BY due_at, seq;

-- name: sent_to(member, limit)
SELECT * FROM nudge WHERE member = :member AND sent_at IS NOT NULL ORDER BY sent_at DESC, seq DESC LIMIT :limit;

-- name: count_tried(cohort, since, until)
SELECT count(DISTINCT member) AS people FROM nudge
WHERE cohort = :cohort AND answered_at >= :since AND answered_at < :until AND kind = 'nudge' AND answer = 'done';


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
    SELECT id FROM reflection WHERE reflection.nudge = post.subject ORDER BY made_at DESC, seq DESC LIMIT 1
)
LEFT JOIN nudge AS under ON under.id = post.subject
WHERE post.cohort IN (SELECT value FROM json_each(:cohorts)) AND post.member IS NULL AND post.kind = 'team_share'
  AND EXISTS (
      SELECT 1 FROM json_each(made.shared) AS held WHERE held.value IN (SELECT value FROM json_each(:ids))
  )
ORDER BY post.due_at, post.seq;
