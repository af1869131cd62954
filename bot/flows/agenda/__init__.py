"""What is planned, due, postponed, overdue."""
