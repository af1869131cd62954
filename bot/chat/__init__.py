"""Where people talk: one port, one package per platform."""
