-- What comes in is kept until it is handled; what may have been missed is looked for; marks about the file as a whole.

ALTER TABLE nudge ADD COLUMN look_since TEXT;

-- A workspace is claimed from on its own, and its conversations keep their order.
DROP INDEX nudge_ready;
CREATE INDEX nudge_ready ON nudge (workspace, due_at, id, state) WHERE state = 'ready';
DROP INDEX nudge_moment;
CREATE INDEX nudge_moment ON nudge (min(max(due_at, coalesce(not_before, due_at)), expires_at)) WHERE state = 'ready';
CREATE INDEX nudge_ahead ON nudge (id) WHERE state = 'planned';
CREATE INDEX nudge_dead ON nudge (due_at) WHERE state = 'dead';

ALTER TABLE inbox RENAME TO sight;
CREATE TABLE inbox (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    platform TEXT NOT NULL,
    lane TEXT NOT NULL,
    body TEXT, -- of what was given up
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    lease_until TEXT,
    not_before TEXT,
    reason TEXT,
    received_at TEXT NOT NULL,
    done_at TEXT,
    bucket INTEGER NOT NULL
) STRICT;
INSERT INTO inbox (id, workspace, platform, lane, state, attempt, received_at, done_at, bucket)
SELECT event_id, '', '', '', 'done', 0, seen_at, seen_at, 0 FROM sight ORDER BY rowid;
DROP TABLE sight;
CREATE INDEX inbox_waiting ON inbox (workspace, lane) WHERE state = 'waiting';
CREATE INDEX inbox_taken ON inbox (workspace, lane) WHERE state = 'taken';
CREATE INDEX inbox_free ON inbox (coalesce(lease_until, not_before, ''), received_at, state)
WHERE state IN ('waiting', 'taken');
CREATE INDEX inbox_done ON inbox (received_at) WHERE state = 'done';
CREATE INDEX inbox_dead ON inbox (workspace, lane) WHERE state = 'dead';
CREATE INDEX inbox_words ON inbox (done_at) WHERE state = 'dead' AND body IS NOT NULL;

-- The words of what is still to be handled, in a table of their own that is empty most of the time: SQLite overwrites
-- what is deleted, yet a row that moved to another page can leave a copy, which goes when the table empties.
CREATE TABLE inbox_body (
    arrival TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- One row a person at most: a gap that is still open is widened, and has another id then.
CREATE TABLE gap (
    id TEXT PRIMARY KEY NOT NULL,
    workspace TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    not_before TEXT,
    bucket INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX gap_key ON gap (member);
CREATE INDEX gap_moment ON gap (coalesce(not_before, since), id);

CREATE TABLE mark (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
