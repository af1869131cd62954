"""Words under lock: the keys of people, the file that keeps them, and what opens what."""
