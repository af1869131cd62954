-- name: commitment(commitment)
SELECT * FROM commitment WHERE id = :commitment;

-- name: commitments_of(member)
SELECT * FROM commitment WHERE member = :member ORDER BY made_at DESC, rowid DESC;

-- name: commitments_for(nudge)
SELECT * FROM commitment WHERE nudge = :nudge ORDER BY made_at DESC, rowid DESC;
