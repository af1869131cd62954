"""The Microsoft Teams home."""
