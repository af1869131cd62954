"""A journey read from beginning to end as one kind of person gets it, in memory: no store, no chat, no clock."""
