-- A day that was settled for one message alone outlasts a pause, and whatever else moves the journey.

ALTER TABLE nudge ADD COLUMN meant_for TEXT;
