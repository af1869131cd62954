-- What stands before people, and what of it is to be brought up to date.

-- name: screen(workspace, screen)
SELECT * FROM screen WHERE workspace = :workspace AND id = :screen;

-- name: screen_at(workspace, conversation, message)
SELECT * FROM screen
WHERE workspace = :workspace AND conversation = :conversation AND message = :message AND message <> ''
ORDER BY seq DESC LIMIT 1;

-- name: page_screen(workspace, person)
SELECT * FROM screen WHERE workspace = :workspace AND person = :person AND kind = 'page' ORDER BY seq DESC LIMIT 1;

-- name: drop_page(workspace, person)!
DELETE FROM screen WHERE workspace = :workspace AND person = :person AND kind = 'page';

-- name: drop_page_elsewhere(workspace, person, conversation)!
-- Where it stood nobody is any more.
DELETE FROM screen
WHERE workspace = :workspace AND person = :person AND kind = 'page' AND message <> '' AND conversation <> :conversation;

-- name: screens_showing(workspace, subjects)
SELECT * FROM screen
WHERE workspace = :workspace
  AND id IN (SELECT screen FROM screen_subject WHERE workspace = :workspace
    AND subject IN (SELECT value FROM json_each(:subjects)))
ORDER BY seq;

-- name: held_screens(workspace, holder)
-- What was being posted is left to the clock: it may stand there, and is looked for once its lease is over.
SELECT * FROM screen WHERE workspace = :workspace AND holder = :holder AND holder <> ''
  AND state <> 'sending' ORDER BY seq;

-- name: mark_screens(workspace, subjects, withdraws, forced, pages, now, until, holder)
-- What nobody brings up to date at this moment is held by who marks it; what is being posted is composed from what is
-- stored by then, or found changed once it stands. A person's page waits until they look at it, unless it is meant too.
UPDATE screen SET
    changed = changed + 1,
    digest = iif(:forced, '', digest),
    is_withdrawal = max(is_withdrawal, :withdraws),
    state = iif(state IN ('current', 'stuck'), 'stale', state),
    attempt = iif(state IN ('current', 'stuck'), 0, attempt),
    due = iif(
        state IN ('current', 'stale', 'stuck') AND (kind <> 'page' OR :pages), min(coalesce(due, :now), :now), due
    ),
    holder = iif(
        :holder <> '' AND state IN ('current', 'stale', 'stuck') AND (kind <> 'page' OR :pages)
            AND coalesce(lease_until, '') <= :now,
        :holder,
        holder
    ),
    lease_until = iif(
        :holder <> '' AND state IN ('current', 'stale', 'stuck') AND (kind <> 'page' OR :pages)
            AND coalesce(lease_until, '') <= :now,
        :until,
        lease_until
    ),
    version = version + 1
WHERE workspace = :workspace AND state <> 'closing'
  AND id IN (SELECT screen FROM screen_subject WHERE workspace = :workspace
      AND subject IN (SELECT value FROM json_each(:subjects)))
RETURNING *;

-- name: screens_due(now)
SELECT place.id AS workspace FROM workspace AS place
WHERE place.state = 'active' AND EXISTS (
    SELECT 1 FROM screen
    WHERE screen.workspace = place.id AND screen.is_withdrawal IN (0, 1) AND screen.due IS NOT NULL
      AND screen.due <= :now
      AND coalesce(screen.lease_until, '') <= :now
);

-- name: claim_screens(workspace, now, until, holder, limit)
-- What is to be posted is being posted from now on; what was, under a lease that is over, is in doubt.
UPDATE screen SET
    state = CASE state WHEN 'sending' THEN 'uncertain' WHEN 'wanted' THEN 'sending' ELSE state END,
    attempt = attempt + (state = 'sending'),
    holder = :holder,
    lease_until = :until,
    version = version + 1
WHERE seq IN (
    SELECT seq FROM screen
    WHERE workspace = :workspace AND due IS NOT NULL AND due <= :now AND coalesce(lease_until, '') <= :now
    ORDER BY is_withdrawal DESC, due LIMIT :limit
)
RETURNING *;

-- name: settle_screen(workspace, screen, holder, changed, to, due, at, digest, reason, conversation, message, is_failure, subjects, lets_go)
-- Changed since it was read, it does not show its records as they are; with other subjects, nobody knows: it stays held,
-- unless its holder lets go of it, and is looked at once more.
UPDATE screen SET
    state = iif((changed <> :changed OR :subjects IS NOT NULL) AND :to IN ('current', 'stuck'), 'stale', :to),
    due = iif((changed <> :changed OR :subjects IS NOT NULL) AND :to IN ('current', 'stuck'), :at, :due),
    is_withdrawal = iif(changed = :changed AND :subjects IS NULL AND :to = 'current', 0, is_withdrawal),
    digest = :digest,
    reason = :reason,
    conversation = coalesce(:conversation, conversation),
    message = coalesce(:message, message),
    subjects = coalesce(:subjects, subjects),
    attempt = CASE WHEN :is_failure THEN attempt + 1 WHEN :to = 'current' THEN 0 ELSE attempt END,
    lease_until = iif(
        (changed <> :changed OR :subjects IS NOT NULL) AND :to IN ('current', 'stuck') AND NOT :lets_go,
        lease_until,
        NULL
    ),
    holder = iif(
        (changed <> :changed OR :subjects IS NOT NULL) AND :to IN ('current', 'stuck') AND NOT :lets_go, holder, ''
    ),
    version = version + 1
WHERE workspace = :workspace AND id = :screen AND holder = :holder
RETURNING *;

-- name: place_screen(workspace, screen, holder, conversation, message)!
UPDATE screen SET conversation = :conversation, message = :message, version = version + 1
WHERE workspace = :workspace AND id = :screen AND holder = :holder;

-- name: drop_screen(workspace, screen)!
DELETE FROM screen WHERE workspace = :workspace AND id = :screen;

-- name: shared_in(workspace, cohort)
-- What was let into the channel, and the messages that show a plan or a change they led to.
SELECT id FROM reply WHERE workspace = :workspace AND cohort = :cohort AND shared_at IS NOT NULL
UNION ALL
SELECT id FROM commitment WHERE workspace = :workspace AND cohort = :cohort AND shared_at IS NOT NULL
UNION
SELECT nudge FROM commitment WHERE workspace = :workspace AND cohort = :cohort AND shared_at IS NOT NULL
UNION
SELECT enrollment || '/' || item FROM commitment
WHERE workspace = :workspace AND cohort = :cohort AND shared_at IS NOT NULL AND item IS NOT NULL;

-- name: forget_screen(workspace, screen, holder)!
DELETE FROM screen WHERE workspace = :workspace AND id = :screen AND holder = :holder;

-- name: forget_subjects(workspace, screen)!
DELETE FROM screen_subject WHERE workspace = :workspace AND screen = :screen;

-- name: keep_subjects(workspace, screen, subjects)!
INSERT OR IGNORE INTO screen_subject (subject, screen, workspace)
SELECT shown.value, screen.id, screen.workspace FROM screen, json_each(:subjects) AS shown
WHERE workspace = :workspace AND screen.id = :screen;

-- name: keep_route(workspace, screen, route, until)!
UPDATE screen SET route = :route, route_until = :until, version = version + 1 WHERE workspace = :workspace
  AND id = :screen;

-- name: keep_asks(workspace, screen, asks)!
UPDATE screen SET asks = :asks, version = version + 1 WHERE workspace = :workspace AND id = :screen
  AND state <> 'closing';

-- name: asking_screens(workspace, person)
SELECT * FROM screen WHERE workspace = :workspace AND person = :person AND asks <> 'null' ORDER BY seq;

-- name: close_screens_of_person(workspace, member)
-- What stands in their chat is taken away; of what stood there only the place is known until then.
UPDATE screen SET
    state = iif(kind = 'page' AND message = '', 'stale', 'closing'), is_withdrawal = 1,
    due = '0001-01-01T00:00:00.000000+00:00', attempt = 0, subjects = '[]', digest = '', detail = '', asks = 'null',
    route = x'', route_until = NULL, holder = '', lease_until = NULL, version = version + 1
WHERE workspace = :workspace AND (message <> '' OR kind IN ('page', 'form', 'log')) -- a view is found by its id
  AND (workspace, person) = (SELECT member.workspace, member.external_id FROM member WHERE workspace = :workspace
      AND member.id = :member);

-- name: erase_screen(workspace, member)!
-- What was not posted yet never is.
DELETE FROM screen
WHERE workspace = :workspace AND message = '' AND kind NOT IN ('page', 'form', 'log')
  AND (workspace, person) = (SELECT member.workspace, member.external_id FROM member WHERE workspace = :workspace
      AND member.id = :member);

-- name: drop_views(opened_before)!
-- No view stands as long.
DELETE FROM screen WHERE kind IN ('form', 'log') AND message = '' AND look_since < :opened_before;

-- name: screen_of_person(workspace, member)
SELECT screen.id, screen.kind, screen.conversation, screen.message, screen.state FROM member
JOIN screen ON screen.workspace = member.workspace AND screen.person = member.external_id
WHERE member.workspace = :workspace AND member.id = :member ORDER BY screen.seq;
