-- name: reflection_for(nudge)
SELECT * FROM reflection WHERE nudge = :nudge ORDER BY made_at DESC, rowid DESC LIMIT 1;
