-- What the command line asks for.

-- name: every_member()
-- Names are encrypted: who has one is found by reading all.
SELECT * FROM member ORDER BY workspace, id;

-- name: zones_in_use()
SELECT zone, count(*) AS times FROM (
    SELECT zone FROM member WHERE zone IS NOT NULL
    UNION ALL SELECT zone FROM cohort WHERE state = 'active'
) GROUP BY zone;

-- name: under_way()
-- What is walked: each journey with the items and texts of the messages that its people got, or will get.
SELECT cohort.journey, nudge.kind, nudge.item, nudge.prompt
FROM cohort LEFT JOIN nudge ON nudge.workspace = cohort.workspace AND nudge.cohort = cohort.id
WHERE cohort.state = 'active'
GROUP BY cohort.journey, nudge.kind, nudge.item, nudge.prompt;
