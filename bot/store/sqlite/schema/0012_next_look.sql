-- A planned row that could not move says in not_before when it is looked at next. What is due, in doubt, ready or missed
-- is found along its workspace: nothing of a workspace that we are not connected to is ever walked.

UPDATE nudge SET not_before = NULL WHERE state = 'planned';

DROP INDEX nudge_planned;
CREATE INDEX nudge_planned ON nudge (workspace, max(due_at, coalesce(not_before, due_at)), id) WHERE state = 'planned';
CREATE INDEX nudge_put_off ON nudge (workspace, coalesce(member, cohort), not_before, due_at)
WHERE state = 'planned' AND not_before IS NOT NULL;
DROP INDEX nudge_ready;
CREATE INDEX nudge_ready ON nudge (workspace, max(due_at, coalesce(not_before, due_at)), id, state) WHERE state = 'ready';
DROP INDEX nudge_moment;
CREATE INDEX nudge_moment ON nudge (workspace, min(max(due_at, coalesce(not_before, due_at)), expires_at))
WHERE state = 'ready';
DROP INDEX nudge_lease;
CREATE INDEX nudge_lease ON nudge (lease_until, workspace) WHERE state = 'sending';
DROP INDEX nudge_doubt;
CREATE INDEX nudge_doubt ON nudge (workspace, not_before) WHERE state = 'uncertain';

DROP INDEX gap_moment;
CREATE INDEX gap_moment ON gap (workspace, coalesce(not_before, since), id);
