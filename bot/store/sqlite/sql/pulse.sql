-- name: pulse_of(enrollment)
SELECT * FROM pulse WHERE enrollment = :enrollment ORDER BY answered_at, rowid;

-- name: pulse_in(cohort, wave)
SELECT * FROM pulse WHERE cohort = :cohort AND wave = :wave ORDER BY answered_at, rowid;
