-- name: reflection_for(nudge)
SELECT * FROM reflection WHERE nudge = :nudge ORDER BY made_at DESC, seq DESC LIMIT 1;
