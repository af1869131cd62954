-- name: nudge(workspace, nudge)
SELECT * FROM nudge WHERE workspace = :workspace AND id = :nudge;


-- name: nudges_of(workspace, enrollment)
SELECT * FROM nudge WHERE workspace = :workspace AND enrollment = :enrollment ORDER BY due_at, seq;

-- name: nudges_of_member(workspace, member)
SELECT nudge.* FROM enrollment CROSS JOIN nudge ON nudge.workspace = :workspace AND nudge.enrollment = enrollment.id
WHERE enrollment.workspace = :workspace AND enrollment.member = :member ORDER BY nudge.due_at, nudge.seq;

-- name: answered(workspace, conversation, message)
-- Which nudge a message is, or is a reply to, or confirms a reply to.
SELECT * FROM (
    SELECT 1 AS rank, nudge.id AS nudge, 1 AS is_message FROM screen JOIN nudge ON nudge.workspace = :workspace
      AND nudge.id = screen.about
    WHERE screen.workspace = :workspace AND screen.conversation = :conversation AND screen.message = :message
      AND screen.message <> '' AND screen.kind = 'nudge'
    UNION ALL
    SELECT 2, reply.nudge, 0 FROM reply
    WHERE reply.workspace = :workspace AND reply.source = :conversation || '/' || :message
    UNION ALL
    SELECT 3, reply.nudge, 0 FROM screen JOIN reply ON reply.workspace = :workspace AND reply.id = screen.about
    WHERE screen.workspace = :workspace AND screen.conversation = :conversation AND screen.message = :message
      AND screen.message <> ''
) ORDER BY rank LIMIT 1;

-- name: coach_words_to(workspace, member)
SELECT word.*, author.*, coach.* FROM nudge
JOIN reply AS word ON word.workspace = :workspace AND word.id = nudge.subject
JOIN member AS author ON author.workspace = :workspace AND author.id = word.author
LEFT JOIN coach ON coach.workspace = :workspace AND coach.cohort = nudge.cohort AND coach.member = word.author
WHERE nudge.workspace = :workspace AND nudge.member = :member AND nudge.kind = 'coach_word'
  AND nudge.sent_at IS NOT NULL;

-- name: told_with(workspace, author)
SELECT reply.*, told.* FROM reply
CROSS JOIN reply AS word ON word.workspace = :workspace AND word.id = reply.answers
CROSS JOIN nudge AS told ON told.workspace = :workspace AND told.member = word.author AND told.kind = 'coach_heard'
  AND told.subject = reply.id
WHERE reply.workspace = :workspace AND reply.author = :author AND reply.answers IS NOT NULL;

-- name: next_digest(workspace, member)
-- A coach's own, which belongs to no run; found along the few rows of its kind.
SELECT * FROM nudge WHERE workspace = :workspace AND member = :member AND kind = 'coach_digest' AND state = 'planned'
ORDER BY due_at, seq LIMIT 1;

-- name: posts_of(workspace, cohort)
SELECT * FROM nudge WHERE workspace = :workspace AND cohort = :cohort AND member IS NULL ORDER BY due_at, seq;

-- name: last_of_weeks(workspace, cohort, weeks)
-- Who stands still until they come back holds up nobody.
SELECT max(nudge.local_date) AS day FROM enrollment
CROSS JOIN nudge ON nudge.workspace = :workspace AND nudge.enrollment = enrollment.id AND nudge.state = 'planned'
  AND nudge.subject IS NULL AND nudge.week BETWEEN 1 AND :weeks
WHERE enrollment.workspace = :workspace AND enrollment.cohort = :cohort
  AND (enrollment.state = 'active' OR (enrollment.state = 'paused' AND enrollment.paused_until IS NOT NULL));

-- name: sent_to(workspace, member, limit)
SELECT * FROM nudge WHERE workspace = :workspace AND member = :member AND sent_at IS NOT NULL
ORDER BY sent_at DESC, seq DESC LIMIT :limit;

-- name: count_tried(workspace, cohort, since, until)
SELECT count(DISTINCT member) AS people FROM nudge
WHERE workspace = :workspace AND cohort = :cohort AND answered_at >= :since AND answered_at < :until
  AND kind = 'nudge' AND answer = 'done';


-- name: next_posts(workspace, cohorts)
-- Of each active cohort, its first weekly post that is still planned.
SELECT post.* FROM json_each(:cohorts) AS wanted
CROSS JOIN cohort ON cohort.workspace = :workspace AND cohort.id = wanted.value AND cohort.state = 'active'
CROSS JOIN nudge AS post ON post.workspace = :workspace AND post.id = (
    SELECT id FROM nudge
    WHERE workspace = :workspace AND cohort = wanted.value AND member IS NULL AND state = 'planned'
      AND kind = 'team_reflection'
    ORDER BY due_at LIMIT 1
);

-- name: shares_with(workspace, cohorts, ids)
-- The posts of threads whose reflection, the newest of its message, holds one of these texts; with what they stand under.
SELECT post.*, made.*, under.* FROM nudge AS post
JOIN reflection AS made ON made.workspace = :workspace AND made.id = (
    SELECT id FROM reflection WHERE workspace = :workspace AND reflection.nudge = post.subject
    ORDER BY made_at DESC, seq DESC LIMIT 1
)
LEFT JOIN nudge AS under ON under.workspace = :workspace AND under.id = post.subject
WHERE post.workspace = :workspace AND post.cohort IN (SELECT value FROM json_each(:cohorts))
  AND post.member IS NULL AND post.kind = 'team_share'
  AND EXISTS (
      SELECT 1 FROM json_each(made.shared) AS held WHERE held.value IN (SELECT value FROM json_each(:ids))
  )
ORDER BY post.due_at, post.seq;
