-- name: words_days()
SELECT DISTINCT words_days AS days FROM cohort;

-- name: anything_to_fade(ended_before, days)
SELECT 1 FROM enrollment
WHERE state IN ('completed', 'left') AND ended_at < :ended_before
  AND EXISTS (
    SELECT 1 FROM cohort
    WHERE cohort.workspace = enrollment.workspace AND cohort.id = enrollment.cohort AND cohort.words_days = :days
  )
  AND (
    EXISTS (
        SELECT 1 FROM reply
        WHERE reply.workspace = enrollment.workspace AND reply.enrollment = enrollment.id AND reply.has_words)
    OR EXISTS (
        SELECT 1 FROM commitment
        WHERE commitment.workspace = enrollment.workspace AND commitment.enrollment = enrollment.id
          AND commitment.has_words)
  )
UNION ALL
SELECT 1 FROM inbox WHERE state = 'dead' AND body IS NOT NULL AND done_at < :ended_before
LIMIT 1;

-- name: to_fade(ended_before, days)
-- Before the words go: what shows them is shown again without.
SELECT workspace, id FROM reply
WHERE has_words AND (workspace, enrollment) IN (
    SELECT workspace, id FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
      AND EXISTS (
        SELECT 1 FROM cohort
        WHERE cohort.workspace = enrollment.workspace AND cohort.id = enrollment.cohort AND cohort.words_days = :days
      )
)
UNION ALL
SELECT workspace, id FROM commitment
WHERE has_words AND (workspace, enrollment) IN (
    SELECT workspace, id FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
      AND EXISTS (
        SELECT 1 FROM cohort
        WHERE cohort.workspace = enrollment.workspace AND cohort.id = enrollment.cohort AND cohort.words_days = :days
      )
);

-- name: fade_replies(ended_before, days)!
UPDATE reply SET text = NULL, has_words = 0, version = version + 1
WHERE has_words AND (workspace, enrollment) IN (
    SELECT workspace, id FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
      AND EXISTS (
        SELECT 1 FROM cohort
        WHERE cohort.workspace = enrollment.workspace AND cohort.id = enrollment.cohort AND cohort.words_days = :days
      )
);

-- name: fade_commitments(ended_before, days)!
UPDATE commitment SET first = x'', second = x'', has_words = 0, version = version + 1
WHERE has_words AND (workspace, enrollment) IN (
    SELECT workspace, id FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
      AND EXISTS (
        SELECT 1 FROM cohort
        WHERE cohort.workspace = enrollment.workspace AND cohort.id = enrollment.cohort AND cohort.words_days = :days
      )
);

-- name: fade_inbox(ended_before)!
UPDATE inbox SET body = NULL WHERE state = 'dead' AND body IS NOT NULL AND done_at < :ended_before;

-- name: never_joined(met_before)
-- Who was met before and took part in nothing: no run, no team to coach, no seat, no team begun.
SELECT workspace, id AS member FROM member
WHERE coalesce(met_at, '') < :met_before AND coalesce(heard_at, '') < :met_before
  AND NOT EXISTS (
    SELECT 1 FROM enrollment WHERE enrollment.workspace = member.workspace AND enrollment.member = member.id
  )
  AND NOT EXISTS (SELECT 1 FROM coach WHERE coach.workspace = member.workspace AND coach.member = member.id)
  AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.workspace = member.workspace AND seat.member = member.id)
  AND NOT EXISTS (
    SELECT 1 FROM cohort
    WHERE cohort.workspace = member.workspace AND cohort.started_by = member.id AND cohort.state = 'active'
  );

-- name: long_gone(ended_before)
-- Whom nothing holds any more: no run of theirs, and none of a team they coach, or were asked to.
SELECT workspace, id AS member FROM member
WHERE coalesce(met_at, '') < :ended_before
  AND NOT EXISTS (
    SELECT 1 FROM enrollment
    WHERE enrollment.workspace = member.workspace AND enrollment.member = member.id
      AND coalesce(enrollment.ended_at, '9999') >= :ended_before
  )
  AND NOT EXISTS (
    SELECT 1 FROM coach JOIN cohort ON cohort.workspace = coach.workspace AND cohort.id = coach.cohort
    WHERE coach.workspace = member.workspace AND coach.member = member.id AND (
      (coach.state <> 'declined' AND cohort.state = 'active')
      OR EXISTS (
        SELECT 1 FROM enrollment
        WHERE enrollment.workspace = cohort.workspace AND enrollment.cohort = cohort.id
          AND coalesce(enrollment.ended_at, '9999') >= :ended_before
      )
    )
  );
