-- name: note_away_people(at)!
-- Whoever shut us out has no conversation with us any more, and finds their place when they are back.
INSERT OR IGNORE INTO away (workspace, member, since)
SELECT workspace, id, :at FROM member WHERE state = 'deactivated' AND direct IS NOT NULL;

-- name: note_away_workspaces(at)!
INSERT OR IGNORE INTO away (workspace, member, since)
SELECT id, '', :at FROM workspace WHERE state = 'uninstalled';

-- name: note_back()!
DELETE FROM away
WHERE NOT EXISTS (
    SELECT 1 FROM member
    WHERE member.workspace = away.workspace AND member.id = away.member AND member.state = 'deactivated'
  )
  AND NOT EXISTS (
    SELECT 1 FROM workspace WHERE workspace.id = away.workspace AND away.member = '' AND workspace.state = 'uninstalled'
  );

-- name: away_since(before)
SELECT workspace, member, since FROM away WHERE since < :before ORDER BY since, workspace, member;

-- name: people_of(workspace)
SELECT id, external_id FROM member WHERE workspace = :workspace;

-- name: tables_of_workspaces()
-- But the audit, which names nobody once the names of its people are gone, and only ever shortens itself signed.
SELECT held.tbl_name AS called FROM sqlite_master AS held
WHERE held.type = 'table' AND held.tbl_name NOT IN ('audit', 'audit_head', 'audit_checkpoint')
  AND EXISTS (SELECT 1 FROM pragma_table_info(held.tbl_name) WHERE name = 'workspace')
ORDER BY held.tbl_name;

-- name: away_of_person(workspace, member)
SELECT * FROM away WHERE workspace = :workspace AND member = :member;

-- name: erase_away(workspace, member)!
DELETE FROM away WHERE workspace = :workspace AND member = :member;

-- name: teams()
SELECT * FROM cohort ORDER BY started_at, seq;

-- name: fades()
-- Of each team, when the words of each of its runs that ended go, the soonest first.
SELECT workspace.name AS workspace, cohort.channel_name AS channel, enrollment.ended_at AS ended_at,
  cohort.words_days AS words_days, count(*) AS runs
FROM enrollment
JOIN cohort ON cohort.workspace = enrollment.workspace AND cohort.id = enrollment.cohort
JOIN workspace ON workspace.id = enrollment.workspace
WHERE enrollment.ended_at IS NOT NULL
GROUP BY workspace.name, cohort.channel_name, cohort.words_days, substr(enrollment.ended_at, 1, 10)
ORDER BY enrollment.ended_at;
