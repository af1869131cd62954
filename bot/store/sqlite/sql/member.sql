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

-- name: signs(workspace, external_id, before)
SELECT
    coalesce(member.heard_at, '') < :before AS is_news,
    EXISTS (
        SELECT 1 FROM enrollment
        WHERE enrollment.workspace = :workspace AND enrollment.member = member.id AND enrollment.silent_on IS NOT NULL
    ) AS is_awaited
FROM member WHERE member.workspace = :workspace AND member.external_id = :external_id;

-- name: sign(workspace, external_id, before, at)!
UPDATE member SET heard_at = :at
WHERE workspace = :workspace AND external_id = :external_id AND coalesce(heard_at, '') < :before;
