### The coach's log.

log-open-button = Log of { $channel }
log-not-coach = The log is for the coaches of a journey, and you aren't one. What you wrote yourself is on my Home tab.
log-shut = The log is closed for now: an admin hasn't recorded yet who agreed that coaches may read. `{ -coach } reading` says how that goes.
log-stopped = The log is closed: the works council stopped all reading. It stays closed until an admin records a new agreement; `{ -coach } reading` shows how it stands.
log-invited = You've been asked to coach and haven't said yes. The question is in our direct conversation; after your yes I show you what people share.
log-which = You coach more than one team. Whose log?
log-cohort = Team
log-title = Log of { $channel }
log-note = Only what people chose to share with you. They can see that you read it.
log-empty = Nobody has shared anything yet. Quiet isn't a bad sign: much of this happens away from the keyboard.
log-moved = You opened the log again, so I closed this one. Use the newer one.
log-outdated = Someone changed or withdrew a note, so I closed this log. Open it again below.
log-none-such = Nothing matches what you picked. Try everyone, all experiments or every week.
log-no-more = That was everything.
log-person-menu = Person
log-person-all = Everyone
log-item-menu = Experiment
log-item-all = All of them
log-week-all = Every week
log-week-menu = Week
log-line = { $day } · **{ $name }** · { $about } · { $kind }
log-new = **New** since you last looked, on { $day }.
log-seen = You have seen the rest before.
log-asked-check = Did a customer notice?
log-asked-keep = Which habit stays?
log-kind-typed = reply
log-kind-debrief = afterwards, question { $question }
log-kind-check = four weeks later
log-kind-keep = the habit to keep
log-kind-note = note
log-kind-coach = answer from a coach
log-kind-plan = plan
log-kind-transfer = one change
log-show-button = Show
log-newer-button = Newer
log-older-button = Older
log-read-button = Read it all
form-line-title = The whole text
log-answer-button = Answer
form-log-title = Your answer
form-log-submit = Send
log-answer-label = What do you want to say?
log-answer-note = It goes to { $name } with your name, under the message it is about. The coaches of this team can read it too.
log-answer-empty = Write at least a word.
log-answered = Your answer is on its way to { $name }.
log-gone = That can't be answered or read any more: it was taken back, is no longer shared, or the person has left.
form-closed-title = Closed
form-closed = These words were changed, or are no longer shared with you, so I closed this.
form-own-closed = You took these words back, so I closed this.
form-closed-typed = Your answer, not sent

log-kind-answer = answer to you
log-your-word = You wrote

## A coach's week

coach-ask-digest = Once a week I tell you what is new: how much people shared with you, whose plans and changes are due, and what goes into the team's post. In a week with nothing to tell I send nothing. Which day and time suit you?
coach-ask-language = Language
digest-day = On which day?
digest-hour = At what time?
digest-zone = In { $zone } time. You can change all of this later.
digest-when = Your weekly overview comes on { $day } at { $hour }, { $zone } time.
digest-off = Your weekly overview is switched off.
digest-open-button = Day and time
form-digest-title = Your weekly overview
digest-often = How often?
digest-weekly = Once a week, when there is something to tell
digest-never = Never
digest-hour-quiet = That falls in your quiet hours, from { $begin } to { $end }. Pick another time.
digest-saved = Saved.
digest-saved-next = Saved. The next overview comes on **{ $day }** at { $hour }, if there is something to tell.

coach-digest-title = Your week as a coach
coach-digest-note = I count and show only what people share with you. They can see that I told you.
coach-digest-gone = This was taken back, or you no longer coach this team.
digest-ended = **The journey in { $channel } has ended.** Its weekly post has stopped. The log stays open to you until people's words go, at most 90 days after their own journey. `{ -coach } start` in the channel begins a new one.
digest-new = **New, shared with you**
digest-texts = { $count ->
    [one] 1 new text
   *[other] { $count } new texts
  }
digest-answers = { $count ->
    [one] 1 answer to you
   *[other] { $count } answers to you
  }
digest-due = **Plans and changes for the coming days**
digest-promise = { $name }, { $day }
digest-due-more = { $count ->
    [one] And 1 more, in the log.
   *[other] And { $count } more, in the log.
  }
digest-post = { $count ->
    [0] **The team's post** is planned for { $day }.
    [one] **The team's post** is planned for { $day }. 1 text goes into it so far.
   *[other] **The team's post** is planned for { $day }. { $count } texts go into it so far.
  }
digest-theme = A new experiment starts with it: { $theme }.
