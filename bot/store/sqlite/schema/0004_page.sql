-- Where a person's own page is a message in our conversation, it is changed there; also after a restart.

ALTER TABLE reach ADD COLUMN page TEXT NOT NULL DEFAULT '';
