-- One table per record, and a column per field. Moments are UTC ISO 8601 text of fixed width, so that the order of the
-- text is the order of time. `seq` is the identity column: rows of one moment keep the order in which they were written.

CREATE TABLE workspace (
    id TEXT UNIQUE NOT NULL,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    bot TEXT NOT NULL,
    state TEXT NOT NULL,
    practice INTEGER NOT NULL,
    lets_outsiders_join INTEGER NOT NULL,
    lets_line_managers_coach INTEGER NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (platform, external_id)
) STRICT;

CREATE TABLE member (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL REFERENCES workspace (id),
    external_id TEXT NOT NULL,
    name BLOB NOT NULL, -- sealed
    language TEXT,
    zone TEXT,
    zone_confirmed INTEGER NOT NULL,
    country TEXT,
    hours TEXT NOT NULL,
    digest TEXT NOT NULL, -- JSON null for who coaches nobody
    direct TEXT,
    state TEXT NOT NULL,
    met_at TEXT, -- so that who never joined anything is let go of, too
    heard_at TEXT, -- written by itself, without a new version: nothing is shown of it
    typed_at TEXT, -- so is this
    origin TEXT NOT NULL,
    adapts INTEGER NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    UNIQUE (workspace, external_id)
) STRICT;

CREATE TABLE cohort (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL REFERENCES workspace (id),
    channel TEXT NOT NULL,
    channel_name TEXT NOT NULL, -- as people there write it: in Slack with its sign
    journey TEXT NOT NULL,
    language TEXT NOT NULL,
    pace INTEGER NOT NULL,
    hours TEXT NOT NULL,
    zone TEXT NOT NULL,
    country TEXT,
    reflection_day INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_at TEXT NOT NULL,
    state TEXT NOT NULL,
    ended_at TEXT,
    words_days INTEGER NOT NULL, -- that words are kept after the end of a member's journey
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id)
) STRICT;
CREATE UNIQUE INDEX cohort_key ON cohort (workspace, channel) WHERE state = 'active';
CREATE INDEX cohort_starter ON cohort (workspace, started_by); -- who is erased is no longer said to have started a journey

CREATE TABLE coach (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    member TEXT NOT NULL,
    state TEXT NOT NULL,
    named_by TEXT NOT NULL,
    named_at TEXT NOT NULL,
    answered_at TEXT,
    is_line_manager INTEGER,
    ended_at TEXT,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    UNIQUE (workspace, cohort, member),
    FOREIGN KEY (workspace, cohort) REFERENCES cohort (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE INDEX coach_member ON coach (workspace, member);
CREATE INDEX coach_namer ON coach (workspace, named_by); -- nor to have named a coach

CREATE TABLE enrollment (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    member TEXT NOT NULL,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    shift_weeks INTEGER NOT NULL,
    paused_on TEXT,
    paused_until TEXT,
    paused_before TEXT,
    resumed_at TEXT,
    silent_on TEXT,
    joined_at TEXT NOT NULL,
    ended_at TEXT,
    pace INTEGER,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, cohort) REFERENCES cohort (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE UNIQUE INDEX enrollment_key ON enrollment (workspace, member) WHERE state IN ('active', 'paused'); -- one at a time
CREATE INDEX enrollment_cohort ON enrollment (workspace, cohort, member, joined_at);
CREATE INDEX enrollment_member ON enrollment (workspace, member, joined_at);
CREATE INDEX enrollment_ended ON enrollment (ended_at) WHERE state IN ('completed', 'left');
CREATE INDEX enrollment_paused ON enrollment (paused_until) WHERE state = 'paused';

CREATE TABLE opt_in (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    scope TEXT NOT NULL,
    language TEXT NOT NULL,
    wording TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE INDEX opt_in_member ON opt_in (workspace, member, at);

-- A member's press that lets one coach read; a press for one text names it.
CREATE TABLE read_grant (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    coach TEXT NOT NULL,
    cohort TEXT NOT NULL,
    text TEXT NOT NULL,
    from_at TEXT NOT NULL,
    includes_earlier INTEGER NOT NULL,
    until_at TEXT,
    wording TEXT NOT NULL,
    given_at TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id),
    FOREIGN KEY (workspace, coach) REFERENCES member (workspace, id),
    FOREIGN KEY (workspace, cohort) REFERENCES cohort (workspace, id)
) STRICT;
CREATE UNIQUE INDEX read_grant_key ON read_grant (workspace, member, coach, cohort, text)
WHERE ended_at IS NULL AND until_at IS NULL;
CREATE INDEX read_grant_wording ON read_grant (workspace, wording) WHERE ended_at IS NULL AND until_at IS NULL;
CREATE INDEX read_grant_member ON read_grant (workspace, member);
CREATE INDEX read_grant_coach ON read_grant (workspace, coach);

-- An admin's record that coaches may read; it only grows, and one at a time is open.
CREATE TABLE gate (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL REFERENCES workspace (id),
    kind TEXT NOT NULL,
    who_agreed BLOB NOT NULL, -- sealed, by the workspace's key
    agreed_on TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    is_by_coach INTEGER NOT NULL,
    wording TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id)
) STRICT;
CREATE UNIQUE INDEX gate_key ON gate (workspace) WHERE closed_at IS NULL;

CREATE TABLE seat (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    named_by TEXT NOT NULL,
    named_at TEXT NOT NULL,
    ended_at TEXT,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE UNIQUE INDEX seat_key ON seat (workspace, member) WHERE ended_at IS NULL;
CREATE INDEX seat_member ON seat (workspace, member);

CREATE TABLE nudge (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT,
    member TEXT,
    kind TEXT NOT NULL,
    prompt TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    item TEXT,
    week INTEGER NOT NULL,
    subject TEXT,
    card TEXT, -- the message below which it stands
    local_date TEXT NOT NULL,
    meant_for TEXT, -- a day settled for this message alone outlasts a pause, and whatever else moves the journey
    local_time TEXT NOT NULL,
    zone TEXT NOT NULL,
    due_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    lease_until TEXT,
    not_before TEXT,
    look_since TEXT,
    sent_at TEXT,
    reason TEXT,
    asked_at TEXT, -- by a press or an answer; what asked last is what typed words answer
    answer TEXT,
    answered_at TEXT,
    alternative INTEGER,
    manner TEXT,
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, cohort) REFERENCES cohort (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id),
    FOREIGN KEY (workspace, enrollment) REFERENCES enrollment (workspace, id)
) STRICT;
CREATE UNIQUE INDEX nudge_key ON nudge (workspace, coalesce(member, cohort), prompt, occurrence, coalesce(enrollment, ''));
-- One message on its way in a conversation. Several may be in doubt that a copy brought back does not know of.
CREATE UNIQUE INDEX nudge_on_its_way ON nudge (workspace, coalesce(member, cohort))
WHERE state = 'sending' OR (state = 'uncertain' AND look_since IS NULL);
-- A planned row that could not move says in not_before when it is looked at next. What is due, in doubt, ready or missed
-- is found along its workspace: nothing of a workspace that we are not connected to is ever walked.
CREATE INDEX nudge_planned ON nudge (workspace, max(due_at, coalesce(not_before, due_at)), id) WHERE state = 'planned';
CREATE INDEX nudge_put_off ON nudge (workspace, coalesce(member, cohort), not_before, due_at)
WHERE state = 'planned' AND not_before IS NOT NULL;
-- A workspace is claimed from on its own, and its conversations keep their order.
CREATE INDEX nudge_ready ON nudge (workspace, max(due_at, coalesce(not_before, due_at)), id, state) WHERE state = 'ready';
CREATE INDEX nudge_queue ON nudge (workspace, coalesce(member, cohort), due_at, id) WHERE state = 'ready';
CREATE INDEX nudge_moment ON nudge (workspace, min(max(due_at, coalesce(not_before, due_at)), expires_at))
WHERE state = 'ready';
CREATE INDEX nudge_expiry ON nudge (expires_at) WHERE state = 'ready';
CREATE INDEX nudge_busy ON nudge (workspace, coalesce(member, cohort)) WHERE state IN ('sending', 'uncertain');
CREATE INDEX nudge_lease ON nudge (lease_until, workspace) WHERE state = 'sending';
CREATE INDEX nudge_doubt ON nudge (workspace, not_before) WHERE state = 'uncertain';
CREATE INDEX nudge_ahead ON nudge (id) WHERE state = 'planned';
CREATE INDEX nudge_dead ON nudge (due_at) WHERE state = 'dead';
CREATE INDEX nudge_enrollment ON nudge (workspace, enrollment, due_at);
CREATE INDEX nudge_post ON nudge (workspace, cohort, due_at) WHERE member IS NULL;
CREATE INDEX nudge_sent ON nudge (workspace, member, sent_at);
CREATE INDEX nudge_card ON nudge (workspace, card) WHERE card IS NOT NULL;
CREATE INDEX nudge_digest ON nudge (workspace, member, due_at) WHERE kind = 'coach_digest';
CREATE INDEX nudge_deed ON nudge (workspace, cohort, answered_at) WHERE answered_at IS NOT NULL;

-- What may follow on what: TRANSITIONS in the records of the domain, compared by a test.
CREATE TRIGGER nudge_follows BEFORE UPDATE OF state ON nudge
WHEN NEW.state <> OLD.state AND NEW.state NOT IN (
    SELECT value FROM json_each(CASE OLD.state
        WHEN 'planned' THEN '["ready", "uncertain", "sent", "expired", "cancelled"]'
        WHEN 'ready' THEN '["planned", "sending", "uncertain", "sent", "expired", "cancelled"]'
        WHEN 'sending' THEN '["planned", "ready", "uncertain", "sent", "dead", "expired", "cancelled"]'
        WHEN 'uncertain' THEN '["planned", "ready", "sent", "expired"]'
        WHEN 'expired' THEN '["sent"]'
        WHEN 'cancelled' THEN '["planned"]'
        ELSE '[]'
    END)
)
BEGIN
    SELECT RAISE(ABORT, 'a nudge does not move from this state to that one');
END;

-- One row for each time an attempt was settled: an attempt in doubt is settled twice.
CREATE TABLE delivery (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    nudge TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, nudge) REFERENCES nudge (workspace, id)
) STRICT;
CREATE INDEX delivery_nudge ON delivery (workspace, nudge, at);

CREATE TABLE commitment (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    member TEXT NOT NULL,
    nudge TEXT NOT NULL,
    item TEXT NOT NULL,
    week INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first BLOB NOT NULL, -- sealed: see docs/adr/0030-words-are-encrypted.md
    second BLOB NOT NULL, -- sealed
    has_words INTEGER NOT NULL, -- for statements, which look into no words
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    made_at TEXT NOT NULL,
    closed_at TEXT,
    deleted_at TEXT,
    edition INTEGER NOT NULL,
    shared_at TEXT, -- of this very edition, as is the next one
    kept_out_at TEXT,
    left_out_at TEXT, -- by a coach, and by whom
    left_out_by TEXT,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id),
    FOREIGN KEY (workspace, nudge) REFERENCES nudge (workspace, id)
) STRICT;
CREATE INDEX commitment_member ON commitment (workspace, member, made_at);
CREATE INDEX commitment_nudge ON commitment (workspace, nudge, made_at);
CREATE INDEX commitment_words ON commitment (workspace, enrollment) WHERE has_words;
CREATE INDEX commitment_log ON commitment (workspace, cohort, made_at, id) WHERE scope = 'coach';
CREATE INDEX commitment_coached ON commitment (made_at, id) WHERE scope = 'coach';
CREATE INDEX commitment_leaver ON commitment (workspace, left_out_by) WHERE left_out_by IS NOT NULL;
CREATE INDEX commitment_shared ON commitment (workspace, cohort, shared_at) WHERE shared_at IS NOT NULL;

CREATE TABLE reply (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    member TEXT NOT NULL,
    author TEXT NOT NULL,
    nudge TEXT NOT NULL,
    item TEXT,
    week INTEGER NOT NULL,
    kind TEXT NOT NULL,
    question INTEGER,
    text BLOB, -- sealed
    has_words INTEGER NOT NULL,
    scope TEXT NOT NULL,
    source TEXT,
    said_at TEXT, -- where news of the words may come under another id, the moment at which they were typed tells them
    answers TEXT,
    also TEXT, -- whose key it needs too: the coach whose word it answers
    received_at TEXT NOT NULL,
    edited_at TEXT,
    deleted_at TEXT,
    edition INTEGER NOT NULL,
    shared_at TEXT, -- of this very edition, as is the next one
    kept_out_at TEXT,
    left_out_at TEXT, -- by a coach, and by whom
    left_out_by TEXT,
    intent TEXT, -- what words seem to ask for, while that is not known to be an answer
    among TEXT,
    held_until TEXT,
    taken_by TEXT,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id),
    FOREIGN KEY (workspace, author) REFERENCES member (workspace, id),
    FOREIGN KEY (workspace, nudge) REFERENCES nudge (workspace, id)
) STRICT;
CREATE UNIQUE INDEX reply_key ON reply (workspace, source) WHERE source IS NOT NULL;
CREATE INDEX reply_nudge ON reply (workspace, nudge, received_at);
CREATE INDEX reply_member ON reply (workspace, member, received_at);
CREATE INDEX reply_author ON reply (workspace, author);
CREATE INDEX reply_words ON reply (workspace, enrollment) WHERE has_words;
CREATE INDEX reply_said ON reply (workspace, said_at) WHERE said_at IS NOT NULL;
CREATE INDEX reply_log ON reply (workspace, cohort, received_at, id) WHERE scope = 'coach' AND deleted_at IS NULL;
CREATE INDEX reply_coached ON reply (received_at, id) WHERE scope = 'coach' AND deleted_at IS NULL;
CREATE INDEX reply_held ON reply (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX reply_wish ON reply (workspace, cohort) WHERE kind = 'request' AND taken_by IS NULL; -- for a word with a coach
CREATE INDEX reply_also ON reply (workspace, also) WHERE also IS NOT NULL;
CREATE INDEX reply_taker ON reply (workspace, taken_by) WHERE taken_by IS NOT NULL; -- nor to have taken a request
-- Whoever seems to have asked for no more messages gets none until they say what they meant.
CREATE INDEX reply_stop ON reply (workspace, member) WHERE kind = 'held' AND intent = 'stop' AND has_words;
CREATE INDEX reply_leaver ON reply (workspace, left_out_by) WHERE left_out_by IS NOT NULL; -- nor to have left it out
CREATE INDEX reply_shared ON reply (workspace, cohort, shared_at) WHERE shared_at IS NOT NULL;

CREATE TABLE reflection (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    member TEXT,
    nudge TEXT NOT NULL,
    week INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    shared TEXT NOT NULL,
    made_at TEXT NOT NULL,
    pulse TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, cohort) REFERENCES cohort (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE INDEX reflection_member ON reflection (workspace, member) WHERE member IS NOT NULL;
CREATE INDEX reflection_cohort ON reflection (workspace, cohort, made_at);
CREATE INDEX reflection_nudge ON reflection (workspace, nudge);

-- Neither a moment nor an order: in a small group both would tell whose answer it is.
CREATE TABLE pulse (
    workspace TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    wave TEXT NOT NULL,
    question TEXT NOT NULL,
    id TEXT NOT NULL,
    cohort TEXT NOT NULL,
    member TEXT NOT NULL,
    value INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (workspace, enrollment, wave, question),
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, enrollment) REFERENCES enrollment (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pulse_cohort ON pulse (workspace, cohort, wave);
CREATE INDEX pulse_member ON pulse (workspace, member);

-- One row a look at one person's words, chained over what is stored: see bot/store/sqlite/audit_chain.py.
CREATE TABLE audit (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT,
    actor TEXT NOT NULL,
    subject TEXT,
    action TEXT NOT NULL,
    count INTEGER NOT NULL,
    at TEXT NOT NULL,
    seen TEXT NOT NULL, -- sealed, in hexadecimal digits
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id)
) STRICT;
CREATE INDEX audit_subject ON audit (workspace, subject, at);
CREATE INDEX audit_actor ON audit (workspace, actor, at);
CREATE INDEX audit_order ON audit (workspace, seq);
CREATE INDEX audit_moment ON audit (workspace, at);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit only grows');
END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE workspace = old.workspace AND until_seq >= old.seq)
BEGIN
    SELECT raise(ABORT, 'the audit only grows');
END;

-- Under which alias a person stands in the audit. It goes with the person, and leaves the chain whole.
CREATE TABLE audit_alias (
    workspace TEXT NOT NULL,
    alias TEXT NOT NULL,
    member TEXT NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, alias),
    UNIQUE (workspace, member),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;

-- Where a workspace's chain ends: what is cut off at its end is missed.
CREATE TABLE audit_head (
    workspace TEXT NOT NULL,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace)
) STRICT, WITHOUT ROWID;

-- What stands in place of rows that are older than the audit is kept.
CREATE TABLE audit_checkpoint (
    workspace TEXT NOT NULL,
    until_seq INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL,
    made_at TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (workspace)
) STRICT, WITHOUT ROWID;

-- The audit with the people whom it can still name.
CREATE VIEW audit_named AS
SELECT
    audit.id, audit.workspace, audit.cohort, coalesce(reader.member, audit.actor) AS actor,
    coalesce(read.member, audit.subject) AS subject, audit.action, audit.count, audit.at, audit.seen, 1 AS version,
    audit.seq, audit.actor AS actor_alias, audit.subject AS subject_alias, audit.previous, audit.hash
FROM audit
LEFT JOIN audit_alias AS reader ON reader.workspace = audit.workspace AND reader.alias = audit.actor
LEFT JOIN audit_alias AS read ON read.workspace = audit.workspace AND read.alias = audit.subject;

-- What comes in is kept until it is handled.
CREATE TABLE inbox (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    platform TEXT NOT NULL,
    lane TEXT NOT NULL,
    body BLOB, -- of what was given up; sealed
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, -- of its handling
    deaths INTEGER NOT NULL DEFAULT 0, -- of processes, in a row, that may have died of it
    jumps INTEGER NOT NULL DEFAULT 0, -- taken whatever its lane does, by who waits for the answer
    lease_until TEXT,
    not_before TEXT,
    reason TEXT,
    received_at TEXT NOT NULL,
    done_at TEXT,
    echo TEXT, -- a platform that brings a thing again under another id: what stays the same
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id)
) STRICT;
CREATE UNIQUE INDEX inbox_one_at_a_time ON inbox (workspace, lane) WHERE state = 'taken' AND jumps = 0;
CREATE INDEX inbox_waiting ON inbox (workspace, lane) WHERE state = 'waiting';
CREATE INDEX inbox_taken ON inbox (workspace, lane) WHERE state = 'taken';
CREATE INDEX inbox_free ON inbox (coalesce(lease_until, not_before, ''), received_at, state)
WHERE state IN ('waiting', 'taken');
CREATE INDEX inbox_done ON inbox (received_at) WHERE state = 'done';
CREATE INDEX inbox_dead ON inbox (workspace, lane) WHERE state = 'dead';
CREATE INDEX inbox_words ON inbox (done_at) WHERE state = 'dead' AND body IS NOT NULL;
CREATE INDEX inbox_echo ON inbox (workspace, echo) WHERE echo IS NOT NULL;

-- The words of what is still to be handled, in a table of their own that is empty most of the time: SQLite overwrites
-- what is deleted, yet a row that moved to another page can leave a copy, which goes when the table empties.
CREATE TABLE inbox_body (
    arrival TEXT NOT NULL,
    workspace TEXT NOT NULL,
    body BLOB NOT NULL, -- sealed
    PRIMARY KEY (workspace, arrival)
) STRICT;

-- What may have been missed is looked for. One row a person at most: a gap that is still open is widened, and has
-- another id then.
CREATE TABLE gap (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    not_before TEXT,
    progress TEXT, -- JSON: how far its conversation was read
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, member),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE INDEX gap_moment ON gap (workspace, coalesce(not_before, since), id);

-- What was handled or answered, though it did not come in under this id: it counts as known from then on.
CREATE TABLE sight (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    person TEXT NOT NULL, -- a keyed hash of the external id; empty when nobody said who it was
    seen_at TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sight_person ON sight (workspace, person);
CREATE INDEX sight_old ON sight (seen_at);

-- About the installation as a whole.
CREATE TABLE installation_mark (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- Whom we may write to no more, and since when, as far as was noticed: their rows go after a while. Member '' is the
-- workspace itself.
CREATE TABLE away (
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (workspace, member)
) STRICT;

-- A platform with more than one address says with everything that comes in how its conversation is reached.
CREATE TABLE reach (
    workspace TEXT NOT NULL,
    conversation TEXT NOT NULL,
    person TEXT NOT NULL, -- external id; empty for a conversation of several
    address TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (workspace, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX reach_person ON reach (workspace, person) WHERE person <> '';
CREATE INDEX reach_account ON reach (workspace, account) WHERE person <> '';

-- A form that somebody opens is known: an older one of its kind is refused.
CREATE TABLE open_form (
    workspace TEXT NOT NULL,
    opening TEXT NOT NULL,
    person TEXT NOT NULL, -- external id
    form TEXT NOT NULL, -- its kind; empty when nobody knows whether it was shown
    first_field TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, opening)
) STRICT;
CREATE INDEX open_form_kind ON open_form (workspace, person, form);

-- A link to the desk, good once; kept under the hash of its token.
CREATE TABLE sign_in (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    made_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    used_at TEXT,
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE INDEX sign_in_member ON sign_in (workspace, member);
CREATE INDEX sign_in_over ON sign_in (ends_at);

-- Somebody at the desk, in one browser; kept under the hash of the cookie's token.
CREATE TABLE session (
    id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL,
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    ended_at TEXT,
    searches BLOB NOT NULL, -- what its person looks for in the log, encrypted
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id),
    FOREIGN KEY (workspace, member) REFERENCES member (workspace, id)
) STRICT;
CREATE INDEX session_member ON session (workspace, member);
CREATE INDEX session_idle ON session (seen_at);
CREATE INDEX session_over ON session (min(ends_at, coalesce(ended_at, ends_at)));

-- What stands before people: where it stands, which records it shows, and whether it shows them as they are.
CREATE TABLE screen (
    id TEXT NOT NULL,
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
    route BLOB NOT NULL, -- sealed: whoever has it may answer the press
    route_until TEXT,
    asks TEXT NOT NULL, -- the form whose questions it asks, as JSON: none of its words
    version INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY,
    UNIQUE (workspace, id)
) STRICT;
CREATE INDEX screen_due ON screen (workspace, is_withdrawal DESC, due) WHERE due IS NOT NULL;
CREATE INDEX screen_at ON screen (workspace, conversation, message) WHERE message <> '';
CREATE INDEX screen_person ON screen (workspace, person);
CREATE INDEX screen_held ON screen (workspace, holder) WHERE holder <> '';

-- Which screens show a record, or what belongs to it. The columns of a key WITHOUT ROWID stand first and in its order:
-- else quick_check of SQLite 3.40 takes a whole file for a damaged one.
CREATE TABLE screen_subject (
    workspace TEXT NOT NULL,
    subject TEXT NOT NULL,
    screen TEXT NOT NULL,
    PRIMARY KEY (workspace, subject, screen),
    FOREIGN KEY (workspace, screen) REFERENCES screen (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX screen_subject_screen ON screen_subject (workspace, screen);
