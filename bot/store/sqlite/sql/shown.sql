-- name: shown(nudge)
SELECT nudge.*, cohort.*, member.*, enrollment.* FROM nudge
JOIN cohort ON cohort.id = nudge.cohort
LEFT JOIN member ON member.id = nudge.member
LEFT JOIN enrollment ON enrollment.id = nudge.enrollment
WHERE nudge.id = :nudge;

-- name: shown_to_coach(nudge)
-- The coach's role and who started the journey; the answer that is told of, with who gave it.
SELECT coach.*, starter.*, answer.*, author.* FROM nudge
JOIN cohort ON cohort.id = nudge.cohort
LEFT JOIN coach ON coach.cohort = nudge.cohort AND coach.member = nudge.member
LEFT JOIN member AS starter ON starter.id = cohort.started_by
LEFT JOIN reply AS answer ON answer.id = nudge.subject
LEFT JOIN member AS author ON author.id = answer.author
WHERE nudge.id = :nudge;

-- name: pulse_of_cohort(cohort)
SELECT wave, question, value, count(*) AS people FROM pulse WHERE cohort = :cohort GROUP BY wave, question, value;
