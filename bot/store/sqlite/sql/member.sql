-- name: member(workspace, member)
SELECT * FROM member WHERE workspace = :workspace AND id = :member;

-- name: away(workspace, external_id)
SELECT 1 FROM workspace WHERE id = :workspace AND state = 'uninstalled'
UNION ALL
SELECT 1 FROM member WHERE workspace = :workspace AND external_id = :external_id AND state = 'deactivated';

-- name: member_of(workspace, external_id)
SELECT * FROM member WHERE workspace = :workspace AND external_id = :external_id;

-- name: members_with(workspace, ids)
SELECT member.* FROM json_each(:ids) AS wanted CROSS JOIN member ON member.workspace = :workspace
  AND member.id = wanted.value;
