"""How what we show looks in Teams."""
