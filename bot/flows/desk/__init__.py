"""The desk: getting in, and what its pages show."""
