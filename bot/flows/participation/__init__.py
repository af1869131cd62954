"""Taking part: start, join, pause, settings, the coach's role."""
