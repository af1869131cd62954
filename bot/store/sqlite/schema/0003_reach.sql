-- A platform with more than one address says with everything that comes in how its conversation is reached; and
-- brings a thing again under another id, which then shows by its echo.

CREATE TABLE reach (
    workspace TEXT NOT NULL,
    conversation TEXT NOT NULL,
    person TEXT NOT NULL, -- external id; empty for a conversation of several
    address TEXT NOT NULL,
    account TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    PRIMARY KEY (workspace, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX reach_person ON reach (workspace, person) WHERE person <> '';

ALTER TABLE inbox ADD COLUMN echo TEXT;
CREATE INDEX inbox_echo ON inbox (workspace, echo) WHERE echo IS NOT NULL;
