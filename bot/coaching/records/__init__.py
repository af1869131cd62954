"""What is remembered, a record a file."""
