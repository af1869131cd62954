### The if-then plan, its day, and the transfer.

form-plan-title = Your plan
form-plan-submit = That's my plan
plan-if-label = If …
plan-if-missing = When will you do it?
plan-then-label = … then I
plan-then-missing = What will you do?
plan-day-label = On which day?
plan-scope = { $scope }.
plan-forgets = I only keep the day. Nothing about who or what.
plan-day-only = On { $day }. I'll ask that day whether you did it, and nothing else.
plan-read-button = Show me

promise-plan-label = Your plan for { $day }
promise-plan-text =
    If { $first }
    then I { $second }
promise-plan-private = Your plan for { $day }. Only you can read it, so I won't repeat it here.
promise-transfer-label = One change, one owner, from { $day }
promise-transfer-text =
    { $first }
    Owner: { $second }
promise-transfer-private = Your change, from { $day }. Only you can read it, so I won't repeat it here.

day-done-button = Done
day-move-button = Another day
day-drop-button = Drop it
day-done-said = Done.
day-later-said = Moved to { $day }.
day-skipped-said = Dropped. Sometimes real life wins.
form-move-title = Another day
form-move-submit = Move it

form-transfer-title = One change
form-transfer-submit = That's it
transfer-make-button = Choose one change
transfer-skip-button = Not this time
transfer-change-label = The one change
transfer-change-missing = What will change?
transfer-owner-label = Who makes sure of it?
transfer-owner-missing = Who will make sure of it? Write a name, or “me”.
transfer-day-label = From which day?

change-done-button = It has begun
change-move-button = Another day
change-drop-button = Drop it

plan-late-title = About your plan
transfer-late-title = About your one change
day-late-body =
    { $times ->
        [0] It was planned for { $day }. Did it happen, does it move to another day, or is it off? Off is allowed.
        [1] The day for this was { $day }. How does it stand now?
        [2] You meant to do this on { $day }. Has it been done in the meantime?
        [3] { $day } went by before I could ask. Is it done?
       *[other] This one had { $day } as its date. What became of it?
    }
transfer-day-done-said =
    { $times ->
        [0] Done. In about four weeks I'll ask whether a customer noticed.
        [1] It has begun. Whether customers notice is for later.
        [2] Started. I'll come back to it once it has had some weeks.
        [3] Under way. What a customer makes of it, I ask later on.
       *[other] Done. Now give it time; I will ask about it once more.
    }
transfer-day-title = The day of the change
transfer-day-1 = This was going to start today:
transfer-day-1-asks = Has it started?
transfer-day-2 = This was to begin today:
transfer-day-2-asks = Did it?
transfer-day-3 = You wrote down for today:
transfer-day-3-asks = Is it under way?
transfer-day-4 = Today is day one of this:
transfer-day-4-asks = Has it begun?
transfer-day-5 = You wanted to start this today:
transfer-day-5-asks = Did that work out?

promise-readers = { $scope }.
promise-deleted = Deleted. I no longer have those words.
plan-change-button = Change the words
plan-delete-button = Delete
plan-delete-confirm = Delete these words for good? Anything still planned with them is dropped too.

promise-plan-shared = Your plan for { $day }. You shared it in the channel; I won't repeat it here.
promise-transfer-shared = Your change, from { $day }. You shared it in the channel; I won't repeat it here.
transfer-asks =
    { $times ->
        [0] I'll ask about it on { $day }, and about four weeks later whether a customer noticed.
        [1] You'll hear from me on { $day }, and once more when it has run for a month.
        [2] On { $day } I'll ask whether it started; a month on, whether anyone noticed.
        [3] Next from me: { $day }, and a month after that, about your customers.
       *[other] My question comes on { $day }. A month later I ask what customers say.
    }
transfer-asked = About four weeks after its day I'll ask whether a customer noticed.
