"""What came in, from reading around it to what is saved, shown and said."""
