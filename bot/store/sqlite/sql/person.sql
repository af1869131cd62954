-- What stands about one person, table by table, and how it goes.

-- name: member_of_person(member)
SELECT * FROM member WHERE id = :member;

-- name: coach_of_person(member)
SELECT * FROM coach WHERE member = :member ORDER BY seq;

-- name: enrollment_of_person(member)
SELECT * FROM enrollment WHERE member = :member ORDER BY seq;

-- name: opt_in_of_person(member)
SELECT * FROM opt_in WHERE member = :member ORDER BY seq;

-- name: nudge_of_person(member)
SELECT * FROM nudge WHERE member = :member ORDER BY due_at, seq;

-- name: delivery_of_person(member)
SELECT delivery.* FROM nudge JOIN delivery ON delivery.nudge = nudge.id
WHERE nudge.member = :member ORDER BY delivery.at, delivery.seq;

-- name: commitment_of_person(member)
SELECT * FROM commitment WHERE member = :member ORDER BY made_at, seq;

-- name: reply_of_person(member)
SELECT * FROM reply WHERE member = :member OR author = :member ORDER BY received_at, seq;

-- name: reflection_of_person(member)
SELECT * FROM reflection WHERE member = :member ORDER BY made_at, seq;

-- name: pulse_of_person(member)
SELECT * FROM pulse WHERE member = :member ORDER BY answered_at, seq;

-- name: audit_of_person(member)
SELECT * FROM audit WHERE subject = :member OR actor = :member ORDER BY at, seq;

-- name: inbox_of_person(member)
-- What still waits to be handled, and what could not be; what was handled has no words.
SELECT inbox.id, inbox.state, inbox.received_at, inbox_body.body FROM member
JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
JOIN inbox_body ON inbox_body.arrival = inbox.id
WHERE member.id = :member AND inbox.state = 'waiting'
UNION ALL
SELECT inbox.id, inbox.state, inbox.received_at, inbox.body FROM member
JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
WHERE member.id = :member AND inbox.state = 'dead';

-- name: gap_of_person(member)
SELECT * FROM gap WHERE member = :member;

-- name: cancel_words_of_person(member)!
-- A coach's words on their way to somebody else must not arrive after the coach has gone.
UPDATE nudge SET state = 'cancelled', reason = 'erased', lease_until = NULL, version = version + 1
WHERE state IN ('planned', 'ready')
  AND member IN (SELECT member FROM reply WHERE author = :member AND member <> :member)
  AND subject IN (SELECT id FROM reply WHERE author = :member AND member <> :member);

-- name: erase_inbox_body(member)!
DELETE FROM inbox_body WHERE arrival IN (
    SELECT inbox.id FROM member JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
    WHERE member.id = :member AND inbox.state = 'waiting'
    UNION ALL
    SELECT inbox.id FROM member JOIN inbox ON inbox.workspace = member.workspace AND inbox.lane = member.external_id
    WHERE member.id = :member AND inbox.state = 'taken'
);

-- name: erase_inbox(member)!
-- Also the ids of what was handled, end to end: the file is written anew after it anyway.
DELETE FROM inbox
WHERE (workspace, lane) = (SELECT member.workspace, member.external_id FROM member WHERE member.id = :member)
   -- and what was noted of words in their conversation when nobody said who took them back
   OR (lane = '' AND EXISTS (
       SELECT 1 FROM member WHERE member.id = :member AND member.workspace = inbox.workspace
         AND instr(inbox.id, '/' || member.direct || '/') > 0
   ));

-- name: erase_gap(member)!
DELETE FROM gap WHERE member = :member;

-- name: erase_delivery(member)!
DELETE FROM delivery WHERE nudge IN (SELECT id FROM nudge WHERE member = :member);

-- name: erase_commitment(member)!
DELETE FROM commitment WHERE member = :member;

-- name: erase_reply(member)!
DELETE FROM reply WHERE member = :member OR author = :member;

-- name: erase_reflection(member)!
DELETE FROM reflection WHERE member = :member;

-- name: erase_pulse(member)!
DELETE FROM pulse WHERE member = :member;

-- name: erase_nudge(member)!
DELETE FROM nudge WHERE member = :member;

-- name: erase_opt_in(member)!
DELETE FROM opt_in WHERE member = :member;

-- name: erase_enrollment(member)!
DELETE FROM enrollment WHERE member = :member;

-- name: erase_coach(member)!
DELETE FROM coach WHERE member = :member;

-- name: cohorts_started_by(member)
SELECT id FROM cohort WHERE started_by = :member;

-- name: erase_starter(member)!
UPDATE cohort SET started_by = '', version = version + 1 WHERE started_by = :member;

-- name: erase_namer(member)!
UPDATE coach SET named_by = '', version = version + 1 WHERE named_by = :member;

-- name: erase_member(member)!
DELETE FROM member WHERE id = :member;
