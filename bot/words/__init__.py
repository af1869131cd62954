"""The words people read: one port, read from files."""
