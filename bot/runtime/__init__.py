"""The process: what runs, how much of it at once, and until when."""
