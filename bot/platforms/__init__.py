"""One chat over all platforms; Slack and Teams joined to the bot."""
