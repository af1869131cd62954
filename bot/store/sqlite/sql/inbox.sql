-- name: arrive(id, workspace, platform, lane, received_at, lease_until, jumps, echo)
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
WHERE true
ON CONFLICT (id, workspace) DO NOTHING
RETURNING state;

-- name: echoed(workspace, echo, id, since)
-- The same thing under another id; under its own id, brought again, `arrive` knows it.
SELECT 1 FROM inbox WHERE workspace = :workspace AND echo = :echo AND id <> :id AND received_at >= :since LIMIT 1;

-- name: sounds_other(id, echo)
SELECT 1 FROM inbox WHERE id = :id AND echo <> :echo;

-- name: keep_body(id, workspace, body)!
INSERT INTO inbox_body (arrival, workspace, body) VALUES (:id, :workspace, :body);

-- name: drop_body(id)!
DELETE FROM inbox_body WHERE arrival = :id;

-- name: extend(held, lease_until)!
-- Each of `held` is an id and the fence it was taken with.
UPDATE inbox SET lease_until = :lease_until FROM json_each(:held) AS mine
WHERE inbox.id = mine.value ->> 0 AND inbox.attempt = mine.value ->> 1 AND inbox.state = 'taken';

-- name: finish(id, attempt, at)!
UPDATE inbox SET state = 'done', lease_until = NULL, reason = NULL, done_at = :at
WHERE id = :id AND state = 'taken' AND attempt = :attempt;

-- name: give_up(id, attempt, at, reason)!
UPDATE inbox SET
    state = 'dead', lease_until = NULL, reason = :reason, done_at = :at,
    body = (SELECT inbox_body.body FROM inbox_body WHERE inbox_body.arrival = inbox.id)
WHERE id = :id AND state = 'taken' AND attempt = :attempt;

-- name: put_back(id, attempt, not_before, reason)!
UPDATE inbox SET state = 'waiting', lease_until = NULL, not_before = :not_before, reason = :reason
WHERE id = :id AND state = 'taken' AND attempt = :attempt;

-- name: withdraw(id, attempt)!
DELETE FROM inbox WHERE id = :id AND state = 'taken' AND attempt = :attempt;

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
RETURNING *, (SELECT inbox_body.body FROM inbox_body WHERE inbox_body.arrival = inbox.id) AS words;

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
RETURNING *, seq AS place, (SELECT inbox_body.body FROM inbox_body WHERE inbox_body.arrival = inbox.id) AS words;

-- name: see(id, workspace, person, at)!
INSERT INTO inbox (id, workspace, platform, lane, state, attempt, received_at, done_at)
VALUES (:id, :workspace, '', :person, 'done', 0, :at, :at) ON CONFLICT (id, workspace) DO NOTHING;

-- name: seen(id)
SELECT 1 FROM inbox WHERE id = :id;

-- name: noted(ids, first, last)
-- Those of the ids that were noted, or came in, and all from first to last.
SELECT inbox.id FROM json_each(:ids) AS wanted JOIN inbox ON inbox.id = wanted.value
UNION ALL
SELECT id FROM inbox WHERE id BETWEEN :first AND :last;

-- name: forget_before(before)!
DELETE FROM inbox WHERE state = 'done' AND received_at < :before;
