-- name: enrollment(enrollment)
SELECT * FROM enrollment WHERE id = :enrollment;

-- name: around(enrollment)
SELECT enrollment.*, member.*, cohort.* FROM enrollment
JOIN member ON member.id = enrollment.member
JOIN cohort ON cohort.id = enrollment.cohort
WHERE enrollment.id = :enrollment;

-- name: enrollment_in(cohort, member)
SELECT * FROM enrollment WHERE cohort = :cohort AND member = :member
ORDER BY joined_at DESC, seq DESC LIMIT 1;

-- name: enrollments_of(member)
SELECT * FROM enrollment WHERE member = :member ORDER BY joined_at DESC, seq DESC;

-- name: enrollments_in(cohort)
SELECT * FROM enrollment WHERE cohort = :cohort ORDER BY joined_at, seq;

-- name: paused_until(day)
SELECT * FROM enrollment WHERE state = 'paused' AND paused_until <= :day ORDER BY paused_until, seq;

-- name: runs_of(member)
SELECT enrollment.*, cohort.* FROM enrollment JOIN cohort ON cohort.id = enrollment.cohort
WHERE enrollment.member = :member ORDER BY enrollment.joined_at DESC, enrollment.seq DESC;
