-- name: may_read(workspace, reader, cohort)
SELECT 1 FROM coach WHERE workspace = :workspace AND cohort = :cohort AND member = :reader AND state = 'active';

-- name: read_log(workspace, reader, cohort, member, item, week, before_at, before_id, limit)
SELECT line.*, member.name, (SELECT word.text FROM reply AS word WHERE word.workspace = :workspace
    AND word.id = line.answers) AS word FROM (
    SELECT * FROM (
        SELECT id, workspace, received_at AS at, member, item, week, kind, question, text, scope, nudge, answers, edition
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
            first || char(10) || second AS text, scope, nudge, NULL AS answers,
            edition
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
WHERE workspace = :workspace AND actor = (
    SELECT alias FROM audit_alias WHERE workspace = :workspace AND member = :reader)
  AND cohort = :cohort AND action = 'read'
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
        SELECT id, workspace, received_at AS at, member, item, week, kind, question, text, scope, nudge, answers, edition
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
            first || char(10) || second AS text, scope, nudge, NULL AS answers,
            edition
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

-- name: audit_head(workspace)
SELECT rows, hash FROM audit_head WHERE workspace = :workspace;

-- name: set_audit_head(workspace, rows, hash)!
INSERT INTO audit_head (workspace, rows, hash) VALUES (:workspace, :rows, :hash)
ON CONFLICT (workspace) DO UPDATE SET rows = excluded.rows, hash = excluded.hash;

-- name: audit_aliases(workspace, people)
SELECT member, alias FROM audit_alias
WHERE workspace = :workspace AND member IN (SELECT value FROM json_each(:people));

-- name: give_aliases(workspace, aliases)!
-- Nobody gets one who is not there: what was erased keeps no name.
INSERT INTO audit_alias (workspace, alias, member)
SELECT member.workspace, given.value, member.id FROM json_each(:aliases) AS given
CROSS JOIN member ON member.workspace = :workspace AND member.id = given.key;

-- name: append_audit(looks)!
INSERT INTO audit (id, workspace, cohort, actor, subject, action, count, at, seen, previous, hash)
SELECT
    value ->> 'id', value ->> 'workspace', value ->> 'cohort', value ->> 'actor', value ->> 'subject', value ->> 'action',
    value ->> 'count', value ->> 'at', value ->> 'seen', value ->> 'previous', value ->> 'hash'
FROM json_each(:looks) ORDER BY key;

-- name: audit_after(workspace, after, limit)
SELECT seq, id, cohort, actor, subject, action, count, at, seen, previous, hash FROM audit
WHERE workspace = :workspace AND seq > :after ORDER BY seq LIMIT :limit;

-- name: audit_checkpoint(workspace)
SELECT until_seq, rows, hash, made_at, signature FROM audit_checkpoint WHERE workspace = :workspace;

-- name: set_audit_checkpoint(workspace, until_seq, rows, hash, made_at, signature)!
INSERT INTO audit_checkpoint (workspace, until_seq, rows, hash, made_at, signature)
VALUES (:workspace, :until_seq, :rows, :hash, :made_at, :signature)
ON CONFLICT (workspace) DO UPDATE SET until_seq = excluded.until_seq, rows = excluded.rows, hash = excluded.hash,
made_at = excluded.made_at, signature = excluded.signature;

-- name: shorten_audit(workspace, until_seq)!
DELETE FROM audit WHERE workspace = :workspace AND seq <= :until_seq;

-- name: audited()
SELECT workspace FROM audit_head
UNION SELECT workspace FROM audit_checkpoint
UNION SELECT workspace FROM audit ORDER BY workspace;

-- name: looks_at(workspace, subject, limit)
SELECT look.*, member.* FROM audit_named AS look
LEFT JOIN member ON member.workspace = :workspace AND member.id = look.actor
WHERE look.workspace = :workspace AND look.subject_alias = (
    SELECT alias FROM audit_alias WHERE workspace = :workspace AND member = :subject)
ORDER BY look.at DESC, look.seq DESC LIMIT :limit;

-- name: noted_looks(workspace, ids)
SELECT id, actor, action FROM audit_named
WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:ids));

-- name: is_noted(workspace, audit)
SELECT 1 FROM audit WHERE workspace = :workspace AND id = :audit;

-- name: audit_of(workspace, subject, limit)
SELECT * FROM audit_named WHERE workspace = :workspace AND subject_alias = (
    SELECT alias FROM audit_alias WHERE workspace = :workspace AND member = :subject)
ORDER BY at DESC, seq DESC LIMIT :limit;
