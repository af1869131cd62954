-- name: looked_before(workspace, reader, cohort, stem)
SELECT at FROM audit
WHERE workspace = :workspace AND actor = (
    SELECT alias FROM audit_alias WHERE workspace = :workspace AND member = :reader)
  AND cohort = :cohort AND action = 'read'
  AND substr(id, 1, length(:stem)) <> :stem
ORDER BY at DESC, seq DESC LIMIT 1;

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

-- name: read_counts(workspace, operator, since)
-- A look at the words of several people is a row for each of them; it is counted for each.
-- Finding words and taking them along are ways to read them.
SELECT substr(at, 1, 7) AS month, iif(action = 'digest', action, 'read') AS action, actor = :operator AS by_operator,
    count(*) AS looks, sum(count) AS texts
FROM audit
WHERE workspace = :workspace AND at >= :since AND action IN ('read', 'search', 'download', 'preview', 'digest')
GROUP BY 1, 2, 3
ORDER BY month DESC, by_operator, 2 DESC;

-- name: looks_at(workspace, subject, limit, before)
SELECT look.*, member.* FROM audit_named AS look
LEFT JOIN member ON member.workspace = :workspace AND member.id = look.actor
WHERE look.workspace = :workspace AND look.subject_alias = (
    SELECT alias FROM audit_alias WHERE workspace = :workspace AND member = :subject)
  AND (:before = '' OR (look.at, look.seq) < (SELECT at, seq FROM audit WHERE workspace = :workspace AND id = :before))
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
