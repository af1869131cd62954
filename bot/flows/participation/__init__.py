"""Taking part: start, join, pause, status, the coach's role."""
