"""What follows from records, a moment and a calendar. Pure."""
