-- name: workspace(workspace)
SELECT * FROM workspace WHERE id = :workspace;

-- name: workspace_of(platform, external_id)
SELECT * FROM workspace WHERE platform = :platform AND external_id = :external_id;

-- name: workspaces()
SELECT * FROM workspace ORDER BY seq;
