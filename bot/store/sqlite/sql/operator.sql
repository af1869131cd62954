-- What the command line asks for.

-- name: every_member()
-- Names are encrypted: who has one is found by reading all.
SELECT * FROM member ORDER BY workspace, id;

-- name: zones_in_use()
SELECT zone, count(*) AS times FROM (
    SELECT zone FROM member WHERE zone IS NOT NULL
    UNION ALL SELECT zone FROM cohort WHERE state = 'active'
) GROUP BY zone;
