"""What a use case decides by, read in one go, and what it may decide."""
