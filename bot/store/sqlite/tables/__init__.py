"""What is asked of the tables, a noun a file."""
