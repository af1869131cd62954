### The experiment and what can be done with it.

nudge-plan-button = I'll do it
nudge-plan_change-button = Change the plan
nudge-done-button = Done already
nudge-later-button = Later
nudge-no-button = Not for me
nudge-kit-button = How to
nudge-another-button = Show me another
nudge-skip-button = Skip this one

nudge-done-said = Done. If you like, type a line or two about what happened, until the end of { $day }.
nudge-done-forgets = Done. That's all I need to know; the rest is between the two of you.
nudge-later-said = Put off. It comes back on { $day }.
nudge-left =
    { $times ->
        [0] We'll skip that one. The next will be different.
        [1] Skipped. You'll get another one in the next theme.
        [2] That one is off. Nothing more is asked about it.
        [3] Left out. On to the next.
       *[other] Not this one, then. I won't bring it up again.
    }
nudge-manner-short =
    { $times ->
        [0] Short this time, because the last two experiments got no answer. Busy weeks? A pause is fine.
        [1] Because two in a row got no answer, this is the short version. You can pause, too.
       *[other] The short version, because the two before it got no answer. Pausing is always possible.
    }
nudge-manner-others =
    { $times ->
        [0] Because you chose _Not for me_ twice in a row, another way to do it comes first.
        [1] The last two weren't for you, so this one starts with another way to do it.
       *[other] Another way comes first, because the two before this weren't for you.
    }
nudge-usual-button = Send it as usual
nudge-usual-said = Done. It is back as it was written, and so are the next ones. Settings can change that.

form-kit-title = How to

later-when = When shall I come back with it?
later-when-missing = Choose when it comes back.
later-tomorrow = Next working day
later-next_week = Same day next week
later-pick = On a day I pick
later-day = Which day?
later-day-hint = Only needed when you pick a day yourself
later-day-missing = Pick the day when it should come back.
later-nothing = Nothing is waiting for an answer, so there's nothing to put off.
later-debrief = You still have questions open. Continue tomorrow?
form-later-title = Later
form-later-submit = Put it off

follow-done-button = Done
follow-plan-button = I'll pick a day
follow-no-button = Not for me

check-yes-button = Yes, somebody did
check-no-button = Not yet
check-noticed-said =
    { $times ->
        [0] Somebody noticed. Who, and what did they say? You can type it here until the end of { $day }.
        [1] It was noticed. What was said? Type it here, until the end of { $day }.
        [2] A customer saw it. How did you find out? There is room for it here until the end of { $day }.
        [3] Noticed, then. Which words did you hear? You have until the end of { $day } to type them.
       *[other] So it showed. To whom? Until the end of { $day } I keep what you type here.
    }
check-noticed-over =
    { $times ->
        [0] Somebody noticed.
        [1] It was noticed.
        [2] A customer saw it.
        [3] Noticed, then.
       *[other] So it showed.
    }
check-unnoticed-said =
    { $times ->
        [0] Not yet. Ask one customer, or make it smaller: what can start tomorrow?
        [1] Not noticed yet. Which part of it could a customer hear in the very next call?
        [2] Nobody so far. Tell one customer what you changed, and see what they say.
        [3] Not yet, noted. A smaller version may show sooner.
       *[other] No sign yet. One question to one customer will tell you more.
    }

keep-write-button = Choose it
keep-skip-button = Rather not
keep-label = The habit I keep
keep-done-said = Chosen. Once the weeks are over, I'll come back to it.
keep-skipped-said = That's fine. I won't ask again.
form-keep-title = A habit to keep
form-keep-submit = Keep it

booster-kept-label = You wanted to keep this
booster-kept-private = You chose a habit to keep. Only you can read it, so I won't repeat it here.
booster-done-button = Done
booster-skip-button = Not this time
booster-done-said = Good. That's how a habit survives a busy month.
booster-skipped-said = Not this time. That's fine.

welcome-ok-button = That's right
welcome-said = Good. See you then.
rhythm-first = First message of the week
rhythm-second = Second message
rhythm-zone = Your time zone
rhythm-scope = What you write

nudge-done-short = Done.
nudge-done-when =
    { $times ->
        [0] Done. On { $day } I will ask you four short questions about it. Is something still fresh? Just type it.
        [1] Done. My four questions come on { $day }. If something is on your mind already, type it.
        [2] Noted as done. Expect four questions on { $day }; what you type before then is kept with it.
        [3] Done, then. I'll be back with four questions on { $day }. Writing something down now is fine as well.
       *[other] That's done. On { $day } four questions follow. You can already type what struck you.
    }
nudge-done-when-short =
    { $times ->
        [0] Done. On { $day } I will ask you four short questions about it.
        [1] Done. My four questions come on { $day }.
        [2] Noted as done. Expect four questions on { $day }.
        [3] Done, then. I'll be back with four questions on { $day }.
       *[other] That's done. On { $day } four questions follow.
    }
nudge-done-when-forgets = Done. On { $day } I will ask four short questions, for you alone: nothing you type is kept.
undone-smaller-button = A smaller one
undone-another-button = Another one
undone-done-button = Done already
undone-drop-button = Let it go
nudge-later-again =
    { $times ->
        [2] Put off once more, to { $day }.
        [3] Fine: { $day }. If it isn't your thing, *Not for me* is an answer too.
        [4] Then on { $day }, and not before.
        [5] I'll bring it back on { $day }.
        [6] Not now, then: { $day }.
        [7] Moved. Next time: { $day }.
       *[other] Until { $day }.
    }
nudge-back =
    { $times ->
        [1] You put this off to today. Here it is in other words; the first way counts as well.
        [2] This is the day you picked. One more way in, shorter or longer, as you like.
        [3] Back on your day. Perhaps this way suits you better.
        [4] Your day, and a different way.
        [5] As agreed, on the day you chose.
        [6] Here it is, on your date.
        [7] The day you asked for has come.
        [8] On the day you picked.
        [9] You asked me to come back now, so here it is.
       *[other] Here is the one you kept for today.
    }

keep-from = From your own journey
keep-own-label = Or in your own words
smaller-make-button = Make it smaller
form-smaller-title = A smaller step
smaller-label = What could you start tomorrow?
closing-tried = **What you tried**
closing-changed = **What you changed**
closing-to-change = **What you still want to change**
closing-noticed = **What a customer noticed**
closing-kept = **The habit you keep**
closing-private = { $count ->
    [one] 1 private note. It is on your own page.
   *[other] { $count } private notes. They are on your own page.
  }
