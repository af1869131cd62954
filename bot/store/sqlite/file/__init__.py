"""The database file: opened, brought up to date, copied, brought back, cleaned."""
