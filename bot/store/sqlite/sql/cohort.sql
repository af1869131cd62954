-- name: cohort(cohort)
SELECT * FROM cohort WHERE id = :cohort;

-- name: around_cohort(cohort)
SELECT cohort.*, workspace.* FROM cohort JOIN workspace ON workspace.id = cohort.workspace WHERE cohort.id = :cohort;

-- name: cohort_in(workspace, channel)
SELECT * FROM cohort WHERE workspace = :workspace AND channel = :channel AND state = 'active';

-- name: coach(cohort, member)
SELECT * FROM coach WHERE cohort = :cohort AND member = :member;

-- name: role_of(workspace, person, cohort)
SELECT coach.* FROM member JOIN coach ON coach.cohort = :cohort AND coach.member = member.id
WHERE member.workspace = :workspace AND member.external_id = :person;

-- name: coaches(cohort)
SELECT * FROM coach WHERE cohort = :cohort ORDER BY named_at, seq;

-- name: coached_by(member)
SELECT cohort.* FROM coach JOIN cohort ON cohort.id = coach.cohort
WHERE coach.member = :member AND coach.state = 'active'
ORDER BY cohort.started_at, cohort.seq;

-- name: coaches_known(cohort)
SELECT coach.*, member.* FROM coach JOIN member ON member.id = coach.member
WHERE coach.cohort = :cohort ORDER BY coach.named_at, coach.seq;

-- name: coaches_behind(ids)
-- Who wrote these words as a coach, and still coaches the cohort.
SELECT word.id AS word, member.name FROM json_each(:ids) AS wanted
JOIN reply AS word ON word.id = wanted.value
JOIN coach ON coach.cohort = word.cohort AND coach.member = word.author AND coach.state = 'active'
JOIN member ON member.id = word.author;
