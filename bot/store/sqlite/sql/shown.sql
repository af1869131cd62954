-- name: shown(workspace, nudge)
SELECT nudge.*, cohort.*, member.*, enrollment.* FROM nudge
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = nudge.cohort
LEFT JOIN member ON member.workspace = :workspace AND member.id = nudge.member
LEFT JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = nudge.enrollment
WHERE nudge.workspace = :workspace AND nudge.id = :nudge;

-- name: below(workspace, nudge)
-- The messages that stand below another one, or will when it comes.
SELECT * FROM nudge WHERE workspace = :workspace AND card = :nudge AND id <> :nudge AND state IN ('planned', 'sent')
ORDER BY seq;

-- name: shown_to_coach(workspace, nudge)
-- The coach's role and who started the journey; the answer that is told of, with who gave it.
SELECT coach.*, starter.*, answer.*, author.* FROM nudge
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = nudge.cohort
LEFT JOIN coach ON coach.workspace = :workspace AND coach.cohort = nudge.cohort AND coach.member = nudge.member
LEFT JOIN member AS starter ON starter.workspace = :workspace AND starter.id = cohort.started_by
LEFT JOIN reply AS answer ON answer.workspace = :workspace AND answer.id = nudge.subject
LEFT JOIN member AS author ON author.workspace = :workspace AND author.id = answer.author
WHERE nudge.workspace = :workspace AND nudge.id = :nudge;

-- name: pulse_of_cohort(workspace, cohort)
SELECT wave, question, value, count(*) AS people FROM pulse WHERE workspace = :workspace
  AND cohort = :cohort GROUP BY wave, question, value;
