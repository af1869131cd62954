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

-- name: member_with_runs(workspace, external_id)
-- A member without a run stands there once, beside nothing.
SELECT member.*, enrollment.*, cohort.* FROM member
LEFT JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.member = member.id
LEFT JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
WHERE member.workspace = :workspace AND member.external_id = :external_id
ORDER BY enrollment.joined_at DESC, enrollment.seq DESC;

-- name: runs_of(workspace, member)
SELECT enrollment.*, cohort.* FROM enrollment JOIN cohort ON cohort.workspace = :workspace
  AND cohort.id = enrollment.cohort
WHERE enrollment.workspace = :workspace AND enrollment.member = :member
ORDER BY enrollment.joined_at DESC, enrollment.seq DESC;
