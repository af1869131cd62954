-- What makes a copy that is brought back safe to go on with.

-- name: newest_trace()
-- The last moment the copy knows of: a mark, else the last time something was sent, else when it all began.
SELECT coalesce(
    (SELECT max(value) FROM mark WHERE name IN ('copied_at', 'backed_up_at', 'alive_at')),
    (SELECT max(at) FROM delivery),
    (SELECT min(started_at) FROM cohort)
) AS at;

-- name: look_first(since)!
-- What was not sent when the copy was made may have been sent since: the history says.
UPDATE nudge SET
    look_since = coalesce(min(look_since, :since), :since),
    state = iif(state IN ('sending', 'uncertain'), 'ready', state),
    not_before = iif(state IN ('sending', 'uncertain'), NULL, not_before),
    lease_until = NULL,
    version = version + 1
WHERE member IS NOT NULL AND state IN ('planned', 'ready', 'sending', 'uncertain');

-- name: expire_posts(now, reason)!
-- A channel's history cannot be read.
UPDATE nudge SET state = 'expired', reason = :reason, lease_until = NULL, not_before = NULL, version = version + 1
WHERE member IS NULL AND state IN ('planned', 'ready', 'sending', 'uncertain') AND due_at <= :now;
