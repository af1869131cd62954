"""What a use case decides by, read in one go, and how its decision is carried out."""
