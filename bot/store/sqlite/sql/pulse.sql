-- name: pulse_of(enrollment)
SELECT * FROM pulse WHERE enrollment = :enrollment ORDER BY answered_at, seq;
