# What is said differently in Teams: terms of its own, and phrases that replace those of phrases/en.

-coach = @Pitstop
-platform = Teams
-owner = the Teams administrator
-directs = chats

help-intro = In our own chat one word is enough; “me” shows your own page. In the channel of your team, begin with my name: @Pitstop.
log-not-coach = The log is for the coaches of a journey, and you aren't one. Type “me” to see what you wrote yourself.
press-again = I couldn't open that. Please press once more.
answer-note = What you write in a form stays out of the chat.
consent-operator = **Run by:** { $operator }. The Teams administrator may be able to export chats. So private words are best written in one of my forms.
export-done = Two files are waiting just above: everything I keep about you. Accept them within the hour; after that, ask for them again.
home-read-note = Only you see this. Close it, and it disappears from our chat.
start-invite-me = I'm not in this team yet. Add the app Pitstop to it, then send this again.
team-shared-below = What people shared is in the replies below.
told-in-chat = The rest, with its buttons, comes right below.
command-again = I couldn't open that. Please type it once more.
log-moved = The log is further down now.
admin-only = Only an admin can do this, and you aren't on the list of who is one. So nothing changed. Who runs Pitstop keeps that list.
agreement-forward = Pitstop runs here, and its coaches can't read anything yet. It first has to be recorded who agreed that they may: the works council, or the people themselves. Or why nobody needs to. Who runs Pitstop says who is an admin for this. As an admin you do it in a minute: type `{ -coach } reading` and press “Record who agreed”.
