"""What a coach reads and answers."""
