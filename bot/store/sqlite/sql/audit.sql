-- name: may_read(reader, cohort)
SELECT 1 FROM coach WHERE cohort = :cohort AND member = :reader AND state = 'active';

-- name: read_log(reader, cohort, member, item, week, before_at, before_id, limit)
SELECT line.*, member.name FROM (
    SELECT * FROM (
        SELECT id, workspace, received_at AS at, member, item, week, kind, question, text, scope, nudge, answers FROM reply
        WHERE cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL AND text IS NOT NULL
          AND (answers IS NULL OR :reader = (SELECT author FROM reply AS word WHERE word.id = reply.answers))
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
        WHERE cohort = :cohort AND scope = 'coach' AND first || second <> ''
          AND (made_at, id) < (:before_at, :before_id)
          AND (:member IS NULL OR member = :member)
          AND (:item IS NULL OR item = :item)
          AND (:week IS NULL OR week = :week)
        ORDER BY made_at DESC, id DESC LIMIT :limit
    )
) AS line JOIN member ON member.id = line.member
ORDER BY line.at DESC, line.id DESC LIMIT :limit;

-- name: operator_log(member, item, week, before_at, before_id, limit)
SELECT line.*, member.name FROM (
    SELECT * FROM (
        SELECT id, workspace, received_at AS at, member, item, week, kind, question, text, scope, nudge, answers FROM reply
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
) AS line JOIN member ON member.id = line.member
ORDER BY line.at DESC, line.id DESC LIMIT :limit;

-- name: is_noted(id, actor, cohort, subject, action)
SELECT 1 FROM audit
WHERE id = :id AND actor = :actor AND cohort IS :cohort AND subject = :subject AND action = :action;

-- name: audit_of(subject, limit)
SELECT * FROM audit WHERE subject = :subject ORDER BY at DESC, rowid DESC LIMIT :limit;
