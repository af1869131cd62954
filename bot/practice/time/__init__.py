"""The clock of the practice, and travelling ahead in time."""
