-- name: arrive(workspace, id, platform, lane, received_at, lease_until, jumps, echo)
-- Whether its turn has come is decided inside the statement: two of a lane may arrive at once.
INSERT INTO inbox (id, workspace, platform, lane, state, attempt, jumps, lease_until, received_at, echo)
SELECT
    :id, :workspace, :platform, :lane, iif(its_turn, 'taken', 'waiting'), its_turn,
    :jumps, iif(its_turn, :lease_until, NULL), :received_at, :echo
FROM (
    SELECT :jumps OR NOT (
        EXISTS (SELECT 1 FROM inbox WHERE workspace = :workspace AND lane = :lane AND state = 'taken')
        OR EXISTS (SELECT 1 FROM inbox WHERE workspace = :workspace AND lane = :lane AND state = 'waiting')
    ) AS its_turn
)
WHERE NOT EXISTS (SELECT 1 FROM sight WHERE sight.workspace = :workspace AND sight.id = :id)
ON CONFLICT (workspace, id) DO NOTHING
RETURNING state;

-- name: echoed(workspace, echo, id, since)
-- The same thing under another id; under its own id, brought again, `arrive` knows it.
SELECT 1 FROM inbox WHERE workspace = :workspace AND echo = :echo AND id <> :id AND received_at >= :since LIMIT 1;

-- name: sounds_other(workspace, id, echo)
SELECT 1 FROM inbox WHERE workspace = :workspace AND id = :id AND echo <> :echo;

-- name: keep_body(workspace, id, body)!
INSERT INTO inbox_body (arrival, workspace, body) VALUES (:id, :workspace, :body);

-- name: drop_body(workspace, id)!
DELETE FROM inbox_body WHERE workspace = :workspace AND arrival = :id;

-- name: extend(held, lease_until)!
-- Each of `held` is a workspace, an id and the fence it was taken with.
UPDATE inbox SET lease_until = :lease_until FROM json_each(:held) AS mine
WHERE inbox.workspace = mine.value ->> 0 AND inbox.id = mine.value ->> 1 AND inbox.attempt = mine.value ->> 2
  AND inbox.state = 'taken';

-- name: finish(workspace, id, attempt, at)!
UPDATE inbox SET state = 'done', lease_until = NULL, reason = NULL, done_at = :at
WHERE workspace = :workspace AND id = :id AND state = 'taken' AND attempt = :attempt;

-- name: give_up(workspace, id, attempt, at, reason)!
UPDATE inbox SET
    state = 'dead', lease_until = NULL, reason = :reason, done_at = :at,
    body = (SELECT inbox_body.body FROM inbox_body WHERE workspace = :workspace AND inbox_body.arrival = inbox.id)
WHERE workspace = :workspace AND id = :id AND state = 'taken' AND attempt = :attempt;

-- name: put_back(workspace, id, attempt, not_before, reason, is_failure)!
-- Whoever puts it back did not die of it.
UPDATE inbox SET
    state = 'waiting', lease_until = NULL, not_before = :not_before, reason = :reason,
    failures = failures + :is_failure, deaths = 0
WHERE workspace = :workspace AND id = :id AND state = 'taken' AND attempt = :attempt;

-- name: note_suspect(workspace, id, attempt)
UPDATE inbox SET deaths = deaths + 1
WHERE workspace = :workspace AND id = :id AND state = 'taken' AND attempt = :attempt
RETURNING deaths - 1 AS deaths;

-- name: withdraw(workspace, id, attempt)!
DELETE FROM inbox WHERE workspace = :workspace AND id = :id AND state = 'taken' AND attempt = :attempt;

-- name: take_next(workspace, lane, at, lease_until)
-- The head of the lane, unless it must wait or somebody still handles another one.
UPDATE inbox SET state = 'taken', attempt = attempt + 1, jumps = 0, lease_until = :lease_until, not_before = NULL
WHERE seq = (
    SELECT min(place) FROM (
        SELECT min(seq) AS place FROM inbox WHERE workspace = :workspace AND lane = :lane AND state = 'waiting'
        UNION ALL
        SELECT min(seq) FROM inbox WHERE workspace = :workspace AND lane = :lane AND state = 'taken'
    )
)
  AND coalesce(lease_until, not_before, '') <= :at
  AND NOT EXISTS (
    SELECT 1 FROM inbox AS busy
    WHERE busy.workspace = :workspace AND busy.lane = :lane AND busy.state = 'taken' AND busy.lease_until > :at
  )
RETURNING *, (SELECT inbox_body.body FROM inbox_body WHERE workspace = :workspace
    AND inbox_body.arrival = inbox.id) AS words;

-- name: anything_lying(now)
SELECT 1 FROM inbox
WHERE state IN ('waiting', 'taken') AND coalesce(lease_until, not_before, '') <= :now LIMIT 1;

-- name: take_lying(now, lease_until, limit)
-- The head of each lane that nobody handles.
UPDATE inbox SET state = 'taken', attempt = attempt + 1, jumps = 0, lease_until = :lease_until, not_before = NULL
WHERE seq IN (
    SELECT seq FROM inbox AS head
    WHERE state IN ('waiting', 'taken') AND coalesce(lease_until, not_before, '') <= :now
      AND NOT EXISTS (
        SELECT 1 FROM inbox AS other
        WHERE other.workspace = head.workspace AND other.lane = head.lane AND other.state = 'taken'
          AND (other.seq < head.seq OR other.lease_until > :now)
      )
      AND NOT EXISTS (
        SELECT 1 FROM inbox AS older
        WHERE older.workspace = head.workspace AND older.lane = head.lane AND older.state = 'waiting'
          AND older.seq < head.seq
      )
    ORDER BY received_at, seq LIMIT :limit
)
RETURNING *, seq AS place, (
    SELECT inbox_body.body FROM inbox_body
    WHERE inbox_body.workspace = inbox.workspace AND inbox_body.arrival = inbox.id
) AS words;

-- name: see(workspace, id, person, at)!
INSERT INTO sight (workspace, id, person, seen_at) SELECT :workspace, :id, :person, :at
WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.workspace = :workspace AND inbox.id = :id)
ON CONFLICT (workspace, id) DO NOTHING;

-- name: seen(workspace, id)
SELECT 1 FROM sight WHERE workspace = :workspace AND id = :id
UNION ALL
SELECT 1 FROM inbox WHERE workspace = :workspace AND id = :id;

-- name: noted(workspace, ids, first, last)
-- Those of the ids that were noted, or came in, and all that were noted from first to last.
SELECT sight.id FROM json_each(:ids) AS wanted CROSS JOIN sight ON sight.workspace = :workspace AND sight.id = wanted.value
UNION ALL
SELECT inbox.id FROM json_each(:ids) AS wanted CROSS JOIN inbox ON inbox.workspace = :workspace AND inbox.id = wanted.value
UNION ALL
SELECT id FROM sight WHERE workspace = :workspace AND id BETWEEN :first AND :last;

-- name: forget_before(before)!
DELETE FROM inbox WHERE state = 'done' AND received_at < :before;

-- name: forget_sights_before(before)!
DELETE FROM sight WHERE seen_at < :before;
