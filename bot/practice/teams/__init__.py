"""A local Microsoft Teams: enough of the Bot Framework for the real SDK, a page to look at and the same clock."""
