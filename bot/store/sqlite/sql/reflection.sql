-- name: reflection_for(workspace, nudge)
SELECT * FROM reflection WHERE workspace = :workspace AND nudge = :nudge ORDER BY made_at DESC, seq DESC LIMIT 1;
