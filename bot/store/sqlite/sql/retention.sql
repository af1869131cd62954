-- name: lets_go_of_reply(id, text)
-- Whether words that stand there would not stand there after it.
SELECT 1 FROM reply WHERE id = :id AND text <> '' AND text IS NOT :text;

-- name: lets_go_of_commitment(id, first, second)
SELECT 1 FROM commitment
WHERE id = :id AND ((first <> '' AND first <> :first) OR (second <> '' AND second <> :second));

-- name: anything_to_fade(ended_before)
SELECT 1 FROM enrollment
WHERE state IN ('completed', 'left') AND ended_at < :ended_before
  AND (
    EXISTS (SELECT 1 FROM reply WHERE reply.enrollment = enrollment.id AND text IS NOT NULL)
    OR EXISTS (SELECT 1 FROM commitment WHERE commitment.enrollment = enrollment.id AND first || second <> '')
  )
UNION ALL
SELECT 1 FROM inbox WHERE state = 'dead' AND body IS NOT NULL AND done_at < :ended_before
LIMIT 1;

-- name: fading_in(ended_before)
SELECT cohort FROM enrollment
WHERE state IN ('completed', 'left') AND ended_at < :ended_before
  AND (
    EXISTS (SELECT 1 FROM reply WHERE reply.enrollment = enrollment.id AND text IS NOT NULL)
    OR EXISTS (SELECT 1 FROM commitment WHERE commitment.enrollment = enrollment.id AND first || second <> '')
  );

-- name: renew_faded_posts(ended_before)!
-- Before the words go: the posts in channels that may quote them are shown again without them.
UPDATE nudge SET renew_at = :ended_before, version = version + 1
WHERE member IS NULL AND kind IN ('team_share', 'team_reflection') AND renew_at IS NULL
  AND state IN ('planned', 'ready', 'sending', 'uncertain', 'sent') AND cohort IN (
    SELECT cohort FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
      AND (
        EXISTS (
            SELECT 1 FROM reply WHERE reply.enrollment = enrollment.id AND text IS NOT NULL AND shared_at IS NOT NULL
        )
        OR EXISTS (
            SELECT 1 FROM commitment
            WHERE commitment.enrollment = enrollment.id AND first || second <> '' AND shared_at IS NOT NULL
        )
      )
);

-- name: fade_replies(ended_before)!
UPDATE reply SET text = NULL, version = version + 1
WHERE text IS NOT NULL AND enrollment IN (
    SELECT id FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
);

-- name: fade_commitments(ended_before)!
UPDATE commitment SET first = '', second = '', version = version + 1
WHERE first || second <> '' AND enrollment IN (
    SELECT id FROM enrollment WHERE state IN ('completed', 'left') AND ended_at < :ended_before
);

-- name: fade_inbox(ended_before)!
UPDATE inbox SET body = NULL WHERE state = 'dead' AND body IS NOT NULL AND done_at < :ended_before;

-- name: long_gone(ended_before)
SELECT member FROM enrollment
GROUP BY member
HAVING max(coalesce(ended_at, '9999')) < :ended_before
  AND NOT EXISTS (
    SELECT 1 FROM coach JOIN cohort ON cohort.id = coach.cohort
    WHERE coach.member = enrollment.member AND coach.state = 'active' AND cohort.state = 'active'
  );
