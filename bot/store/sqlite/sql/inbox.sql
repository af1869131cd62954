-- name: see(event_id, seen_at)!
INSERT INTO inbox (event_id, seen_at) VALUES (:event_id, :seen_at) ON CONFLICT DO NOTHING;

-- name: seen(event_id)
SELECT 1 FROM inbox WHERE event_id = :event_id;

-- name: forget(event_id)!
DELETE FROM inbox WHERE event_id = :event_id;

-- name: forget_before(seen_before)!
DELETE FROM inbox WHERE seen_at < :seen_before;
