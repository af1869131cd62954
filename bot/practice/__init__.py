"""A local Slack with a page and a clock that travels: the only fake there is."""
