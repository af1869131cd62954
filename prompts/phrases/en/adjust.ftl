### Settings, pause, what comes next, and where somebody stands.

## Settings

settings-open-button = Settings
form-settings-title = Your settings
form-settings-submit = Save
settings-language = Which language do you prefer?
settings-zone = Your time zone
settings-zone-placeholder = Europe/Amsterdam
settings-first-day = First message of the week
settings-first-time = At what time?
settings-second-day = Second message
settings-second-time = At what time?
settings-workdays = Your working days
settings-no-workday = Pick at least one working day.
settings-country = Public holidays in
settings-no-country = No public holidays
settings-country-hint = I stay quiet on these days.
settings-quiet-from = Quiet from
settings-quiet-until = Quiet until
settings-adapts = May experiments adapt to you?
settings-adapts-on = Yes: short ones, or other ways first
settings-adapts-off = No: always as they are written
settings-adapts-hint = After two without an answer the next one is short. After two times Not for me, another way comes first. Only you see this.
settings-hour-quiet = That falls in your quiet hours. Change this time, or the quiet hours below.
settings-scope = Who may read what you write?
settings-scope-hint = For what you write from now on. What's already there stays as it is.
settings-no-journey = You aren't in a journey, so there are no days to set yet. To join one, type `{ -coach } join` in your team's channel.
settings-saved = Saved. Next up: { $next }.
settings-saved-only = Saved. Want to join a journey too? Type `{ -coach } join` in your team's channel.

## Pause

pause-open-button = Pause
form-pause-title = Take a break
form-pause-submit = Pause
pause-intro = Until that day I keep quiet; I only pass on what your coach writes to you. Everything still to come moves along, so you miss nothing. Don't know the day yet? Tick the box below.
pause-until = On which day shall I start again?
pause-until-hint = At most { $weeks } weeks from now. You can always come back earlier.
pause-unknown-label = No day yet?
pause-unknown = I don't know yet: wait until I come back
pause-open = Paused until you come back. Press the button or type `{ -coach } resume`, and it goes on where you were. After { $weeks } weeks without you your journey ends by itself.
pause-past = Pick tomorrow or later. Nothing is paused yet.
pause-far = { $weeks } weeks is the longest. Need more? Leave with { -coach } leave; you can join again whenever you like.
pause-done = Paused. I start again on **{ $day }**. Enjoy the quiet.
pause-moved = Changed. Your pause now lasts until **{ $day }**; I start again that day.
pause-completed = Your weeks are over. All that's left is a short message now and then, so there is nothing to pause. `{ -coach } leave` stops that too.
resume-now-button = Resume now
resume-done = Good to have you back. Next up: **{ $next }**.
resume-not-paused = You aren't paused. Next up: **{ $next }**.

## Next

next-open-button = What's next?
next-now-button = Send it now
next-moment = { $day } at { $time } your time
next-nothing = nothing planned
next-none = Nothing is planned for you right now.
next-told = Next up: **{ $next }**.
next-step = The next step comes **{ $next }**.
next-still = nothing, until you resume
next-paused = You're paused until **{ $day }**. After that: { $next }.
next-coming = On its way. Look in our direct conversation.
next-one-a-day = One step a day is the most: each needs a real day in between. The next one comes { $next }.

## Status

status-title = Where you stand
status-progress = Now
status-week =
    { $week ->
        [0] Week 1 of { $weeks } is about to begin
       *[other] Week { $week } of { $weeks }
    }
status-completed = All weeks done
status-next = Next up
status-still = Since **{ $day }** your journey stands still. It goes on where you were when you press **Resume now** or type `{ -coach } resume`, and not before.
status-scope = What you write
adapts-label = Experiments
adapts-on = shorter after two without an answer, another way first after two times Not for me; you can switch this off under Settings
adapts-off = always as they are written; Settings can change that
status-pause = Paused
status-paused-until = until { $day }
status-coach = You coach
status-coach-log = `{ -coach } log` shows what people chose to share with you.
status-runs-here = **{ $journey }** runs in this channel, and you aren't in it. Joining is up to you: nobody is told who hasn't joined.
status-nothing-here = You aren't in a journey. Type `{ -coach } join` in a channel where one runs, or `{ -coach } start` to begin one.
earlier-one-a-day = One step a day is plenty. You already had one today; press again tomorrow.

## Silence, and being back

silence-title = I'll be quiet
silence-line = I'll be quiet now, until I hear from you. Press the button or type anything, and your journey goes on. Nobody is told.
status-silent = I have been quiet since **{ $day }**, as I hadn't heard from you or couldn't reach you. Press **Resume now**, or type anything in our chat, and your journey goes on. Nobody is told.
back-title = Welcome back
back = Welcome back. Your journey goes on where you were. Next up: **{ $next }**.
back-nothing = Welcome back. Your journey goes on; nothing is planned for you right now.
back-closing = Welcome back. The weeks of your journey are over. Next comes its closing: what you did in them.
back-paused = Welcome back. Your journey is paused, as you asked.
