-- name: commitment(commitment)
SELECT * FROM commitment WHERE id = :commitment;

-- name: commitments_of(member)
SELECT * FROM commitment WHERE member = :member ORDER BY made_at DESC, seq DESC;

-- name: commitments_for(nudge)
SELECT * FROM commitment WHERE nudge = :nudge ORDER BY made_at DESC, seq DESC;

-- name: commitments_shared(cohort)
SELECT * FROM commitment WHERE cohort = :cohort AND shared_at IS NOT NULL AND first || second <> ''
ORDER BY shared_at, seq;

-- name: commitments_with(ids)
SELECT commitment.* FROM json_each(:ids) AS wanted JOIN commitment ON commitment.id = wanted.value
WHERE first || second <> '' ORDER BY wanted.key;

-- name: commitments_between(member, since, until)
SELECT * FROM commitment
WHERE member = :member AND first || second <> '' AND made_at >= :since AND made_at < :until ORDER BY made_at, seq;
