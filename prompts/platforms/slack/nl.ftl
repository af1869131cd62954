# What is said differently in Slack: terms of its own, and phrases that replace those of phrases/nl.

-coach = /coach
-platform = Slack
-owner = de eigenaar van deze werkruimte
-directs = privéberichten
