-- name: member(member)
SELECT * FROM member WHERE id = :member;

-- name: away(workspace, external_id)
SELECT 1 FROM workspace WHERE id = :workspace AND state = 'uninstalled'
UNION ALL
SELECT 1 FROM member WHERE workspace = :workspace AND external_id = :external_id AND state = 'deactivated';

-- name: member_of(workspace, external_id)
SELECT * FROM member WHERE workspace = :workspace AND external_id = :external_id;

-- name: members_with(ids)
SELECT member.* FROM json_each(:ids) AS wanted JOIN member ON member.id = wanted.value;
