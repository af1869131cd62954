-- name: pulse_of(workspace, enrollment)
SELECT * FROM pulse WHERE workspace = :workspace AND enrollment = :enrollment ORDER BY wave DESC, question;

-- name: first_pulse_told(workspace, cohort)
SELECT * FROM reflection WHERE workspace = :workspace AND cohort = :cohort AND pulse <> '[]' ORDER BY made_at, seq LIMIT 1;
