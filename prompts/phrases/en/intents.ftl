### Words that seem to ask for something, and what comes of them.

asked-stop = Do you want me to stop? Until you answer, I send you nothing.
asked-stop-lapsed = You haven't said whether I should stop, so I still send you nothing. What you typed is a private note now.
asked-stop-done = I stopped. You hear nothing more from me until you press *Go on*.
asked-pause = Do you want a break? You choose the day on which I start again.
asked-later = Shall I ask again later? You choose when.
asked-not-now = Bad moment? You choose when I ask again.
asked-what-now = The last thing I sent you is “{ $about }”. You can answer it in your own words.
asked-help = You can answer my messages in your own words. Everything else you can ask for is in the list.
asked-thanks = You're welcome.
asked-who-reads = { $scope }. *Change* under a text changes that text; `settings` changes what you write from then on. Your team's channel sees only what you share yourself, and no AI reads this.
asked-held = Until you press a button, only you can read what you typed. At the end of your next working day it becomes a private note.
asked-not-kept = I kept nothing of what you typed.

request-stop = I go on as before.
request-pause = You asked for a break. Pick the day on which I start again.
request-pause-set = You asked for a break.
request-later = You asked me to come back later.
request-not-now = You asked me to come back later.
request-what-now = You asked what comes next.
request-help = You asked what I can do.

intent-stop-button = Yes, stop
intent-undo-button = Go on
intent-leave-button = Leave the journey
intent-keep-button = No, keep it as my answer
intent-pause-button = Take a break
intent-later-button = Ask me later
intent-next-button = What comes next
intent-help-button = Show the list

intent-unfile-button = This is no answer
asked-done = Is it done? Press once and it counts. None of this is posted.
asked-not-done = It didn't happen? Press once and I drop it. None of this is posted.
request-done = Saved as done.
request-not-done = It's off the list.
intent-done-button = Yes, done
intent-drop-button = Yes, let it go
asked-coach = Shall I tell your coach that you'd like to talk? I pass on your name, not what you typed.
request-coach = I'll tell your coach that you'd like to talk, as soon as their quiet hours allow. You'll see here who answers your request.
request-coach-taken = { $coach } will get in touch with you.
coach-none = Your team has no coach yet, so I can't pass this on.
intent-coach-button = Ask for a word with my coach
wanted = { $name } would like to talk to you. I don't know what about.
wanted-yours = You're taking this one, and { $name } sees your name. Send a message, or call.
wanted-taken = Another coach is taking this one.
wanted-gone = Somebody wanted to talk to you, and has taken that back.
wanted-take-button = I'll take this
asked-stop-over = You didn't say whether I should stop, so the messages after your journey don't come any more. What you typed is a private note now.
asked-what-now-paused = You're taking a break until { $day }. Until then I ask for nothing.
asked-what-now-still = Everything stands still until you let it go on. Until then I ask for nothing.
request-thanks = You're welcome.
request-who-reads = You asked who can read what you write.
intent-was = That was my answer
out-pause = Pause
out-stop = Stop
out-coach = A word with my coach
