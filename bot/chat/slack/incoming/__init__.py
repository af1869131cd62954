"""What Slack sends us."""
