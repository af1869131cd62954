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

-- name: signs(workspace, external_id, before, is_typed)
SELECT
    coalesce(member.heard_at, '') < :before OR (:is_typed AND coalesce(member.typed_at, '') < :before) AS is_news,
    EXISTS (
        SELECT 1 FROM enrollment
        WHERE enrollment.workspace = :workspace AND enrollment.member = member.id AND enrollment.silent_on IS NOT NULL
    ) AS is_awaited
FROM member WHERE member.workspace = :workspace AND member.external_id = :external_id;

-- name: sign(workspace, external_id, is_typed, at)!
UPDATE member SET heard_at = :at, typed_at = iif(:is_typed, :at, typed_at)
WHERE workspace = :workspace AND external_id = :external_id AND coalesce(heard_at, '') <= :at;
