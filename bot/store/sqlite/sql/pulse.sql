-- name: pulse_of(workspace, enrollment)
SELECT * FROM pulse WHERE workspace = :workspace AND enrollment = :enrollment ORDER BY answered_at, seq;
