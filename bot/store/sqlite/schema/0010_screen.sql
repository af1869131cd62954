-- What stands before people: where it stands, which records it shows, and whether it shows them as they are.

CREATE TABLE screen (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    person TEXT NOT NULL, -- external id; empty in a channel
    conversation TEXT NOT NULL,
    thread TEXT,
    message TEXT NOT NULL, -- empty until it stands
    detail TEXT NOT NULL,
    subjects TEXT NOT NULL,
    state TEXT NOT NULL,
    changed INTEGER NOT NULL,
    digest TEXT NOT NULL,
    is_withdrawal INTEGER NOT NULL,
    due TEXT,
    attempt INTEGER NOT NULL,
    holder TEXT NOT NULL,
    lease_until TEXT,
    look_since TEXT,
    reason TEXT,
    route TEXT NOT NULL,
    route_until TEXT,
    asks TEXT NOT NULL, -- the form whose questions it asks, as JSON: none of its words
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE INDEX screen_due ON screen (workspace, is_withdrawal DESC, due) WHERE due IS NOT NULL;
CREATE INDEX screen_at ON screen (workspace, conversation, message) WHERE message <> '';
CREATE INDEX screen_person ON screen (workspace, person);
CREATE INDEX screen_held ON screen (holder) WHERE holder <> '';

-- Which screens show a record, or what belongs to it.
CREATE TABLE screen_subject (
    subject TEXT NOT NULL,
    screen TEXT NOT NULL REFERENCES screen ON DELETE CASCADE,
    workspace TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    PRIMARY KEY (subject, screen)
) STRICT, WITHOUT ROWID;
CREATE INDEX screen_subject_screen ON screen_subject (screen);

-- What was sent before is shown once as it is now, and known from then on.
INSERT INTO screen
SELECT
    nudge.id, nudge.workspace, 'nudge', nudge.id, coalesce(member.external_id, ''), nudge.conversation, NULL,
    nudge.message, '', json_array(nudge.id), 'current', 0, '', nudge.renew_at IS NOT NULL,
    CASE WHEN nudge.renew_at IS NOT NULL THEN nudge.renew_at END, 0, '', NULL, NULL, NULL, '', NULL, 'null', 1, nudge.bucket
FROM nudge LEFT JOIN member ON member.id = nudge.member
WHERE nudge.message IS NOT NULL AND nudge.state = 'sent';
UPDATE screen SET state = 'stale' WHERE due IS NOT NULL;

INSERT INTO screen
SELECT
    reply.id, reply.workspace, 'receipt', reply.id, member.external_id,
    substr(reply.card, 1, instr(reply.card, '/') - 1), NULL, substr(reply.card, instr(reply.card, '/') + 1),
    '', json_array(reply.id), 'current', 0, '', 0, NULL, 0, '', NULL, NULL, NULL, '', NULL, 'null', 1, reply.bucket
FROM reply JOIN member ON member.id = reply.author
WHERE reply.card IS NOT NULL AND instr(reply.card, '/') > 0;

INSERT OR IGNORE INTO screen_subject (subject, screen, workspace, bucket)
SELECT id, id, workspace, bucket FROM screen;
INSERT OR IGNORE INTO screen_subject (subject, screen, workspace, bucket)
SELECT nudge.subject, screen.id, screen.workspace, screen.bucket FROM screen JOIN nudge ON nudge.id = screen.about
WHERE nudge.subject IS NOT NULL;
INSERT OR IGNORE INTO screen_subject (subject, screen, workspace, bucket)
SELECT nudge.enrollment || '/' || nudge.item, screen.id, screen.workspace, screen.bucket
FROM screen JOIN nudge ON nudge.id = screen.about
WHERE nudge.item IS NOT NULL AND nudge.enrollment IS NOT NULL;
INSERT OR IGNORE INTO screen_subject (subject, screen, workspace, bucket)
SELECT reply.nudge, screen.id, screen.workspace, screen.bucket FROM screen JOIN reply ON reply.id = screen.about
WHERE screen.kind = 'receipt';
INSERT OR IGNORE INTO screen_subject (subject, screen, workspace, bucket)
SELECT shown.value, screen.id, screen.workspace, screen.bucket
FROM screen
JOIN nudge ON nudge.id = screen.about
JOIN reflection ON reflection.nudge = nudge.id OR (nudge.kind = 'team_share' AND reflection.nudge = nudge.subject)
JOIN json_each(reflection.shared) AS shown;
UPDATE screen SET subjects = (
    SELECT json_group_array(subject) FROM screen_subject WHERE screen_subject.screen = screen.id
);

INSERT INTO screen
SELECT
    'page-' || reach.page || '-' || member.id, reach.workspace, 'page', member.id, reach.person, reach.conversation,
    NULL, reach.page, '', json_array(member.id), 'stale', 0, '', 0, NULL, 0, '', NULL, NULL, NULL, '', NULL, 'null', 1,
    reach.bucket
FROM reach JOIN member ON member.workspace = reach.workspace AND member.external_id = reach.person
WHERE reach.page <> '';
INSERT OR IGNORE INTO screen_subject (subject, screen, workspace, bucket)
SELECT about, id, workspace, bucket FROM screen WHERE kind = 'page';

DROP INDEX nudge_renew;
DROP INDEX nudge_message;
ALTER TABLE nudge DROP COLUMN renew_at;
ALTER TABLE nudge DROP COLUMN conversation;
ALTER TABLE nudge DROP COLUMN message;
ALTER TABLE reply DROP COLUMN card;
ALTER TABLE reach DROP COLUMN page;
