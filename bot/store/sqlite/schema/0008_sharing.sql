-- Two scopes; and, for each version of a text, whether its author let it into the channel. Nothing counts as let in that
-- was quoted under the old scope "team": what stands in a channel is shown again without it.

ALTER TABLE reply ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reply ADD COLUMN shared_at TEXT;
ALTER TABLE reply ADD COLUMN kept_out_at TEXT;
ALTER TABLE reply ADD COLUMN answers TEXT;
ALTER TABLE commitment ADD COLUMN deleted_at TEXT;
ALTER TABLE commitment ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
ALTER TABLE commitment ADD COLUMN shared_at TEXT;
ALTER TABLE commitment ADD COLUMN kept_out_at TEXT;
ALTER TABLE nudge ADD COLUMN renew_at TEXT;

DROP INDEX reply_team;
DROP INDEX reply_log;
DROP INDEX reply_shared;
DROP INDEX commitment_log;
DROP INDEX commitment_shared;

UPDATE reply SET scope = 'coach' WHERE scope = 'team';
UPDATE commitment SET scope = 'coach' WHERE scope = 'team';
UPDATE enrollment SET scope = 'coach' WHERE scope = 'team';
UPDATE opt_in SET scope = 'coach' WHERE scope = 'team';
UPDATE nudge SET renew_at = due_at
WHERE kind IN ('team_share', 'team_reflection') AND state IN ('planned', 'ready', 'sending', 'uncertain', 'sent');

CREATE INDEX reply_log ON reply (cohort, received_at, id) WHERE scope = 'coach' AND deleted_at IS NULL;
CREATE INDEX reply_coached ON reply (received_at, id) WHERE scope = 'coach' AND deleted_at IS NULL;
CREATE INDEX reply_shared ON reply (cohort, shared_at) WHERE shared_at IS NOT NULL;
CREATE INDEX commitment_log ON commitment (cohort, made_at, id) WHERE scope = 'coach';
CREATE INDEX commitment_coached ON commitment (made_at, id) WHERE scope = 'coach';
CREATE INDEX commitment_shared ON commitment (cohort, shared_at) WHERE shared_at IS NOT NULL;
CREATE INDEX nudge_renew ON nudge (renew_at) WHERE renew_at IS NOT NULL;
