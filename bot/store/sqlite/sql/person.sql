-- What stands about one person, table by table, and how it goes.

-- name: member_of_person(workspace, member)
SELECT * FROM member WHERE workspace = :workspace AND id = :member;

-- name: coach_of_person(workspace, member)
SELECT * FROM coach WHERE workspace = :workspace AND member = :member ORDER BY seq;

-- name: enrollment_of_person(workspace, member)
SELECT * FROM enrollment WHERE workspace = :workspace AND member = :member ORDER BY seq;

-- name: opt_in_of_person(workspace, member)
SELECT * FROM opt_in WHERE workspace = :workspace AND member = :member ORDER BY seq;

-- name: read_grant_of_person(workspace, member)
-- Whom they let read, and who let them.
SELECT * FROM read_grant WHERE seq IN (
    SELECT seq FROM read_grant WHERE workspace = :workspace AND member = :member
    UNION ALL
    SELECT seq FROM read_grant WHERE workspace = :workspace AND coach = :member
)
ORDER BY seq;

-- name: gate_of_person(workspace, member)
SELECT * FROM gate WHERE workspace = :workspace AND (recorded_by = :member OR closed_by = :member) ORDER BY seq;

-- name: seat_of_person(workspace, member)
SELECT * FROM seat WHERE workspace = :workspace AND member = :member ORDER BY seq;

-- name: sign_in_of_person(workspace, member)
SELECT * FROM sign_in WHERE workspace = :workspace AND member = :member ORDER BY seq;

-- name: session_of_person(workspace, member)
SELECT * FROM session WHERE workspace = :workspace AND member = :member ORDER BY seq;

-- name: nudge_of_person(workspace, member)
SELECT * FROM nudge WHERE workspace = :workspace AND member = :member ORDER BY due_at, seq;

-- name: delivery_of_person(workspace, member)
SELECT delivery.* FROM nudge CROSS JOIN delivery ON delivery.workspace = :workspace AND delivery.nudge = nudge.id
WHERE nudge.workspace = :workspace AND nudge.member = :member ORDER BY delivery.at, delivery.seq;

-- name: commitment_of_person(workspace, member)
SELECT * FROM commitment WHERE workspace = :workspace AND member = :member ORDER BY made_at, seq;

-- name: reply_of_person(workspace, member)
SELECT * FROM reply WHERE seq IN (
    SELECT seq FROM reply WHERE workspace = :workspace AND member = :member
    UNION ALL
    SELECT seq FROM reply WHERE workspace = :workspace AND author = :member
)
ORDER BY received_at, seq;

-- name: reflection_of_person(workspace, member)
SELECT * FROM reflection WHERE workspace = :workspace AND member = :member ORDER BY made_at, seq;

-- name: pulse_of_person(workspace, member)
SELECT * FROM pulse INDEXED BY pulse_member WHERE workspace = :workspace AND member = :member
ORDER BY wave DESC, question;

-- name: audit_of_person(workspace, member)
SELECT * FROM audit_named WHERE seq IN (
    SELECT audit.seq FROM audit JOIN audit_alias AS mine ON mine.workspace = :workspace AND mine.member = :member
    WHERE audit.workspace = :workspace AND audit.subject = mine.alias
    UNION
    SELECT audit.seq FROM audit JOIN audit_alias AS mine ON mine.workspace = :workspace AND mine.member = :member
    WHERE audit.workspace = :workspace AND audit.actor = mine.alias
)
ORDER BY at, seq;

-- name: inbox_of_person(workspace, member)
-- What still waits to be handled, and what could not be; what was handled has no words.
SELECT inbox.id, inbox.workspace, inbox.lane, inbox.state, inbox.received_at, inbox_body.body FROM member
JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
JOIN inbox_body ON inbox_body.workspace = :workspace AND inbox_body.arrival = inbox.id
WHERE member.workspace = :workspace AND member.id = :member AND inbox.state = 'waiting'
UNION ALL
SELECT inbox.id, inbox.workspace, inbox.lane, inbox.state, inbox.received_at, inbox.body FROM member
JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
WHERE member.workspace = :workspace AND member.id = :member AND inbox.state = 'dead';

-- name: gap_of_person(workspace, member)
SELECT * FROM gap WHERE workspace = :workspace AND member = :member;

-- name: cancel_words_of_person(workspace, member)!
-- A coach's words on their way to somebody else must not arrive after the coach has gone.
UPDATE nudge SET state = 'cancelled', reason = 'erased', lease_until = NULL, version = version + 1
WHERE workspace = :workspace AND state IN ('planned', 'ready')
  AND member IN (SELECT member FROM reply WHERE workspace = :workspace AND author = :member AND member <> :member)
  AND subject IN (SELECT id FROM reply WHERE workspace = :workspace AND author = :member AND member <> :member);

-- name: erase_inbox_body(workspace, member)!
DELETE FROM inbox_body WHERE workspace = :workspace AND arrival IN (
    SELECT inbox.id FROM member JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
    WHERE member.workspace = :workspace AND member.id = :member AND inbox.state = 'waiting'
    UNION ALL
    SELECT inbox.id FROM member JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
    WHERE member.workspace = :workspace AND member.id = :member AND inbox.state = 'taken'
);

-- name: erase_inbox(workspace, member)!
-- Also the ids of what was handled, end to end: the file is written anew after it anyway.
DELETE FROM inbox
WHERE (workspace, lane) = (SELECT member.workspace, member.external_id FROM member WHERE workspace = :workspace
    AND member.id = :member);

-- name: erase_sight(workspace, member, sight)!
-- Also what was noted of words in their conversation when nobody said who took them back.
DELETE FROM sight
WHERE workspace = :workspace
  AND person IN (:sight, '')
  AND (
    person <> ''
    OR instr(id, '/' || (SELECT direct FROM member WHERE workspace = :workspace AND member.id = :member) || '/') > 0
  );

-- name: erase_gap(workspace, member)!
DELETE FROM gap WHERE workspace = :workspace AND member = :member;

-- name: erase_delivery(workspace, member)!
DELETE FROM delivery WHERE workspace = :workspace
  AND nudge IN (SELECT id FROM nudge WHERE workspace = :workspace AND member = :member);

-- name: erase_commitment(workspace, member)!
DELETE FROM commitment WHERE workspace = :workspace AND member = :member;

-- name: erase_reply(workspace, member)!
DELETE FROM reply WHERE seq IN (
    SELECT seq FROM reply WHERE workspace = :workspace AND member = :member
    UNION ALL
    SELECT seq FROM reply WHERE workspace = :workspace AND author = :member
);

-- name: answers_to_person(workspace, member)
-- What others answered to their words: without their key it cannot be read any more.
SELECT * FROM reply WHERE workspace = :workspace AND also = :member;

-- name: keep_answer(workspace, reply, text, has_words)!
-- It stays with its author, as its author's alone.
UPDATE reply SET text = :text, has_words = :has_words, also = NULL, version = version + 1
WHERE workspace = :workspace AND id = :reply;

-- name: erase_reflection(workspace, member)!
DELETE FROM reflection WHERE workspace = :workspace AND member = :member;

-- name: erase_pulse(workspace, member)!
DELETE FROM pulse WHERE workspace = :workspace AND member = :member;

-- name: erase_nudge(workspace, member)!
DELETE FROM nudge WHERE workspace = :workspace AND member = :member;

-- name: erase_opt_in(workspace, member)!
DELETE FROM opt_in WHERE workspace = :workspace AND member = :member;

-- name: erase_read_grant(workspace, member)!
DELETE FROM read_grant WHERE seq IN (
    SELECT seq FROM read_grant WHERE workspace = :workspace AND member = :member
    UNION ALL
    SELECT seq FROM read_grant WHERE workspace = :workspace AND coach = :member
);

-- name: erase_sign_in(workspace, member)!
DELETE FROM sign_in WHERE workspace = :workspace AND member = :member;

-- name: erase_session(workspace, member)!
DELETE FROM session WHERE workspace = :workspace AND member = :member;

-- name: erase_seat(workspace, member)!
DELETE FROM seat WHERE workspace = :workspace AND member = :member;

-- name: erase_seat_namer(workspace, member)!
UPDATE seat SET named_by = '', version = version + 1 WHERE workspace = :workspace AND named_by = :member;

-- name: erase_gate(workspace, member)!
-- That it was agreed to stays; who recorded or closed it is forgotten.
UPDATE gate SET
    recorded_by = iif(recorded_by = :member, '', recorded_by),
    closed_by = iif(closed_by = :member, '', closed_by),
    version = version + 1
WHERE workspace = :workspace AND (recorded_by = :member OR closed_by = :member);

-- name: erase_enrollment(workspace, member)!
DELETE FROM enrollment WHERE workspace = :workspace AND member = :member;

-- name: erase_coach(workspace, member)!
DELETE FROM coach WHERE workspace = :workspace AND member = :member;

-- name: cohorts_started_by(workspace, member)
SELECT id FROM cohort WHERE workspace = :workspace AND started_by = :member;

-- name: erase_starter(workspace, member)!
UPDATE cohort SET started_by = '', version = version + 1 WHERE workspace = :workspace AND started_by = :member;

-- name: erase_namer(workspace, member)!
UPDATE coach SET named_by = '', version = version + 1 WHERE workspace = :workspace AND named_by = :member;

-- name: erase_taker(workspace, member)!
UPDATE reply SET taken_by = '', version = version + 1 WHERE workspace = :workspace AND taken_by = :member;

-- name: erase_reply_leaver(workspace, member)!
UPDATE reply SET left_out_by = '', version = version + 1 WHERE workspace = :workspace AND left_out_by = :member;

-- name: erase_commitment_leaver(workspace, member)!
UPDATE commitment SET left_out_by = '', version = version + 1 WHERE workspace = :workspace AND left_out_by = :member;

-- name: erase_audit_alias(workspace, member)!
DELETE FROM audit_alias WHERE workspace = :workspace AND member = :member;

-- name: erase_member(workspace, member)!
DELETE FROM member WHERE workspace = :workspace AND id = :member;
