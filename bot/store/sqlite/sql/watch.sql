-- Marks about the installation as a whole, and what may have been missed while nobody listened.

-- name: mark(name)
SELECT value FROM installation_mark WHERE name = :name;

-- name: set_mark(name, value)!
INSERT INTO installation_mark (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: clear_mark(name, value)!
-- Only as it was seen: another process may have set it anew.
DELETE FROM installation_mark WHERE name = :name AND value = :value;

-- name: open_gaps(since, until)!
-- The id says the span: who closes a gap that was widened meanwhile closes nothing.
INSERT INTO gap (id, workspace, member, since, until, attempt)
SELECT id || '/' || :since || '/' || :until, workspace, id, :since, :until, 0 FROM member
WHERE direct IS NOT NULL
  AND EXISTS (SELECT 1 FROM enrollment WHERE enrollment.workspace = member.workspace
      AND enrollment.member = member.id AND enrollment.state <> 'left')
ON CONFLICT (workspace, member) DO UPDATE SET
    id = member || '/' || min(since, excluded.since) || '/' || max(until, excluded.until),
    since = min(since, excluded.since),
    until = max(until, excluded.until);

-- name: gaps_in(now)
SELECT place.id AS workspace FROM workspace AS place
WHERE place.state = 'active'
  AND EXISTS (SELECT 1 FROM gap WHERE gap.workspace = place.id AND coalesce(not_before, since) <= :now);

-- name: gaps(workspace, now, limit)
SELECT * FROM gap
WHERE workspace = :workspace AND coalesce(not_before, since) <= :now
  AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = :workspace AND workspace.state = 'active')
ORDER BY coalesce(not_before, since), id LIMIT :limit;

-- name: close_gap(workspace, gap)!
DELETE FROM gap WHERE workspace = :workspace AND id = :gap;

-- name: try_gap(workspace, gap, not_before)!
UPDATE gap SET attempt = attempt + 1, not_before = :not_before WHERE workspace = :workspace AND id = :gap;

-- name: put_off_gap(workspace, gap, not_before)!
UPDATE gap SET not_before = :not_before WHERE workspace = :workspace AND id = :gap;
