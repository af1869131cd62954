-- A form that somebody opens is known: an older one of its kind is refused.

CREATE TABLE open_form (
    workspace TEXT NOT NULL,
    opening TEXT NOT NULL,
    person TEXT NOT NULL, -- external id
    form TEXT NOT NULL, -- its kind; empty when nobody knows whether it was shown
    first_field TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    PRIMARY KEY (workspace, opening)
) STRICT;
CREATE INDEX open_form_kind ON open_form (workspace, person, form);
