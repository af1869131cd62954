"""What people do in the practice Teams."""
