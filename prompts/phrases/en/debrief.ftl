### Four questions, one at a time; and the replies.

debrief-count = Question { $number } of { $total }
debrief-write-button = Answer in a form
debrief-skip-button = Skip this one
debrief-next-button = Next
debrief-tomorrow-button = Go on tomorrow
debrief-stop-button = Stop here
debrief-later-said = We'll pick this up on your next working day.
debrief-left =
    { $times ->
        [0] We'll leave it there. What you wrote is kept, and nothing more is asked.
        [1] That's it for this one. Your words stay where they are.
        [2] No change this time. What you typed is kept.
        [3] Closed. Everything you wrote is on your page.
       *[other] This one ends here, with what you wrote kept.
    }
debrief-left-forgets = It ends here. Nothing more is asked.

form-answer-title = Your answer
form-answer-submit = Save
answer-label = Your words
answer-note = A form stays out of the chat: it isn't in any chat export.

card-noted = Noted with “{ $about }”. { $scope }.
card-noted-answer = Noted as answer { $number } of “{ $about }”. { $scope }.
card-noted-note =
    Kept as a note by itself, { $week ->
        [0] before week 1
       *[other] in week { $week }
    }. { $scope }.
card-short = { $about } · { $scope }
card-short-answer = { $about }, answer { $number } · { $scope }
card-short-note =
    A note by itself, { $week ->
        [0] before week 1
       *[other] in week { $week }
    } · { $scope }
card-held =
    I had asked you more than one thing. Where does this belong? Now only you can read it. { $scope ->
        [coach] Pick a place, and your coach can read it too.
       *[private] That stays so when you pick a place.
    }
held-debrief = { $about }, question { $number }
held-check = { $about }, four weeks later
held-coach = Answer to { $name }
reply-put-button = Here
reply-note-button = A note by itself
card-deleted = Deleted. I no longer have those words.
reply-change-button = Change
reply-move-button = It belongs elsewhere
reply-delete-button = Delete
reply-delete-confirm = Delete these words for good?
form-change-title = Your reply
form-change-submit = Save
belongs-label = Belongs to
belongs-option =
    Week { $week }: { $about }{ $kind ->
        [debrief] { " " }(questions afterwards)
        [check] { " " }(four weeks later)
       *[other] { "" }
    }

said-stranger = Hello! I'm a bot, and you aren't in a journey, so I kept nothing of this. In your team's channel, `{ -coach } join` gets you in.
said-files = I can't keep pictures or files, only words. Tell me in a line or two what's in it?
said-empty = That reached me without a single word. Try once more?
said-nothing-open = Nothing has come your way yet, so I have nowhere to put this and kept nothing.
said-forgotten = This stays with you: I didn't keep it. For now I keep nothing you type, so that home stays home.
said-command = That's one of my commands. Is that what you meant? If it was a reply, add a word or two and send it again.
command-run-button = Yes, do that

said-forgotten-done = This stays with you: I didn't keep it. The buttons above are all I need.
edited-forgotten = I didn't keep the new words, and what was there before is deleted here. For now I keep nothing you type, so that home stays home.
said-left = You left the journey, so I keep nothing of what you type. If it still runs in your team's channel, `{ -coach } join` there brings you back.
said-closed = Your journey ended more than 90 days ago, so I keep nothing of what you type now. A new one begins with `{ -coach } start` in your team's channel.
said-too-long-to-keep = I didn't keep this: for now I keep nothing you type. If it is about work, send it again in shorter pieces; each comes with a button to keep it.
unkept-keep-button = Keep this, it is about work
unkept-no-button = No
unkept-no = Not kept.
unkept-late = That was more than an hour ago, so I can't keep it any more. If it is about work, send it again.
unkept-gone = Those words were changed or deleted since, so I kept nothing. If it is about work, send it again.
unkept-unread = { -platform } doesn't let me read your message right now. Press again in a minute; nothing is kept until then.

said-forgotten-here = This stays with you: I didn't keep it. What's said at home stays at home.

said-left-edit = You left the journey, so I didn't keep the new words, and what was there before is deleted here.
said-closed-edit = Your journey is over, so I didn't keep the new words, and what was there before is deleted here.
