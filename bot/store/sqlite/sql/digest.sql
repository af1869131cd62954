-- What a coach's weekly digest is made of: what the log would show them, of all the cohorts that they coach.

-- name: digests_before(workspace, member, until)
-- Since when there may be something new to tell: the last digest that came was made then.
SELECT max(made.made_at) AS since FROM nudge
CROSS JOIN reflection AS made ON made.workspace = :workspace AND made.nudge = nudge.id
WHERE nudge.workspace = :workspace AND nudge.member = :member AND nudge.kind = 'coach_digest' AND nudge.state = 'sent'
  AND made.made_at < :until;

-- name: digest_replies(workspace, member, since, until)
-- Never what was there before the coach said yes, or their own words; which of them they may read is decided after it.
SELECT reply.*, member.*, word.*, enrollment.* FROM coach
CROSS JOIN reply ON reply.workspace = :workspace AND reply.cohort = coach.cohort AND reply.scope = 'coach'
  AND reply.deleted_at IS NULL AND reply.received_at > max(:since, coalesce(coach.answered_at, '')) AND reply.received_at <= :until
CROSS JOIN member ON member.workspace = :workspace AND member.id = reply.member
CROSS JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = reply.enrollment
LEFT JOIN reply AS word ON word.workspace = :workspace AND word.id = reply.answers
WHERE coach.workspace = :workspace AND coach.member = :member AND coach.state = 'active' AND reply.has_words
  AND reply.author = reply.member AND reply.member <> :member
ORDER BY reply.received_at, reply.id;

-- name: digest_promises(workspace, member, since, until, first_day, last_day)
-- Those that are new, and those whose day comes.
SELECT commitment.*, member.*, enrollment.* FROM coach
CROSS JOIN commitment ON commitment.workspace = :workspace AND commitment.cohort = coach.cohort
  AND commitment.scope = 'coach' AND commitment.made_at > coalesce(coach.answered_at, '') AND commitment.made_at <= :until
CROSS JOIN member ON member.workspace = :workspace AND member.id = commitment.member
CROSS JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = commitment.enrollment
WHERE coach.workspace = :workspace AND coach.member = :member AND coach.state = 'active'
  AND commitment.has_words AND commitment.member <> :member
  AND (
    commitment.made_at > :since
    OR (commitment.state IN ('open', 'moved') AND commitment.due_on BETWEEN :first_day AND :last_day)
  )
ORDER BY commitment.due_on, commitment.id;

-- name: new_texts(workspace, member, since, until)
-- What `digest_replies` and `digest_promises` find new, without the words, since a moment of each cohort on its own.
SELECT
    reply.id, reply.cohort, reply.enrollment, reply.received_at AS at, reply.member, reply.author, reply.kind,
    reply.scope, reply.answers, reply.edition, (
        SELECT word.author FROM reply AS word WHERE word.workspace = :workspace AND word.id = reply.answers
    ) AS word_author
FROM json_each(:since) AS looked
CROSS JOIN coach ON coach.workspace = :workspace AND coach.cohort = looked.key AND coach.member = :member
  AND coach.state = 'active'
CROSS JOIN reply ON reply.workspace = :workspace AND reply.cohort = coach.cohort AND reply.scope = 'coach'
  AND reply.deleted_at IS NULL AND reply.received_at > max(looked.value, coalesce(coach.answered_at, ''))
  AND reply.received_at <= :until
WHERE reply.has_words AND reply.author = reply.member AND reply.member <> :member
UNION ALL
SELECT
    commitment.id, commitment.cohort, commitment.enrollment, commitment.made_at AS at, commitment.member,
    commitment.member AS author, commitment.kind, commitment.scope, NULL AS answers, commitment.edition,
    NULL AS word_author
FROM json_each(:since) AS looked
CROSS JOIN coach ON coach.workspace = :workspace AND coach.cohort = looked.key AND coach.member = :member
  AND coach.state = 'active'
CROSS JOIN commitment ON commitment.workspace = :workspace AND commitment.cohort = coach.cohort
  AND commitment.scope = 'coach' AND commitment.made_at > max(looked.value, coalesce(coach.answered_at, ''))
  AND commitment.made_at <= :until
WHERE commitment.has_words AND commitment.member <> :member;

-- name: posts_after(workspace, member, until)
-- Of each active cohort that somebody coaches, the first weekly post due after a moment.
SELECT post.* FROM coach
CROSS JOIN cohort ON cohort.workspace = :workspace AND cohort.id = coach.cohort AND cohort.state = 'active'
CROSS JOIN nudge AS post ON post.workspace = :workspace AND post.id = (
    SELECT id FROM nudge
    WHERE workspace = :workspace AND nudge.cohort = coach.cohort AND nudge.member IS NULL
      AND kind = 'team_reflection' AND due_at > :until
    ORDER BY due_at LIMIT 1
)
WHERE coach.workspace = :workspace AND coach.member = :member AND coach.state = 'active';
