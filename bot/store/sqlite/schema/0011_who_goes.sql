-- When we got to know somebody, so that who never joined anything is let go of, too. Of those who are there: since they
-- joined or were named as a coach, else from now on.

ALTER TABLE member ADD COLUMN met_at TEXT;
UPDATE member SET met_at = coalesce(
    (SELECT min(joined_at) FROM enrollment WHERE enrollment.member = member.id),
    (SELECT min(named_at) FROM coach WHERE coach.member = member.id),
    strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')
);

-- Who is erased is no longer said to have started a journey, or to have named a coach.
CREATE INDEX cohort_starter ON cohort (started_by);
CREATE INDEX coach_namer ON coach (named_by);
