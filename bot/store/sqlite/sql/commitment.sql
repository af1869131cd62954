-- name: commitment(workspace, commitment)
SELECT * FROM commitment WHERE workspace = :workspace AND id = :commitment;

-- name: commitments_of(workspace, member)
SELECT * FROM commitment WHERE workspace = :workspace AND member = :member ORDER BY made_at DESC, seq DESC;

-- name: commitments_shared(workspace, cohort)
SELECT * FROM commitment WHERE workspace = :workspace AND cohort = :cohort AND shared_at IS NOT NULL
  AND has_words
ORDER BY shared_at, seq;

-- name: commitments_with(workspace, ids)
SELECT commitment.* FROM json_each(:ids) AS wanted JOIN commitment ON commitment.workspace = :workspace
  AND commitment.id = wanted.value
WHERE has_words ORDER BY wanted.key;

-- name: commitments_between(workspace, member, since, until)
SELECT * FROM commitment
WHERE workspace = :workspace AND member = :member AND has_words AND made_at >= :since
  AND made_at < :until ORDER BY made_at, seq;
