-- What makes a copy that is brought back safe to go on with.

-- name: newest_trace()
-- The last moment the copy knows of: a mark, else the last time something was sent, else when it all began.
SELECT coalesce(
    (SELECT max(value) FROM installation_mark WHERE name IN ('copied_at', 'backed_up_at', 'alive_at')),
    (SELECT max(at) FROM delivery),
    (SELECT min(started_at) FROM cohort)
) AS at;

-- name: look_first(since, now, settled)!
-- What was not sent when the copy was made may have been sent since: the history says. What should stand there by now
-- is in doubt until it is read; what is due later is looked for before it is sent.
UPDATE nudge SET
    look_since = coalesce(min(look_since, :since), :since),
    state = CASE WHEN due_at <= :now THEN 'uncertain' WHEN state IN ('sending', 'uncertain') THEN 'ready' ELSE state END,
    not_before = CASE WHEN due_at <= :now THEN :settled WHEN state IN ('ready', 'planned') THEN not_before END,
    lease_until = NULL,
    version = version + 1
WHERE member IS NOT NULL AND state IN ('planned', 'ready', 'sending', 'uncertain');

-- name: look_for_screens(since, settled)!
-- Nobody shows anything any more; what was to be posted may stand there.
UPDATE screen SET
    state = iif(state IN ('wanted', 'sending', 'uncertain'), 'uncertain', state),
    look_since = iif(state IN ('wanted', 'sending', 'uncertain'), min(coalesce(look_since, :since), :since), look_since),
    due = iif(state IN ('wanted', 'sending', 'uncertain'), :settled, due),
    holder = '',
    lease_until = NULL,
    version = version + 1
WHERE state IN ('wanted', 'sending', 'uncertain') OR holder <> '';

-- name: expire_posts(now, reason)!
-- A channel's history cannot be read.
UPDATE nudge SET state = 'expired', reason = :reason, lease_until = NULL, not_before = NULL, version = version + 1
WHERE member IS NULL AND state IN ('planned', 'ready', 'sending', 'uncertain') AND due_at <= :now;

-- name: drop_every_sign_in()!
DELETE FROM sign_in;

-- name: drop_every_session()!
DELETE FROM session;

-- name: every_body()
SELECT inbox.id, inbox.workspace, inbox.lane, inbox_body.body FROM inbox_body
CROSS JOIN inbox ON inbox.workspace = inbox_body.workspace AND inbox.id = inbox_body.arrival
UNION ALL
SELECT id, workspace, lane, body FROM inbox WHERE state = 'dead' AND body IS NOT NULL;

-- name: blank_member(workspace, member)!
UPDATE member SET name = x'', version = version + 1 WHERE workspace = :workspace AND id = :member;

-- name: blank_replies(workspace, member)!
UPDATE reply SET text = NULL, has_words = 0, version = version + 1 WHERE seq IN (
    SELECT seq FROM reply WHERE workspace = :workspace AND member = :member
    UNION ALL
    SELECT seq FROM reply WHERE workspace = :workspace AND author = :member
    UNION ALL
    SELECT seq FROM reply WHERE workspace = :workspace AND also = :member
);

-- name: blank_commitments(workspace, member)!
UPDATE commitment SET first = x'', second = x'', has_words = 0, version = version + 1
WHERE workspace = :workspace AND member = :member;
