-- name: cohort(cohort)
SELECT * FROM cohort WHERE id = :cohort;

-- name: cohort_in(workspace, channel)
SELECT * FROM cohort WHERE workspace = :workspace AND channel = :channel AND state = 'active';

-- name: coach(cohort, member)
SELECT * FROM coach WHERE cohort = :cohort AND member = :member;

-- name: coaches(cohort)
SELECT * FROM coach WHERE cohort = :cohort ORDER BY named_at, rowid;

-- name: coached_by(member)
SELECT cohort.* FROM coach JOIN cohort ON cohort.id = coach.cohort
WHERE coach.member = :member AND coach.state = 'active'
ORDER BY cohort.started_at, cohort.rowid;
