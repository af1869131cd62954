-- name: cohort(workspace, cohort)
SELECT * FROM cohort WHERE workspace = :workspace AND id = :cohort;

-- name: around_cohort(workspace, cohort)
SELECT cohort.*, workspace.* FROM cohort JOIN workspace ON workspace.id = cohort.workspace
WHERE cohort.workspace = :workspace AND cohort.id = :cohort;

-- name: cohort_in(workspace, channel)
SELECT * FROM cohort WHERE workspace = :workspace AND channel = :channel AND state = 'active';

-- name: coach(workspace, cohort, member)
SELECT * FROM coach WHERE workspace = :workspace AND cohort = :cohort AND member = :member;

-- name: coach_role(workspace, role)
SELECT * FROM coach WHERE workspace = :workspace AND id = :role;

-- name: coached_by(workspace, member)
SELECT cohort.* FROM coach JOIN cohort ON cohort.workspace = :workspace AND cohort.id = coach.cohort
WHERE coach.workspace = :workspace AND coach.member = :member AND coach.state = 'active'
ORDER BY cohort.started_at, cohort.seq;

-- name: coaches_known(workspace, cohort)
SELECT coach.*, member.* FROM coach JOIN member ON member.workspace = :workspace AND member.id = coach.member
WHERE coach.workspace = :workspace AND coach.cohort = :cohort ORDER BY coach.named_at, coach.seq;

-- name: coaches_behind(workspace, ids)
-- Who wrote these words as a coach, and still coaches the cohort.
SELECT word.id AS word, member.id AS member, member.name FROM json_each(:ids) AS wanted
CROSS JOIN reply AS word ON word.workspace = :workspace AND word.id = wanted.value
CROSS JOIN coach ON coach.workspace = :workspace AND coach.cohort = word.cohort AND coach.member = word.author
  AND coach.state = 'active'
CROSS JOIN member ON member.workspace = :workspace AND member.id = word.author;
