"""What the process does for itself: its heartbeat and its nightly copy."""
