"""How what we show looks in Slack."""
