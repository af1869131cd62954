"""A local Slack: enough of the real one for the real app, a page to look at and a clock that travels."""
