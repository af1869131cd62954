-- name: enrollment(workspace, enrollment)
SELECT * FROM enrollment WHERE workspace = :workspace AND id = :enrollment;

-- name: around(workspace, enrollment)
SELECT enrollment.*, member.*, cohort.* FROM enrollment
JOIN member ON member.workspace = :workspace AND member.id = enrollment.member
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
WHERE enrollment.workspace = :workspace AND enrollment.id = :enrollment;

-- name: enrollments_of(workspace, member)
SELECT * FROM enrollment WHERE workspace = :workspace AND member = :member ORDER BY joined_at DESC, seq DESC;

-- name: paused_until(day)
SELECT * FROM enrollment WHERE state = 'paused' AND paused_until <= :day ORDER BY paused_until, seq;

-- name: runs_of(workspace, member)
SELECT enrollment.*, cohort.* FROM enrollment JOIN cohort ON cohort.workspace = :workspace
  AND cohort.id = enrollment.cohort
WHERE enrollment.workspace = :workspace AND enrollment.member = :member
ORDER BY enrollment.joined_at DESC, enrollment.seq DESC;
