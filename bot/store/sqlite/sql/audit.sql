-- name: may_read(workspace, reader, cohort)
SELECT 1 FROM coach WHERE workspace = :workspace AND cohort = :cohort AND member = :reader AND state = 'active';

-- name: read_log(workspace, reader, cohort, member, item, week, before_at, before_id, limit)
SELECT line.*, member.name, (SELECT word.text FROM reply AS word WHERE word.workspace = :workspace
    AND word.id = line.answers) AS word FROM (
    SELECT * FROM (
        SELECT id, workspace, received_at AS at, member, item, week, kind, question, text, scope, nudge, answers
        FROM reply
        WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL
          AND text IS NOT NULL
          AND (answers IS NULL OR :reader = (SELECT author FROM reply AS word WHERE word.workspace = :workspace
              AND word.id = reply.answers))
          AND (received_at, id) < (:before_at, :before_id)
          AND (:member IS NULL OR member = :member)
          AND (:item IS NULL OR item = :item)
          AND (:week IS NULL OR week = :week)
        ORDER BY received_at DESC, id DESC LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT
            id, workspace, made_at AS at, member, item, week, kind, NULL AS question,
            first || char(10) || second AS text, scope, nudge, NULL AS answers
        FROM commitment
        WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND first || second <> ''
          AND (made_at, id) < (:before_at, :before_id)
          AND (:member IS NULL OR member = :member)
          AND (:item IS NULL OR item = :item)
          AND (:week IS NULL OR week = :week)
        ORDER BY made_at DESC, id DESC LIMIT :limit
    )
) AS line JOIN member ON member.workspace = :workspace AND member.id = line.member
ORDER BY line.at DESC, line.id DESC LIMIT :limit;

-- name: looked_before(workspace, reader, cohort, stem)
SELECT at FROM audit
WHERE workspace = :workspace AND actor = :reader AND cohort = :cohort AND action = 'read'
  AND substr(id, 1, length(:stem)) <> :stem
ORDER BY at DESC, seq DESC LIMIT 1;

-- name: readable(workspace, reader, cohort, lines)
SELECT id, text FROM reply
WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:lines))
  AND cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL AND text IS NOT NULL
  AND (answers IS NULL OR :reader = (SELECT author FROM reply AS word WHERE word.workspace = :workspace
      AND word.id = reply.answers))
UNION ALL
SELECT id, first || char(10) || second AS text FROM commitment
WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:lines)) AND cohort = :cohort
  AND scope = 'coach' AND first || second <> '';

-- name: log_choices(workspace, reader, cohort)
SELECT line.member, member.name, line.item, line.week FROM (
    SELECT member, item, week FROM reply
    WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL AND text <> ''
      AND author = member
      AND (answers IS NULL OR :reader = (SELECT author FROM reply AS word WHERE word.workspace = :workspace
          AND word.id = reply.answers))
    UNION
    SELECT member, item, week FROM commitment
    WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND first || second <> ''
) AS line JOIN member ON member.workspace = :workspace AND member.id = line.member
WHERE EXISTS (SELECT 1 FROM coach WHERE workspace = :workspace AND cohort = :cohort AND member = :reader
    AND state = 'active');

-- name: operator_log(member, item, week, before_at, before_id, limit)
SELECT line.*, member.name, NULL AS word FROM (
    SELECT * FROM (
        SELECT id, workspace, received_at AS at, member, item, week, kind, question, text, scope, nudge, answers
        FROM reply
        WHERE scope = 'coach' AND deleted_at IS NULL AND text IS NOT NULL AND answers IS NULL
          AND (received_at, id) < (:before_at, :before_id)
          AND (:member IS NULL OR member = :member)
          AND (:item IS NULL OR item = :item)
          AND (:week IS NULL OR week = :week)
        ORDER BY received_at DESC, id DESC LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT
            id, workspace, made_at AS at, member, item, week, kind, NULL AS question,
            first || char(10) || second AS text, scope, nudge, NULL AS answers
        FROM commitment
        WHERE scope = 'coach' AND first || second <> ''
          AND (made_at, id) < (:before_at, :before_id)
          AND (:member IS NULL OR member = :member)
          AND (:item IS NULL OR item = :item)
          AND (:week IS NULL OR week = :week)
        ORDER BY made_at DESC, id DESC LIMIT :limit
    )
) AS line JOIN member ON member.workspace = line.workspace AND member.id = line.member
ORDER BY line.at DESC, line.id DESC LIMIT :limit;

-- name: note_looks(looks)
-- One row a person seen; what is noted already is the same look once more, cut off before it was answered.
INSERT INTO audit (id, workspace, cohort, actor, subject, action, count, at, version)
SELECT
    json_extract(look.value, '$.id'), json_extract(look.value, '$.workspace'), json_extract(look.value, '$.cohort'), json_extract(look.value, '$.actor'),
    json_extract(look.value, '$.subject'), json_extract(look.value, '$.action'), json_extract(look.value, '$.count'), json_extract(look.value, '$.at'),
    json_extract(look.value, '$.version')
FROM json_each(:looks) AS look
WHERE NOT EXISTS (
    SELECT 1 FROM audit
    WHERE audit.workspace = json_extract(look.value, '$.workspace')
      AND audit.id = json_extract(look.value, '$.id') AND audit.actor = json_extract(look.value, '$.actor')
      AND audit.cohort IS json_extract(look.value, '$.cohort') AND audit.subject = json_extract(look.value, '$.subject')
      AND audit.action = json_extract(look.value, '$.action')
);

-- name: looks_at(workspace, subject, limit)
SELECT audit.*, member.* FROM audit LEFT JOIN member ON member.workspace = :workspace AND member.id = audit.actor
WHERE audit.workspace = :workspace AND audit.subject = :subject ORDER BY audit.at DESC, audit.seq DESC LIMIT :limit;

-- name: is_noted(workspace, audit)
SELECT 1 FROM audit WHERE workspace = :workspace AND id = :audit;

-- name: audit_of(workspace, subject, limit)
SELECT * FROM audit WHERE workspace = :workspace AND subject = :subject ORDER BY at DESC, seq DESC LIMIT :limit;
