"""What Teams sends us."""
