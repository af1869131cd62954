### Said in many places.

scope-private = Only you can read this
scope-coach = You and your coach can read this
scope-private-about = Nobody else, not even your coach.
scope-coach-about = Your coach sees it in the log and can answer.
scope-label = Who may read this?

language-en = English
language-nl = Nederlands

form-cancel = Cancel
form-close = Close
keep-it-button = No, keep it

message-fallback = Pitstop has something for you
footer-keeps = Week { $week } · You can also just type, until the end of { $day }. { $scope }. You can change that.
footer-over = Week { $week } · There is a newer question now. To answer this one, use its buttons or reply to this message.
footer-forgets = Week { $week } · For now I keep nothing you type. It's yours.

press-stale = This button no longer works. The message shows where things stand.
form-stale = Something changed since you opened this form, so nothing was saved. Close it: the message shows where things stand.
form-sent = You already answered this, so nothing changed. Edit it with “Change” under your note.
press-foreign = This button is for somebody else.
press-again = That took too long for { -platform }. Please press once more.
command-again = That took too long for { -platform }. Please type it once more.
form-refused = { -platform } did not take this form, and trying again will not help. Tell the person who runs Pitstop for you: the log says why. Nothing you saved is lost.
press-crowded = Many people are opening forms right now, so { -platform } could not open yours. Press again in a minute.
command-crowded = Many people are opening forms right now, so { -platform } could not open yours. Type it again in a minute.
told-in-chat = The rest, with its buttons, is waiting in our direct conversation.
press-left = You left the journey, so I kept nothing. To come back, type `{ -coach } join` in your team's channel.
not-in = You aren't taking part in a journey here. To join one, type `{ -coach } join` in your team's channel.
sorry = Something went wrong on my side. What you saved before is safe. Please try once more; if it fails again, tell the person who runs Pitstop for you.
form-older = You opened this form again later, so this one changed nothing. Use the newer form, or open this one again.
form-busy = I'm still saving this, and it takes longer than usual. Send it in again in a moment; it counts only once.

words-missing = Write a word or two.
field-missing = Please fill this in.
scope-missing = Choose who may read it.
language-missing = Choose a language.
day-missing = Pick a day.
time-missing = Pick a time.
zone-missing = Write a city or a zone, like Utrecht or Europe/Amsterdam.
field-too-long = Make it shorter: { $most } characters at most.
day-past = That day has passed. Pick today or later.
day-far = That's more than 60 days away. Pick a day a bit closer.
hour-quiet = That falls in the quiet hours. Pick a time between 8:00 and 18:00.
second-not-after-first = Pick a second day later in the week than the first.
zone-hint = A city or a time zone, for example Utrecht or America/New_York
zone-unknown = I don't know that zone. Write a city or a zone, like Utrecht or Europe/Amsterdam.
zone-near = I don't know that zone. Did you mean { $among }?
zone-short = "{ $typed }" doesn't tell me when your clock changes to summer time. Write the nearest large city, like Utrecht.
zone-fixed = "{ $typed }" has no summer time, so my messages would come an hour off for half the year. Write the nearest large city, like Utrecht.
zone-several = There is more than one "{ $typed }". Add the country, or write one of these zones: { $among }.
out-of-reach = I can't message you yet. Add Pitstop under Apps, then ask me again.
press-out-of-reach = I can't message you yet. Add Pitstop under Apps, then press again.
unreached = I couldn't open our own chat just now. Ask me again in a few minutes; if it still fails, tell the person who runs Pitstop for you.
press-unreached = I couldn't open our own chat just now. Press again in a few minutes; if it still fails, tell the person who runs Pitstop for you.
team-introduction = Hello, I'm Pitstop, a service coach for IT managers: one small experiment a week, a place to write down what happened, and a review each week. I message nobody here by myself. To begin a journey, type `{ -coach } start` in a channel; everyone then decides for themselves whether to join.
invitation-refused = I couldn't post your invitation in **{ $channel }**: { -platform } doesn't let me write there. Add Pitstop to that team or channel; I'll keep trying for a week.
invitation-failed = I couldn't post your invitation in **{ $channel }**, so nobody was invited. The person who runs Pitstop for you can see why.
teams-noted = Got it.
teams-noted-outside = Got it. The rest is in our own chat.
teams-noted-slowly = I'm on it; the rest comes in our own chat. Nothing there in a minute? Press again.
teams-form-before = You already sent this in, so nothing changed. To change it, open the form again.
teams-nameless = the team chat
teams-file-gone = That file is no longer here. Ask for it once more.
teams-file-failed = I couldn't save the file there. Press once more, or ask for it again.

scope-one = You and { $coach } can read this, nobody else
channel-goes = This goes into the team's post of { $day }, with your name.
channel-stands = It is in the team's post in the channel, with your name.
channel-kept-out = Not in the channel.
channel-left-out = A coach left this out of the team's post. It isn't in the channel.
channel-no-post = The team gets no more posts, so this cannot be shared in the channel.
words-share-button = Share with the team
words-unshare-button = Take it out of the channel
words-keep_out-button = Don't share
share-label = The channel
share-option = Share with the team: everyone in the channel can read it, with my name
share-changed = These words have been changed. Read them as they are now, then press again.
share-private = Only you can read this. To share it, open it with Change and tick the box.
press-left-words = You left the journey. You can still read or delete what you wrote, but you can't change it.

footer-forgets-here = Week { $week } · What you type about this one is not kept. It's yours.

about-week =
    { $week ->
        [0] Before week 1
       *[other] Week { $week }
    }

scope-private-shared = Only you can read this and, once it is posted, the channel
share-left = These words are from before you left, so they can't be shared any more.
share-answer = This is between you and your coach, so it can't be shared here.
form-changed = These words have changed since you opened this form. Close it and open it again.
press-moved-words = You wrote this in another team, before you moved. You can still read or delete it, not change it.
share-moved = These words are from another team, so they can't be shared here.
