-- Forms that people have open.

-- name: keep_form(workspace, opening, person, form, first_field, opened_at)!
INSERT INTO open_form (workspace, opening, person, form, first_field, opened_at)
VALUES (:workspace, :opening, :person, :form, :first_field, :opened_at)
ON CONFLICT (workspace, opening) DO UPDATE SET form = excluded.form;

-- name: overtaken_form(workspace, person, opening, at)
-- At one moment the one that was written down later is the newer one.
SELECT mine.* FROM open_form AS mine
WHERE mine.workspace = :workspace AND mine.person = :person AND mine.opening = :opening AND mine.form <> ''
  AND EXISTS (
    SELECT 1 FROM open_form AS newer
    WHERE newer.workspace = mine.workspace AND newer.person = mine.person AND newer.form = mine.form
      AND (newer.opened_at, newer.seq) > (mine.opened_at, mine.seq) AND newer.opened_at <= :at
  );

-- name: drop_forms(opened_before)!
DELETE FROM open_form WHERE opened_at < :opened_before;

-- name: open_form_of_person(workspace, member)
SELECT open_form.* FROM member
JOIN open_form ON open_form.workspace = member.workspace AND open_form.person = member.external_id
WHERE member.workspace = :workspace AND member.id = :member ORDER BY open_form.seq;

-- name: erase_open_form(workspace, member)!
DELETE FROM open_form
WHERE (workspace, person) = (SELECT member.workspace, member.external_id FROM member WHERE workspace = :workspace
    AND member.id = :member);
