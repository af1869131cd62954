"""What we ask of Teams."""
