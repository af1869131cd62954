"""Days as people type them."""
