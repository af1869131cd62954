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
        [0] We'll stop here. Nothing more is asked about this one.
        [1] That's it for this one.
        [2] No change this time. On to the next.
        [3] Closed. I won't come back to it.
       *[other] This one ends here.
    }

form-answer-title = Your answer
form-answer-submit = Save
answer-label = Your words
answer-note = What you write in a form stays out of the chat, and out of any chat export.

card-noted = Saved with “{ $about }”. { $scope }.
card-noted-answer = Saved as answer { $number } of “{ $about }”. { $scope }.
card-noted-note =
    Saved as a separate note, { $week ->
        [0] before week 1
       *[other] in week { $week }
    }. { $scope }.
card-short = { $about } · { $scope }
card-short-answer = { $about }, answer { $number } · { $scope }
card-short-note =
    A separate note, { $week ->
        [0] before week 1
       *[other] in week { $week }
    } · { $scope }
card-held =
    More than one of my questions is open. Which one is this for? For now only you can read it. { $scope ->
        [coach] Once you pick, your coach can read it too.
       *[private] That stays so when you pick.
    }
held-debrief = { $about }, question { $number }
held-check = { $about }, four weeks later
held-coach = Answer to { $name }
reply-put-button = Here
reply-note-button = A separate note
card-deleted = Deleted. I no longer have those words.
reply-change-button = Change
reply-move-button = Move it elsewhere
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

said-stranger = Hello! I'm a bot, and you aren't in a journey, so I didn't keep this. To join one, type `{ -coach } join` in your team's channel.
said-files = I can't keep pictures or files, only words. Tell me in a line or two what's in it?
said-empty = That message had no words in it. Try once more?
said-nothing-open = I haven't sent you anything yet that this could answer, so I didn't keep it. You can write once my first message is here.
said-forgotten = This stays with you: I didn't keep it. These are the weeks about home, and in them I keep nothing you type.
said-command = That's one of my commands. Is that what you meant? If it was a reply, add a word or two and send it again.
command-run-button = Yes, do that

said-forgotten-done = This stays with you: I didn't keep it. The buttons above are all I need.
edited-forgotten = I didn't keep the new words, and what was there before is deleted here. These are the weeks about home, and in them I keep nothing you type.
said-left = You left the journey, so I don't keep what you type. If it still runs in your team's channel, type `{ -coach } join` there to come back.
said-closed = Your journey ended so long ago that I no longer keep what you type. To begin a new one, type `{ -coach } start` in your team's channel.
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
