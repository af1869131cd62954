-- name: next_moment(now)
-- Each branch walks one small index in order and stops at the first row of an active workspace.
SELECT min(moment) AS moment FROM (
    SELECT (
        SELECT due_at FROM nudge
        WHERE state = 'planned'
          AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = nudge.workspace AND workspace.state = 'active')
        ORDER BY due_at LIMIT 1
    ) AS moment
    UNION ALL
    SELECT (
        SELECT max(due_at, coalesce(not_before, due_at)) FROM nudge
        WHERE state = 'ready'
          AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = nudge.workspace AND workspace.state = 'active')
        ORDER BY max(due_at, coalesce(not_before, due_at)) LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT lease_until FROM nudge
        WHERE state = 'sending'
          AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = nudge.workspace AND workspace.state = 'active')
        ORDER BY lease_until LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT coalesce(not_before, :now) FROM nudge
        WHERE state = 'uncertain'
          AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = nudge.workspace AND workspace.state = 'active')
        ORDER BY not_before LIMIT 1
    )
);

-- name: due(now, limit)
SELECT * FROM nudge
WHERE state = 'planned' AND due_at <= :now
  AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = nudge.workspace AND workspace.state = 'active')
ORDER BY due_at, id LIMIT :limit;

-- name: late(now, limit)
SELECT * FROM nudge WHERE state = 'ready' AND expires_at <= :now ORDER BY expires_at, rowid LIMIT :limit;

-- name: anything_ready(now)
SELECT 1 FROM nudge WHERE state = 'ready' AND due_at <= :now LIMIT 1;

-- name: anything_lapsed(now)
SELECT 1 FROM nudge WHERE state = 'sending' AND lease_until <= :now LIMIT 1;

-- name: claim(now, lease_until, limit)
-- The oldest that may go of each conversation in which nothing is on its way.
UPDATE nudge SET
    state = 'sending', attempt = attempt + 1, fence = fence + 1, lease_until = :lease_until, version = version + 1
WHERE id IN (
    SELECT id FROM nudge AS next
    WHERE state = 'ready' AND due_at <= :now AND coalesce(not_before, due_at) <= :now AND expires_at > :now
      AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = next.workspace AND workspace.state = 'active')
      AND NOT EXISTS (
        SELECT 1 FROM nudge AS busy
        WHERE coalesce(busy.member, busy.cohort) = coalesce(next.member, next.cohort)
          AND busy.state IN ('sending', 'uncertain')
      )
      AND NOT EXISTS (
        SELECT 1 FROM nudge AS older
        WHERE coalesce(older.member, older.cohort) = coalesce(next.member, next.cohort)
          AND older.state = 'ready' AND (older.due_at, older.id) < (next.due_at, next.id)
          AND coalesce(older.not_before, older.due_at) <= :now AND older.expires_at > :now
      )
    ORDER BY due_at, id LIMIT :limit
)
RETURNING *;

-- name: lapse(now)
UPDATE nudge SET state = 'uncertain', lease_until = NULL, not_before = :now, version = version + 1
WHERE state = 'sending' AND lease_until <= :now
RETURNING *;

-- name: doubtful(now, limit)
SELECT * FROM nudge
WHERE state = 'uncertain' AND (not_before IS NULL OR not_before <= :now)
ORDER BY not_before, id LIMIT :limit;

-- name: settle(nudge, state, fence, to, at, conversation, message, not_before, reason)
UPDATE nudge SET
    state = :to,
    conversation = iif(:to = 'sent', :conversation, conversation),
    message = iif(:to = 'sent', :message, message),
    sent_at = iif(:to = 'sent', :at, sent_at),
    not_before = :not_before,
    reason = :reason,
    lease_until = NULL,
    version = version + 1
WHERE id = :nudge AND state = :state AND fence = :fence
RETURNING *;

-- name: note_delivery(id, workspace, nudge, attempt, fence, outcome, reason, at, bucket)!
INSERT INTO delivery (id, workspace, nudge, attempt, fence, outcome, reason, at, bucket)
VALUES (:id, :workspace, :nudge, :attempt, :fence, :outcome, :reason, :at, :bucket);
