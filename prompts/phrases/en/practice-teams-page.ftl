### The page of the practice Teams. What is not here is said as on Slack's page; the page fills in the placeholders.

## The frame

practice-teams-workspace = Teams
practice-teams-channels = Team
practice-teams-directs = Chat
practice-teams-tab-talk = Chat
practice-teams-tab-team = Channel

## The guide

practice-teams-guide-about = A make-believe Teams in which the real Pitstop runs. Nobody else is here: you play everyone.
practice-teams-guide-1-about = As { $coach }, the coach, send “@Pitstop start” in { $channel }. A form arrives in the chat with Pitstop: fill it in.
practice-teams-guide-2-about = As { $manager }, press Join under the invitation. In the chat, choose who may read what you write.
practice-teams-guide-3-about = Jump to the next event: an experiment arrives in the chat. Answer it in your own words.
practice-teams-guide-4-about = As { $coach } again: send “log” to Pitstop to see what was shared. In a terminal: { $command }
practice-teams-guide-5-about = As { $manager }, “@Pitstop reading” in { $channel } says who reads along and who agreed to it. Here it is on from the start; where people work, an admin records it first.
practice-teams-guide-6-about = As { $coach }, who is an admin here too: send “council” to Pitstop and give { $council } the seat. { $council } can stop all reading with “reading”.

## Messages

practice-teams-undo = Undo
practice-teams-quote = Reply with this quoted
practice-teams-quote-remove = Don't quote it

## Writing

practice-teams-mention = Mention Pitstop
practice-teams-mention-about = in a channel, Pitstop only sees messages that mention it
practice-teams-is-without-app = Pitstop is not in this chat.
practice-teams-without-bot = Pitstop is not in this team

## Files

practice-teams-file-accept = Accept
practice-teams-file-decline = Decline
practice-teams-file-accepted = Saved in your files
practice-teams-file-declined = Declined

## The app

practice-teams-add-app = Add Pitstop
practice-teams-remove-app = Remove Pitstop from the chat
practice-teams-remove-app-question = Remove Pitstop?
practice-teams-remove-app-about = Pitstop can then no longer write to you. What it keeps isn't deleted.
practice-teams-add-to-team = Add Pitstop to the team
practice-teams-remove-from-team = Remove Pitstop from the team

## Trying what goes wrong

practice-teams-redeliver = Deliver the last thing again
practice-teams-redeliver-about = as Teams does when it got no answer
practice-teams-redeliver-fresh = The same under a new id
practice-teams-redeliver-fresh-about = Teams' second retry changes id and time

## What the page says by itself

practice-teams-error-msg-too-long = That is longer than Teams allows.
practice-teams-error-action-not-found = That button is no longer on the card.
practice-teams-error-app-not-installed = Pitstop is not in this chat. Add it first.
practice-teams-error-action-disabled = That button cannot be pressed now.
practice-teams-error-invalid-input = Something on the card is not filled in right.
practice-teams-error-already-answered = You answered that already.
practice-teams-error-file-not-found = That file is gone.
