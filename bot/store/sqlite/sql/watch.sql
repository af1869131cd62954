-- Marks about the installation as a whole, and what may have been missed while nobody listened.

-- name: mark(name)
SELECT value FROM installation_mark WHERE name = :name;

-- name: set_mark(name, value)!
INSERT INTO installation_mark (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: clear_mark(name, value)!
-- Only as it was seen: another process may have set it anew.
DELETE FROM installation_mark WHERE name = :name AND value = :value;

-- name: open_gaps(since, until, platform, asking, asked_since)!
-- The id says the span. Who is being asked something comes first: nothing of theirs waits until the end of the span.
-- What was read of a conversation stays read, unless the span begins earlier now.
INSERT INTO gap (id, workspace, member, since, until, attempt, not_before)
SELECT id || '/' || :since || '/' || :until, workspace, id, :since, :until, 0, iif(EXISTS (
    SELECT 1 FROM nudge WHERE nudge.workspace = member.workspace AND nudge.member = member.id
    AND nudge.sent_at >= :asked_since AND nudge.answered_at IS NULL
    AND nudge.kind IN (SELECT value FROM json_each(:asking))
), NULL, :until) FROM member
WHERE direct IS NOT NULL
  AND EXISTS (SELECT 1 FROM enrollment WHERE enrollment.workspace = member.workspace
      AND enrollment.member = member.id AND enrollment.state <> 'left')
  AND (:platform = '' OR EXISTS (SELECT 1 FROM workspace AS place
      WHERE place.id = member.workspace AND place.platform = :platform))
ON CONFLICT (workspace, member) DO UPDATE SET
    id = member || '/' || min(since, excluded.since) || '/' || max(until, excluded.until),
    progress = iif(excluded.since < since, NULL, progress),
    since = min(since, excluded.since),
    until = max(until, excluded.until);

-- name: gaps_in(now)
SELECT place.id AS workspace FROM workspace AS place
WHERE place.state = 'active'
  AND EXISTS (SELECT 1 FROM gap WHERE gap.workspace = place.id AND coalesce(not_before, since) <= :now);

-- name: looked_up_in(workspace, soon)
-- Messages to people alone: a channel cannot be read.
SELECT 1 FROM nudge
WHERE workspace = :workspace AND state = 'uncertain' AND member IS NOT NULL
  AND (not_before IS NULL OR not_before <= :soon)
LIMIT 1;

-- name: asked_last(workspace, limit)
-- Whose conversation had a message of ours last.
SELECT external_id, direct FROM member
WHERE workspace = :workspace AND direct IS NOT NULL AND state = 'active'
ORDER BY (SELECT max(sent_at) FROM nudge WHERE nudge.workspace = member.workspace AND nudge.member = member.id) DESC, id
LIMIT :limit;

-- name: gaps(workspace, now, limit)
SELECT * FROM gap
WHERE workspace = :workspace AND coalesce(not_before, since) <= :now
  AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = :workspace AND workspace.state = 'active')
ORDER BY coalesce(not_before, since), id LIMIT :limit;

-- name: close_gap(workspace, member, since, until)!
DELETE FROM gap WHERE workspace = :workspace AND member = :member AND since = :since AND until <= :until;

-- name: narrow_gap(workspace, member, since, until)!
-- It was widened while it was read: what came after is still to be read.
UPDATE gap SET
    id = member || '/' || :until || '/' || until, since = :until, progress = NULL, attempt = 0
WHERE workspace = :workspace AND member = :member AND since = :since AND until > :until;

-- name: keep_progress(workspace, member, since, progress)!
UPDATE gap SET progress = :progress, attempt = 0
WHERE workspace = :workspace AND member = :member AND since = :since;

-- name: try_gap(workspace, gap, not_before)!
UPDATE gap SET attempt = attempt + 1, not_before = :not_before WHERE workspace = :workspace AND id = :gap;

-- name: put_off_gap(workspace, gap, not_before)!
UPDATE gap SET not_before = :not_before WHERE workspace = :workspace AND id = :gap;
