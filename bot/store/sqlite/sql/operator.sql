-- What the command line asks for.

-- name: members_called(who)
SELECT * FROM member
WHERE id = :who OR external_id = :who OR name = :who COLLATE NOCASE
ORDER BY workspace, name, id LIMIT 50;

-- name: zones_in_use()
SELECT zone, count(*) AS times FROM (
    SELECT zone FROM member WHERE zone IS NOT NULL
    UNION ALL SELECT zone FROM cohort WHERE state = 'active'
) GROUP BY zone;
