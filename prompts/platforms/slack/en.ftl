# What is said differently in Slack: terms of its own, and phrases that replace those of phrases/en.

-coach = /coach
-platform = Slack
-owner = the owner of this workspace
-directs = direct messages
