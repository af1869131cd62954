-- How conversations are reached.

-- name: reach_of(workspace, conversation)
SELECT conversation, address, account FROM reach WHERE workspace = :workspace AND conversation = :conversation;

-- name: reach_to(workspace, person)
SELECT conversation, address, account FROM reach INDEXED BY reach_person
WHERE workspace = :workspace AND person = :person AND person <> '' ORDER BY conversation LIMIT 1;

-- name: reach_any(workspace)
SELECT conversation, address, account FROM reach WHERE workspace = :workspace LIMIT 1;

-- name: person_of_account(workspace, account)
SELECT person FROM reach WHERE workspace = :workspace AND account = :account AND person <> '' LIMIT 1;

-- name: keep_reach(workspace, conversation, person, address, account)!
INSERT INTO reach (workspace, conversation, person, address, account)
VALUES (:workspace, :conversation, :person, :address, :account)
ON CONFLICT (workspace, conversation) DO UPDATE
SET person = excluded.person, address = excluded.address, account = excluded.account;

-- name: drop_reach_to(workspace, person, conversation)!
-- Somebody has one direct conversation with us: an older one is not answered any more.
DELETE FROM reach WHERE workspace = :workspace AND person = :person AND person <> '' AND conversation <> :conversation;

-- name: erase_reach(workspace, member)!
DELETE FROM reach
WHERE workspace = :workspace AND person <> ''
  AND person = (SELECT external_id FROM member WHERE workspace = :workspace AND member.id = :member);

-- name: reach_of_person(workspace, member)
SELECT conversation, address, account FROM reach INDEXED BY reach_person
WHERE workspace = :workspace AND person <> ''
  AND person = (SELECT external_id FROM member WHERE workspace = :workspace AND member.id = :member);
