"""Pitstop: the service coach for IT managers, in Slack and Microsoft Teams."""
