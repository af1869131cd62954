-- name: around_nudge(workspace, nudge)
SELECT nudge.*, enrollment.*, member.*, cohort.* FROM nudge
JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = nudge.enrollment
JOIN member ON member.workspace = :workspace AND member.id = enrollment.member
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
WHERE nudge.workspace = :workspace AND nudge.id = :nudge;

-- name: who_around(workspace, nudge)
-- Who reads what is shared in the run: as `who_reads`.
SELECT cohort.*, gate.*, coach.*, reader.*, read_grant.* FROM nudge
JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = nudge.enrollment
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
LEFT JOIN gate ON gate.workspace = :workspace AND gate.closed_at IS NULL
LEFT JOIN coach ON coach.workspace = :workspace AND coach.cohort = cohort.id
LEFT JOIN member AS reader ON reader.workspace = :workspace AND reader.id = coach.member
LEFT JOIN read_grant ON read_grant.workspace = :workspace AND read_grant.member = enrollment.member
  AND read_grant.coach = coach.member AND read_grant.cohort = cohort.id AND read_grant.ended_at IS NULL
WHERE nudge.workspace = :workspace AND nudge.id = :nudge
ORDER BY coach.named_at, coach.seq, read_grant.seq;

-- name: agenda_around(workspace, nudge)
SELECT * FROM nudge WHERE workspace = :workspace
  AND enrollment = (SELECT enrollment FROM nudge WHERE workspace = :workspace AND id = :nudge) ORDER BY due_at, seq;

-- name: promises_around(workspace, nudge)
SELECT commitment.* FROM nudge JOIN commitment
ON commitment.workspace = :workspace AND commitment.member = nudge.member AND commitment.enrollment = nudge.enrollment
WHERE nudge.workspace = :workspace AND nudge.id = :nudge ORDER BY commitment.made_at DESC, commitment.seq DESC;

-- name: answers_around(workspace, nudge)
SELECT reply.* FROM nudge JOIN reply ON reply.workspace = :workspace AND reply.enrollment = nudge.enrollment
WHERE nudge.workspace = :workspace AND nudge.id = :nudge AND reply.kind = 'debrief' AND reply.has_words
  AND reply.deleted_at IS NULL
ORDER BY reply.received_at, reply.seq;

-- name: word_around(workspace, nudge)
-- What a coach wrote, with what it is about, who wrote it and whether they are a coach of it.
SELECT word.*, about.*, author.*, coach.* FROM nudge JOIN reply AS word ON word.workspace = :workspace
  AND word.id = nudge.subject
LEFT JOIN nudge AS about ON about.workspace = :workspace AND about.id = word.nudge
LEFT JOIN member AS author ON author.workspace = :workspace AND author.id = word.author
LEFT JOIN coach ON coach.workspace = :workspace AND coach.cohort = nudge.cohort AND coach.member = word.author
WHERE nudge.workspace = :workspace AND nudge.id = :nudge;

-- name: answered_around(workspace, nudge)
-- What the person of a nudge answered to coaches, each with what told the coach of it.
SELECT answer.*, told.* FROM nudge
JOIN reply AS answer ON answer.workspace = :workspace AND answer.author = nudge.member AND answer.answers IS NOT NULL
JOIN reply AS word ON word.workspace = :workspace AND word.id = answer.answers
LEFT JOIN nudge AS told ON told.workspace = :workspace AND told.member = word.author AND told.kind = 'coach_heard'
  AND told.subject = answer.id
WHERE nudge.workspace = :workspace AND nudge.id = :nudge;

-- name: replies_looked_at(workspace, nudge)
SELECT reply.* FROM json_each((
    SELECT shared FROM reflection WHERE workspace = :workspace AND reflection.nudge = :nudge
    ORDER BY made_at DESC, seq DESC LIMIT 1
)) AS held
JOIN reply ON reply.workspace = :workspace AND reply.id = held.value WHERE reply.deleted_at IS NULL
  AND reply.has_words ORDER BY held.key;

-- name: promises_looked_at(workspace, nudge)
SELECT commitment.* FROM json_each((
    SELECT shared FROM reflection WHERE workspace = :workspace AND reflection.nudge = :nudge
    ORDER BY made_at DESC, seq DESC LIMIT 1
)) AS held
JOIN commitment ON commitment.workspace = :workspace AND commitment.id = held.value
WHERE commitment.has_words ORDER BY held.key;

-- name: reply_around(workspace, words)
SELECT * FROM reply WHERE workspace = :workspace AND id = :words;

-- name: commitment_around(workspace, words)
SELECT * FROM commitment WHERE workspace = :workspace AND id = :words;

-- name: around_words(workspace, words)
-- The run that words belong to, and the message.
SELECT enrollment.*, member.*, cohort.*, nudge.* FROM enrollment
JOIN member ON member.workspace = :workspace AND member.id = enrollment.member
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
JOIN nudge ON nudge.workspace = :workspace AND nudge.id = coalesce(
    (SELECT nudge FROM reply WHERE workspace = :workspace AND reply.id = :words),
    (SELECT nudge FROM commitment WHERE workspace = :workspace AND commitment.id = :words)
)
WHERE enrollment.workspace = :workspace AND enrollment.id = coalesce(
    (SELECT enrollment FROM reply WHERE workspace = :workspace AND reply.id = :words),
    (SELECT enrollment FROM commitment WHERE workspace = :workspace AND commitment.id = :words)
);

-- name: who_around_words(workspace, words)
-- Who reads what is shared in the run that words belong to: as `who_reads`.
SELECT cohort.*, gate.*, coach.*, reader.*, read_grant.* FROM enrollment
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
LEFT JOIN gate ON gate.workspace = :workspace AND gate.closed_at IS NULL
LEFT JOIN coach ON coach.workspace = :workspace AND coach.cohort = cohort.id
LEFT JOIN member AS reader ON reader.workspace = :workspace AND reader.id = coach.member
LEFT JOIN read_grant ON read_grant.workspace = :workspace AND read_grant.member = enrollment.member
  AND read_grant.coach = coach.member AND read_grant.cohort = cohort.id AND read_grant.ended_at IS NULL
WHERE enrollment.workspace = :workspace AND enrollment.id = coalesce(
    (SELECT enrollment FROM reply WHERE workspace = :workspace AND reply.id = :words),
    (SELECT enrollment FROM commitment WHERE workspace = :workspace AND commitment.id = :words)
)
ORDER BY coach.named_at, coach.seq, read_grant.seq;

-- name: agenda_around_words(workspace, words)
SELECT * FROM nudge WHERE workspace = :workspace AND enrollment = coalesce(
    (SELECT enrollment FROM reply WHERE workspace = :workspace AND reply.id = :words),
    (SELECT enrollment FROM commitment WHERE workspace = :workspace AND commitment.id = :words)
) ORDER BY due_at, seq;

-- name: post_around_words(workspace, words)
SELECT nudge.* FROM cohort JOIN nudge
ON nudge.workspace = :workspace AND nudge.cohort = cohort.id AND nudge.member IS NULL AND nudge.state = 'planned'
  AND nudge.kind = 'team_reflection'
WHERE cohort.workspace = :workspace AND cohort.state = 'active' AND cohort.id = coalesce(
    (SELECT cohort FROM reply WHERE workspace = :workspace AND reply.id = :words),
    (SELECT cohort FROM commitment WHERE workspace = :workspace AND commitment.id = :words)
)
ORDER BY nudge.due_at LIMIT 1;

-- name: screen_around_words(workspace, words)
SELECT id FROM screen WHERE workspace = :workspace AND id = :words;
