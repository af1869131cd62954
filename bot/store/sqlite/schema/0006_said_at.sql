-- Where words came under another id than news of them will, the moment at which they were typed tells them.

ALTER TABLE reply ADD COLUMN said_at TEXT;
CREATE INDEX reply_said ON reply (workspace, said_at) WHERE said_at IS NOT NULL;
