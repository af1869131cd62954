"""What stands on whose screen: rendered from records, kept true. Nothing else updates or deletes a message."""
