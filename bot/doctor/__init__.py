"""What is well, what wants attention, what is bad, and what to do about it."""
