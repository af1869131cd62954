-- A form that somebody opens is known: an older one of its kind is refused, and words that are taken back leave it.

CREATE TABLE open_form (
    workspace TEXT NOT NULL,
    opening TEXT NOT NULL,
    person TEXT NOT NULL, -- external id
    form TEXT NOT NULL, -- its kind; empty when nobody knows whether it was shown
    first_field TEXT NOT NULL,
    about TEXT NOT NULL, -- the record whose words it shows to somebody else; empty when it shows none
    opened_at TEXT NOT NULL,
    conversation TEXT NOT NULL,
    message TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    PRIMARY KEY (workspace, opening)
) STRICT;
CREATE INDEX open_form_kind ON open_form (workspace, person, form);
CREATE INDEX open_form_about ON open_form (about) WHERE about <> '';
