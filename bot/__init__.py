"""Pitstop: the service coach for IT managers, in Slack and Microsoft Teams."""

__version__ = "0.1.0"
