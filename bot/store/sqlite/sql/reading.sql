-- Who may read, and what they may be asked about: `may_read` decides, text by text (bot/coaching/rules/reading.py).
-- A statement that returns words also returns all by which that is decided; what it leaves out nobody may read.

-- name: coached(workspace, member)
SELECT cohort FROM coach WHERE workspace = :workspace AND member = :member AND state = 'active';

-- name: gate(workspace)
SELECT * FROM gate WHERE workspace = :workspace AND closed_at IS NULL;

-- name: gates(workspace)
SELECT * FROM gate WHERE workspace = :workspace ORDER BY recorded_at, seq;

-- name: grants_to(workspace, coach)
SELECT * FROM read_grant WHERE workspace = :workspace AND coach = :coach AND ended_at IS NULL ORDER BY seq;

-- name: grants_open(workspace)
SELECT * FROM read_grant WHERE workspace = :workspace AND ended_at IS NULL ORDER BY seq;

-- name: granted_otherwise(workspace, wording)
SELECT 1 FROM read_grant
WHERE workspace = :workspace AND wording < :wording AND ended_at IS NULL AND until_at IS NULL
UNION ALL
SELECT 1 FROM read_grant
WHERE workspace = :workspace AND wording > :wording AND ended_at IS NULL AND until_at IS NULL
LIMIT 1;

-- name: grants_of(workspace, member)
SELECT * FROM read_grant WHERE workspace = :workspace AND member = :member AND ended_at IS NULL ORDER BY seq;

-- name: who_reads(workspace, member, cohorts)
-- Of each cohort: its coaches whatever their answer, and what one person lets them read. A cohort without any is there.
SELECT cohort.*, gate.*, coach.*, reader.*, read_grant.* FROM json_each(:cohorts) AS wanted
CROSS JOIN cohort ON cohort.workspace = :workspace AND cohort.id = wanted.value
LEFT JOIN gate ON gate.workspace = :workspace AND gate.closed_at IS NULL
LEFT JOIN coach ON coach.workspace = :workspace AND coach.cohort = cohort.id
LEFT JOIN member AS reader ON reader.workspace = :workspace AND reader.id = coach.member
LEFT JOIN read_grant ON read_grant.workspace = :workspace AND read_grant.member = :member
  AND read_grant.coach = coach.member AND read_grant.cohort = cohort.id AND read_grant.ended_at IS NULL
ORDER BY coach.named_at, coach.seq, read_grant.seq;

-- name: runs_in(workspace, cohort)
-- Who takes part, or has been through it and not left.
SELECT enrollment.*, member.*, cohort.* FROM enrollment
CROSS JOIN member ON member.workspace = :workspace AND member.id = enrollment.member
CROSS JOIN cohort ON cohort.workspace = :workspace AND cohort.id = enrollment.cohort
WHERE enrollment.workspace = :workspace AND enrollment.cohort = :cohort AND enrollment.state <> 'left'
ORDER BY enrollment.joined_at, enrollment.seq;

-- name: cohorts_of(workspace)
SELECT * FROM cohort WHERE workspace = :workspace ORDER BY started_at, seq;

-- name: seat_called(workspace, seat)
SELECT seat.*, member.* FROM seat JOIN member ON member.workspace = :workspace AND member.id = seat.member
WHERE seat.workspace = :workspace AND seat.id = :seat;

-- name: seat(workspace)
SELECT seat.*, member.* FROM seat JOIN member ON member.workspace = :workspace AND member.id = seat.member
WHERE seat.workspace = :workspace AND seat.ended_at IS NULL ORDER BY seat.seq;

-- name: log_lines(workspace, cohort, people, item, week, kinds, unanswered, before_at, before_id, limit)
-- Both tables are walked along their indexes, side by side, no farther than to the last line of the page. What is found
-- beside each line stands in no order. A line is answered by what a coach wrote to its author after it, under the same
-- message.
SELECT line.*, member.name, word.text AS word, word.author AS word_author, word.member AS word_member,
    word.edition AS word_edition, enrollment.ended_at AS run_ended_at
FROM (
    SELECT id, workspace, cohort, enrollment, received_at AS at, member, author, item, week, kind, question, text,
        NULL AS first, NULL AS second, scope, nudge, answers, also, edition
    FROM reply
    WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL
      AND has_words
      AND (received_at, id) < (:before_at, :before_id)
      AND (:people IS NULL OR member IN (SELECT value FROM json_each(:people)))
      AND (:item IS NULL OR item = :item)
      AND (:week IS NULL OR week = :week)
      AND (:kinds IS NULL OR iif(answers IS NULL, kind, 'answer') IN (SELECT value FROM json_each(:kinds)))
      AND (NOT :unanswered OR author = member)
      AND (NOT :unanswered OR NOT EXISTS (
          SELECT 1 FROM reply AS answer
          WHERE answer.workspace = :workspace AND answer.nudge = reply.nudge AND answer.received_at > reply.received_at
            AND answer.member = reply.member AND answer.kind = 'coach' AND answer.deleted_at IS NULL))
    UNION ALL
    SELECT
        id, workspace, cohort, enrollment, made_at AS at, member, member AS author, item, week, kind,
        NULL AS question, NULL AS text, first, second, scope, nudge, NULL AS answers, NULL AS also, edition
    FROM commitment
    WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND has_words
      AND (made_at, id) < (:before_at, :before_id)
      AND (:people IS NULL OR member IN (SELECT value FROM json_each(:people)))
      AND (:item IS NULL OR item = :item)
      AND (:week IS NULL OR week = :week)
      AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
      AND (NOT :unanswered OR NOT EXISTS (
          SELECT 1 FROM reply AS answer
          WHERE answer.workspace = :workspace AND answer.nudge = commitment.nudge AND answer.received_at > commitment.made_at
            AND answer.member = commitment.member AND answer.kind = 'coach' AND answer.deleted_at IS NULL))
    ORDER BY at DESC, id DESC LIMIT :limit
) AS line
CROSS JOIN member ON member.workspace = :workspace AND member.id = line.member
CROSS JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = line.enrollment
LEFT JOIN reply AS word ON word.workspace = :workspace AND word.id = line.answers;

-- name: lines_with(workspace, cohort, lines)
SELECT line.*, word.author AS word_author, enrollment.ended_at AS run_ended_at FROM (
    SELECT id, workspace, cohort, enrollment, received_at AS at, member, author, kind, text, NULL AS first,
        NULL AS second, scope, answers, also, edition
    FROM reply
    WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:lines)) AND cohort = :cohort
      AND scope = 'coach' AND deleted_at IS NULL AND has_words
    UNION ALL
    SELECT id, workspace, cohort, enrollment, made_at AS at, member, member AS author, kind, NULL AS text, first,
        second, scope, NULL AS answers, NULL AS also, edition
    FROM commitment
    WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:lines)) AND cohort = :cohort
      AND scope = 'coach' AND has_words
) AS line
CROSS JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = line.enrollment
LEFT JOIN reply AS word ON word.workspace = :workspace AND word.id = line.answers;

-- name: log_choices(workspace, cohort)
-- What there is to choose from, without the words: theirs who wrote, not what coaches did. Of all lines that differ in
-- nothing but when they were written, the newest.
SELECT
    id, cohort, enrollment, max(received_at) AS at, member, author, item, week, kind, scope, answers, (
        SELECT word.author FROM reply AS word WHERE word.workspace = :workspace AND word.id = reply.answers
    ) AS word_author
FROM reply INDEXED BY reply_log
WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL AND has_words
  AND author = member
GROUP BY enrollment, member, item, week, kind, answers
UNION ALL
SELECT
    id, cohort, enrollment, max(made_at) AS at, member, member AS author, item, week, kind, scope, NULL AS answers,
    NULL AS word_author
FROM commitment INDEXED BY commitment_log
WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND has_words
GROUP BY enrollment, member, item, week, kind;

-- name: log_choices_of(workspace, cohort, people)
-- The same of some people, line by line.
SELECT
    id, cohort, enrollment, received_at AS at, member, author, item, week, kind, scope, answers, (
        SELECT word.author FROM reply AS word WHERE word.workspace = :workspace AND word.id = reply.answers
    ) AS word_author
FROM reply
WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND deleted_at IS NULL AND has_words
  AND author = member AND member IN (SELECT value FROM json_each(:people))
UNION ALL
SELECT
    id, cohort, enrollment, made_at AS at, member, member AS author, item, week, kind, scope, NULL AS answers,
    NULL AS word_author
FROM commitment
WHERE workspace = :workspace AND cohort = :cohort AND scope = 'coach' AND has_words
  AND member IN (SELECT value FROM json_each(:people));

-- name: runs_called(workspace, runs)
-- Whose they are, and when each ended.
SELECT enrollment.id, enrollment.member, enrollment.ended_at AS run_ended_at, member.name FROM json_each(:runs) AS wanted
CROSS JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = wanted.value
CROSS JOIN member ON member.workspace = :workspace AND member.id = enrollment.member;

-- name: operator_log(people, item, week, before_at, before_id, limit)
SELECT line.*, member.name, NULL AS word, word.author AS word_author, enrollment.ended_at AS run_ended_at FROM (
    SELECT id, workspace, cohort, enrollment, received_at AS at, member, author, item, week, kind, question, text,
        NULL AS first, NULL AS second, scope, nudge, answers, also, edition
    FROM reply
    WHERE scope = 'coach' AND deleted_at IS NULL AND has_words
      AND (received_at, id) < (:before_at, :before_id)
      AND (:people IS NULL OR member IN (SELECT value FROM json_each(:people)))
      AND (:item IS NULL OR item = :item)
      AND (:week IS NULL OR week = :week)
    UNION ALL
    SELECT
        id, workspace, cohort, enrollment, made_at AS at, member, member AS author, item, week, kind,
        NULL AS question, NULL AS text, first, second, scope, nudge, NULL AS answers, NULL AS also, edition
    FROM commitment
    WHERE scope = 'coach' AND has_words
      AND (made_at, id) < (:before_at, :before_id)
      AND (:people IS NULL OR member IN (SELECT value FROM json_each(:people)))
      AND (:item IS NULL OR item = :item)
      AND (:week IS NULL OR week = :week)
    ORDER BY at DESC, id DESC LIMIT :limit
) AS line
CROSS JOIN member ON member.workspace = line.workspace AND member.id = line.member
CROSS JOIN enrollment ON enrollment.workspace = line.workspace AND enrollment.id = line.enrollment
LEFT JOIN reply AS word ON word.workspace = line.workspace AND word.id = line.answers;
