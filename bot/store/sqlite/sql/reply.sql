-- name: reply(workspace, reply)
SELECT * FROM reply WHERE workspace = :workspace AND id = :reply;

-- name: reply_author(workspace, reply)
SELECT author FROM reply WHERE workspace = :workspace AND id = :reply;

-- name: reply_confirmed(workspace, reply)
SELECT reply.*, nudge.*, enrollment.*, member.*, cohort.* FROM reply
JOIN nudge ON nudge.workspace = :workspace AND nudge.id = reply.nudge
JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = nudge.enrollment
JOIN member ON member.workspace = :workspace AND member.id = enrollment.member
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
WHERE reply.workspace = :workspace AND reply.id = :reply;

-- name: reply_from(workspace, source)
SELECT * FROM reply WHERE workspace = :workspace AND source = :source;

-- name: said_before(workspace, external_id)
-- How many texts somebody wrote that were confirmed, three at most.
SELECT count(*) AS texts FROM (
    SELECT 1 FROM member JOIN reply ON reply.workspace = :workspace AND reply.author = member.id AND reply.kind <> 'coach'
    WHERE member.workspace = :workspace AND member.external_id = :external_id LIMIT 3
);

-- name: replies_said(workspace, conversation, since, until)
SELECT * FROM reply
WHERE workspace = :workspace AND said_at BETWEEN :since AND :until
  AND substr(source, 1, length(:conversation) + 1) = :conversation || '/'
ORDER BY said_at, seq;

-- name: replies_to(workspace, nudge)
SELECT * FROM reply WHERE workspace = :workspace AND nudge = :nudge AND deleted_at IS NULL
  AND has_words ORDER BY received_at, seq;

-- name: replies_held(until, limit)
-- Along the index of what is held: most of the time there is nothing.
SELECT reply.* FROM reply JOIN workspace ON workspace.id = reply.workspace AND workspace.state = 'active'
WHERE reply.held_until IS NOT NULL AND reply.held_until <= :until
ORDER BY reply.held_until, reply.seq LIMIT :limit;

-- name: stops_of(workspace, member)
SELECT * FROM reply
WHERE workspace = :workspace AND member = :member AND kind = 'held' AND intent = 'stop' AND has_words
ORDER BY received_at, seq;

-- name: replies_of(workspace, member, kinds, limit)
SELECT * FROM reply
WHERE workspace = :workspace AND member = :member AND author = member AND deleted_at IS NULL AND has_words
  AND kind NOT IN ('held', 'request')
  AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
ORDER BY received_at DESC, seq DESC LIMIT :limit;

-- name: replies_between(workspace, member, since, until)
SELECT * FROM reply
WHERE workspace = :workspace AND member = :member AND author = member AND deleted_at IS NULL AND has_words
  AND kind NOT IN ('held', 'request') AND received_at >= :since AND received_at < :until
ORDER BY received_at, seq;

-- name: replies_shared(workspace, cohort)
SELECT * FROM reply WHERE workspace = :workspace AND cohort = :cohort AND shared_at IS NOT NULL
  AND deleted_at IS NULL AND has_words
ORDER BY shared_at, seq;

-- name: replies_with(workspace, ids)
SELECT reply.* FROM json_each(:ids) AS wanted JOIN reply ON reply.workspace = :workspace AND reply.id = wanted.value
WHERE reply.deleted_at IS NULL AND has_words ORDER BY wanted.key;

-- name: replies_let_in(workspace, member)
-- A person's own words that stand and may stand in a channel, too.
SELECT * FROM reply
WHERE workspace = :workspace AND member = :member AND author = member AND kind <> 'coach' AND deleted_at IS NULL
  AND has_words
  AND shared_at IS NOT NULL
ORDER BY received_at, seq;

-- name: own_words(workspace, member, before_at, before_id, limit)
-- Which replies and commitments with words a person has, newest first.
SELECT id FROM (
    SELECT * FROM (
        SELECT id, received_at AS at FROM reply
        WHERE workspace = :workspace AND member = :member AND author = member AND kind NOT IN ('coach', 'held', 'request')
          AND deleted_at IS NULL AND has_words
          AND (received_at, id) < (:before_at, :before_id)
        ORDER BY received_at DESC, id DESC LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, made_at AS at FROM commitment
        WHERE workspace = :workspace AND member = :member AND has_words
          AND (made_at, id) < (:before_at, :before_id)
        ORDER BY made_at DESC, id DESC LIMIT :limit
    )
) ORDER BY at DESC, id DESC LIMIT :limit;
