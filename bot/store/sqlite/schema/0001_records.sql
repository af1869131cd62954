-- One table per record; a column per field, and the bucket that a server engine will shard by.
-- Moments are UTC ISO 8601 text of fixed width, so that the order of the text is the order of time.

CREATE TABLE workspace (
    id TEXT PRIMARY KEY NOT NULL,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    bot TEXT NOT NULL,
    state TEXT NOT NULL,
    practice INTEGER NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX workspace_key ON workspace (platform, external_id);

CREATE TABLE member (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL REFERENCES workspace,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT,
    zone TEXT,
    zone_confirmed INTEGER NOT NULL,
    country TEXT,
    hours TEXT NOT NULL,
    direct TEXT,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX member_key ON member (workspace, external_id);

CREATE TABLE cohort (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL REFERENCES workspace,
    channel TEXT NOT NULL,
    channel_name TEXT NOT NULL,
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
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cohort_key ON cohort (workspace, channel) WHERE state = 'active';

CREATE TABLE coach (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL REFERENCES cohort,
    member TEXT NOT NULL REFERENCES member,
    state TEXT NOT NULL,
    named_by TEXT NOT NULL,
    named_at TEXT NOT NULL,
    answered_at TEXT,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX coach_key ON coach (cohort, member);
CREATE INDEX coach_member ON coach (member);

CREATE TABLE enrollment (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL REFERENCES cohort,
    member TEXT NOT NULL REFERENCES member,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    shift_weeks INTEGER NOT NULL,
    paused_on TEXT,
    paused_until TEXT,
    joined_at TEXT NOT NULL,
    ended_at TEXT,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX enrollment_key ON enrollment (cohort, member) WHERE state <> 'left';
CREATE INDEX enrollment_cohort ON enrollment (cohort, member, joined_at);
CREATE INDEX enrollment_member ON enrollment (member, joined_at);
CREATE INDEX enrollment_ended ON enrollment (ended_at) WHERE state IN ('completed', 'left');
CREATE INDEX enrollment_paused ON enrollment (paused_until) WHERE state = 'paused';

CREATE TABLE opt_in (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    scope TEXT NOT NULL,
    language TEXT NOT NULL,
    wording TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE INDEX opt_in_member ON opt_in (member, at);

CREATE TABLE nudge (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL REFERENCES cohort,
    enrollment TEXT REFERENCES enrollment,
    member TEXT REFERENCES member,
    kind TEXT NOT NULL,
    prompt TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    item TEXT,
    week INTEGER NOT NULL,
    subject TEXT,
    local_date TEXT NOT NULL,
    local_time TEXT NOT NULL,
    zone TEXT NOT NULL,
    due_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    lease_until TEXT,
    not_before TEXT,
    conversation TEXT,
    message TEXT,
    sent_at TEXT,
    reason TEXT,
    answer TEXT,
    answered_at TEXT,
    alternative INTEGER,
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX nudge_key ON nudge (coalesce(member, cohort), prompt, occurrence, coalesce(enrollment, ''));
CREATE INDEX nudge_planned ON nudge (due_at, id) WHERE state = 'planned';
CREATE INDEX nudge_ready ON nudge (due_at, id) WHERE state = 'ready';
CREATE INDEX nudge_queue ON nudge (coalesce(member, cohort), due_at, id) WHERE state = 'ready';
CREATE INDEX nudge_moment ON nudge (max(due_at, coalesce(not_before, due_at))) WHERE state = 'ready';
CREATE INDEX nudge_expiry ON nudge (expires_at) WHERE state = 'ready';
CREATE INDEX nudge_busy ON nudge (coalesce(member, cohort)) WHERE state IN ('sending', 'uncertain');
CREATE INDEX nudge_lease ON nudge (lease_until) WHERE state = 'sending';
CREATE INDEX nudge_doubt ON nudge (not_before) WHERE state = 'uncertain';
CREATE INDEX nudge_message ON nudge (workspace, conversation, message) WHERE message IS NOT NULL;
CREATE INDEX nudge_enrollment ON nudge (enrollment, due_at);
CREATE INDEX nudge_post ON nudge (cohort, due_at) WHERE member IS NULL;
CREATE INDEX nudge_sent ON nudge (member, sent_at);
CREATE INDEX nudge_deed ON nudge (cohort, answered_at) WHERE answered_at IS NOT NULL;

-- One row for each time an attempt was settled: an attempt in doubt is settled twice.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    nudge TEXT NOT NULL REFERENCES nudge,
    attempt INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_nudge ON delivery (nudge, at);

CREATE TABLE commitment (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member,
    nudge TEXT NOT NULL REFERENCES nudge,
    item TEXT NOT NULL,
    week INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    made_at TEXT NOT NULL,
    closed_at TEXT,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE INDEX commitment_member ON commitment (member, made_at);
CREATE INDEX commitment_nudge ON commitment (nudge, made_at);
CREATE INDEX commitment_words ON commitment (enrollment) WHERE first || second <> '';
CREATE INDEX commitment_log ON commitment (cohort, made_at, id) WHERE scope IN ('coach', 'team');
CREATE INDEX commitment_shared ON commitment (made_at, id) WHERE scope IN ('coach', 'team');

CREATE TABLE reply (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member,
    author TEXT NOT NULL REFERENCES member,
    nudge TEXT NOT NULL REFERENCES nudge,
    item TEXT,
    week INTEGER NOT NULL,
    kind TEXT NOT NULL,
    question INTEGER,
    text TEXT,
    scope TEXT NOT NULL,
    source TEXT,
    card TEXT,
    received_at TEXT NOT NULL,
    edited_at TEXT,
    deleted_at TEXT,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX reply_key ON reply (workspace, source) WHERE source IS NOT NULL;
CREATE INDEX reply_nudge ON reply (nudge, received_at);
CREATE INDEX reply_member ON reply (member, received_at);
CREATE INDEX reply_author ON reply (author);
CREATE INDEX reply_words ON reply (enrollment) WHERE text IS NOT NULL;
CREATE INDEX reply_team ON reply (cohort, received_at) WHERE scope = 'team' AND deleted_at IS NULL;
CREATE INDEX reply_log ON reply (cohort, received_at, id) WHERE scope IN ('coach', 'team') AND deleted_at IS NULL;
CREATE INDEX reply_shared ON reply (received_at, id) WHERE scope IN ('coach', 'team') AND deleted_at IS NULL;

CREATE TABLE reflection (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL REFERENCES cohort,
    member TEXT REFERENCES member,
    nudge TEXT NOT NULL,
    week INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    shared TEXT NOT NULL,
    made_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE INDEX reflection_member ON reflection (member) WHERE member IS NOT NULL;
CREATE INDEX reflection_cohort ON reflection (cohort, made_at);
CREATE INDEX reflection_nudge ON reflection (nudge);

CREATE TABLE pulse (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT NOT NULL,
    enrollment TEXT NOT NULL REFERENCES enrollment,
    member TEXT NOT NULL REFERENCES member,
    wave TEXT NOT NULL,
    question TEXT NOT NULL,
    value INTEGER NOT NULL,
    answered_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX pulse_key ON pulse (enrollment, wave, question);
CREATE INDEX pulse_cohort ON pulse (cohort, wave);
CREATE INDEX pulse_member ON pulse (member);

CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    cohort TEXT,
    actor TEXT NOT NULL,
    subject TEXT,
    action TEXT NOT NULL,
    count INTEGER NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    bucket INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, at);
CREATE INDEX audit_actor ON audit (actor, at);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit only grows');
END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit only grows');
END;

CREATE TABLE inbox (
    event_id TEXT PRIMARY KEY NOT NULL,
    seen_at TEXT NOT NULL
) STRICT;
