### The page of the practice workspace. Placeholders are filled in by the page.

## The frame

practice-page-skip = Skip to the conversation
practice-page-sides = Slack or Teams
practice-page-workspace = Workspace
practice-page-panes = Parts of the page
practice-page-looking-as = You are looking as
practice-page-channels = Channels
practice-page-directs = Direct messages
practice-page-app = App
practice-page-home = Home
practice-page-home-title = Pitstop Home
practice-page-home-empty = Nothing here yet. Pitstop fills this page itself.
practice-page-tab-list = People
practice-page-tab-talk = Chat
practice-page-tab-time = Time
practice-page-language = Language of this page
practice-page-language-en = English
practice-page-language-nl = Nederlands
practice-page-theme-dark = Switch to dark
practice-page-theme-light = Switch to light
practice-page-unread-one = { $count } unread message
practice-page-unread-other = { $count } unread messages

## Time

practice-page-clock = Practice clock
practice-page-travel = Travel in time
practice-page-next-event = Next event
practice-page-no-event = nothing planned
practice-page-next-day = Next day
practice-page-next-monday = Next Monday
practice-page-travel-to = Travel to…
practice-page-travel-to-about = Everything due on the way happens in order. Time only moves forward.
practice-page-travel-go = Go
practice-page-travelling = On the way: { $goal }
practice-page-travelling-on = a later moment
practice-page-arrived = You have arrived.
practice-page-reset = Reset
practice-page-reset-question = Start over?
practice-page-reset-about = Everything said and planned in this practice workspace is thrown away, and the clock goes back to now.
practice-page-reset-done = A fresh workspace.
practice-page-today = Today
practice-page-yesterday = Yesterday
practice-page-zone = Time zone
practice-page-zone-unset = no zone set
practice-page-zone-change = Change time zone

## The guide

practice-page-guide = How to try it
practice-page-guide-title = Twelve weeks in five minutes
practice-page-guide-about = A make-believe workspace in which the real Pitstop runs. Nobody else is here: you play everyone.
practice-page-guide-close = Close the guide
practice-page-guide-done = (done)
practice-page-guide-1 = Start a journey
practice-page-guide-1-about = As { $coach }, the coach, send “/coach start” in #{ $channel }.
practice-page-guide-1-go = Be { $coach }
practice-page-guide-2 = Join in
practice-page-guide-2-about = As { $manager }, press Join under the invitation and choose who may read what you write.
practice-page-guide-2-go = Be { $manager }
practice-page-guide-3 = Travel
practice-page-guide-3-about = Jump to the next event: an experiment arrives in the direct messages. Answer it in your own words.
practice-page-guide-3-go = Next event
practice-page-guide-4 = Read the log
practice-page-guide-4-about = As { $coach } again: “/coach log” shows what was shared. In a terminal: { $command }
practice-page-guide-4-go = Be { $coach }
practice-page-guide-5 = See who may read
practice-page-guide-5-about = As { $manager }, “/coach reading” says who reads along and who agreed to it. Here it is on from the start; where people work, an admin records it first.
practice-page-guide-5-go = Be { $manager }
practice-page-guide-6 = Bring in the works council
practice-page-guide-6-about = As { $coach }, who is an admin here too: “/coach council” gives { $council } the seat. { $council } can stop all reading with “/coach reading”.
practice-page-guide-6-go = Be { $coach }
practice-page-guide-7 = Read it at the desk
practice-page-guide-7-about = The same log in the browser, and everything about each person. Pick { $coach }, read, answer; then pick { $manager } and see that it was read.
practice-page-guide-7-go = Open the desk

## Conversations

practice-page-messages-in = Messages in { $name }; the arrow keys go from one to the next
practice-page-empty = Nothing said in { $name } yet.
practice-page-new = New
practice-page-new-messages = New messages
practice-page-came-in-one = { $count } new message
practice-page-came-in-other = { $count } new messages
practice-page-private = private
practice-page-private-channel = private-channel
practice-page-archived = archived
practice-page-without-bot = Pitstop is not in here
practice-page-channel-menu = Channel menu
practice-page-invite-bot = Invite Pitstop
practice-page-remove-bot = Remove Pitstop
practice-page-archive = Archive the channel
practice-page-unarchive = Bring the channel back
practice-page-archive-question = Archive this channel?
practice-page-archive-about = Nobody can write in an archived channel, Pitstop included.
practice-page-thread = Thread
practice-page-thread-close = Close the thread
practice-page-replies-one = { $count } reply
practice-page-replies-other = { $count } replies
practice-page-last-reply = last { $when }

## Messages

practice-page-somebody = Somebody
practice-page-app-tag = app
practice-page-only-you = Only visible to you
practice-page-edited = (edited)
practice-page-was-deleted = This message was deleted.
practice-page-message-menu = Message menu
practice-page-reply-in-thread = Reply in thread
practice-page-edit = Edit
practice-page-delete = Delete
practice-page-delete-question = Delete this message?
practice-page-picture = picture
practice-page-unsupported = This page cannot show “{ $type }”.

## Writing

practice-page-write-to = Message { $name }
practice-page-write-reply = Reply
practice-page-send = Send
practice-page-attach = Attach a practice file
practice-page-files-one = { $count } practice file
practice-page-files-other = { $count } practice files
practice-page-files-remove = Remove the files
practice-page-is-archived = This channel is archived.
practice-page-is-deactivated = This account is deactivated.
practice-page-is-stranger = You are not in this channel.
practice-page-verbs = What you can ask Pitstop
practice-page-coach-about = talk to Pitstop
practice-page-verb-start = start
practice-page-verb-start-about = set up a journey in this channel
practice-page-verb-join = join
practice-page-verb-join-about = take part, for yourself
practice-page-verb-leave = leave
practice-page-verb-leave-about = stop taking part
practice-page-verb-pause = pause
practice-page-verb-pause-about = nothing until a date you pick
practice-page-verb-resume = resume
practice-page-verb-resume-about = carry on
practice-page-verb-next = next
practice-page-verb-next-about = have the next message now
practice-page-verb-later = later
practice-page-verb-later-about = put the open experiment off
practice-page-verb-settings = settings
practice-page-verb-settings-about = hour, days, language, zone
practice-page-verb-log = log
practice-page-verb-log-about = read what was shared
practice-page-verb-reading = reading
practice-page-verb-reading-about = see who may read
practice-page-verb-council = council
practice-page-verb-council-about = give the works council its seat
practice-page-verb-export = export
practice-page-verb-export-about = download your data
practice-page-verb-forget = forget
practice-page-verb-forget-about = delete your data
practice-page-verb-status = status
practice-page-verb-status-about = where you are
practice-page-verb-help = help
practice-page-verb-help-about = everything you can ask

## Fields

practice-page-choose = Choose…
practice-page-search = Search
practice-page-optional = (optional)
practice-page-more-options = More options
practice-page-none-chosen = Nothing chosen yet
practice-page-chosen-one = { $count } chosen
practice-page-chosen-other = { $count } chosen
practice-page-pick-date = Pick a date
practice-page-pick-time = Pick a time
practice-page-pick-moment = Pick a date and time
practice-page-required = Please fill this in.
practice-page-not-valid = That does not look right.
practice-page-number-between = Give a number from { $least } to { $most }.
practice-page-too-short-one = At least { $count } character, please.
practice-page-too-short-other = At least { $count } characters, please.
practice-page-errors-one = { $count } field needs attention.
practice-page-errors-other = { $count } fields need attention.

## Questions

practice-page-sure = Are you sure?
practice-page-yes = Yes
practice-page-cancel = Cancel
practice-page-close = Close
practice-page-save = Save

## Trying what goes wrong

practice-page-person-menu = Person menu
practice-page-deactivated = deactivated
practice-page-deactivate = Deactivate the account
practice-page-deactivate-question = Deactivate { $name }?
practice-page-deactivate-about = As when somebody leaves the company. You can bring the account back.
practice-page-reactivate = Bring the account back
practice-page-workspace-menu = Try what goes wrong
practice-page-redeliver = Deliver the last event again
practice-page-redeliver-about = as Slack does when it got no answer
practice-page-install = Install Pitstop again
practice-page-install-about = after it was uninstalled or revoked
practice-page-revoke = Take the token back
practice-page-revoke-about = Pitstop can no longer speak
practice-page-uninstall = Uninstall Pitstop
practice-page-uninstall-short = from the whole workspace
practice-page-uninstall-question = Uninstall Pitstop?
practice-page-uninstall-about = Pitstop then sends nothing more. What it keeps isn't deleted.

## What the page says by itself

practice-page-lost = The connection to the practice workspace is gone. It comes back by itself.
practice-page-problems-one = { $count } problem in the words
practice-page-problems-other = { $count } problems in the words
practice-page-error-other = That did not work ({ $code }).
practice-page-error-unreachable = The practice workspace cannot be reached. Is it still running?
practice-page-error-not-acknowledged = Pitstop did not answer. Nothing you typed is lost.
practice-page-error-dispatch-failed = Pitstop answered with an error. Try once more.
practice-page-error-operation-timeout = Pitstop took too long. Try once more.
practice-page-error-account-inactive = This account is deactivated.
practice-page-error-is-archived = This channel is archived.
practice-page-error-not-in-channel = You are not in this channel.
practice-page-error-no-text = There is nothing to send.
practice-page-error-msg-too-long = That is longer than Slack allows.
practice-page-error-message-not-found = That message is gone.
practice-page-error-view-not-found = That window was closed already.
practice-page-error-thread-not-found = That thread is gone.
practice-page-error-invalid-tz = No such time zone.
practice-page-error-invalid-time = That is not a moment to travel to.
practice-page-error-travelling = Already on the way.
practice-page-error-nothing-delivered = There was no event yet.
practice-page-error-unknown-command = Only /coach works here.
practice-page-error-command-in-thread = Slack takes commands in the conversation, not in a thread.
