"""The Slack home: Bolt in front, slack_sdk behind."""
