-- name: member(member)
SELECT * FROM member WHERE id = :member;

-- name: member_of(workspace, external_id)
SELECT * FROM member WHERE workspace = :workspace AND external_id = :external_id;
