### The desk: a coach's and a member's web pages, and the link that opens them.

## The link, in chat

desk-link = Here is your link to the desk.
desk-link-note = It works once, for ten minutes, and lets people in as you. Don't pass it on.
desk-open-button = Open the desk
desk-link-nowhere = There is no desk yet. The people who run me have to set `PITSTOP_PUBLIC_URL`, the address at which a browser reaches me. Here in chat you have everything in the meantime.
desk-link-stranger = I don't know you yet, so there is nothing to show. Join a journey first: `{ -coach } join` in your team's channel.
desk-link-many = You have several links that still work. Use one of those, or try again in ten minutes.

## Coming in and going

desk-name = Pitstop
desk-entrance-title = Come in
desk-entrance-about = This link works once. After that you stay signed in on this device for eight hours at most, or until you leave it alone for half an hour.
desk-entrance-button = Come in
desk-outside-title = You are not signed in
desk-outside-about = Ask Pitstop for a link in chat, with the word `desk`. You are signed out after half an hour without a click, and after eight hours in any case.
desk-used-title = This link doesn't work any more
desk-used-about = A link works once, and for ten minutes. Ask Pitstop for a new one in chat, with the word `desk`.
desk-out-title = You are signed out
desk-out-about = To come back, ask Pitstop for a link in chat, with the word `desk`.
desk-everywhere-title = You are signed out everywhere
desk-everywhere-about = Every browser in which you were signed in, and every link you hadn't used, is closed. To come back, ask Pitstop for a link in chat, with the word `desk`.
desk-foreign-title = That didn't come from this page
desk-foreign-about = Nothing was changed. Go back, open the page again and try once more.
desk-busy-title = That was a lot at once
desk-busy-about = Wait a minute, then try again. Nobody else is held up by this.
desk-large-title = That was too much
desk-large-about = Nothing was sent. Make it shorter and try again.
desk-picker-link = Choose who you are in this practice
desk-missing-title = There is nothing here
desk-missing-about = The address is wrong, or what it led to is gone.
desk-missing-back = To the first page
desk-skip = Skip to the page
desk-sections = Pages
desk-signed-in = Signed in as
desk-out-button = Sign out
desk-everywhere-button = Sign out everywhere
desk-picker-title = Whose desk?
desk-picker-about = This is practice: pick somebody, and see the desk as they do. A real desk is opened by a link in chat.
desk-picker-empty = Nobody takes part yet. Start a journey on the practice page and come back.
desk-picker-coach = coach
desk-picker-member = member
desk-picker-back = To the practice page

## A coach's first page

desk-today = Today
desk-since = Since you last read the log, on { $day }.
desk-since-never = You haven't read this log yet.
desk-new = New, shared with you
desk-new-none = Nothing new. Quiet isn't a bad sign: much of this happens away from the keyboard.
desk-read-button = Read
desk-read-of = what { $name } shared
desk-due = Plans and changes for the coming week
desk-due-none = Nothing is planned for the coming week.
desk-answer-button = Answer
desk-answer-to = { $name }
desk-word = Asked for a word with a coach
desk-word-about = Take one, and the person sees your name. Then send a message, or call.
desk-word-button = I'll take this
desk-word-of = from { $name }
desk-word-late = Another coach was faster, or it was taken back.
desk-post = The team's post is planned for { $day }.
desk-whole-log = Open the log
desk-noted = People can see that you were told what they shared.
desk-shut-title = The log is closed
desk-shut-about = No coach may read here at the moment. `{ -coach } reading` in chat says why, and what has to happen first. Until then you see nobody's words here.

## The log

desk-log = Log
desk-log-of = Log of { $channel }
desk-log-about = What people chose to share with you. They can see that you read it.
desk-filter = Narrow the log
desk-filter-cohort = Team
desk-filter-person = People
desk-filter-kind = Kind
desk-filter-item = Experiment
desk-filter-week = Week
desk-filter-person-all = Everyone
desk-filter-kind-all = Every kind
desk-filter-item-all = All of them
desk-filter-week-all = Every week
desk-filter-gone = Something that isn't in the log
desk-filter-button = Show
desk-filter-unanswered = No answer from a coach yet
desk-filter-several = { $count } chosen
desk-filter-chosen = Shown:
desk-filter-without = Take away:
desk-filter-clear = Show everything
desk-filter-odd = Part of the address made no sense and was left out. What you see here is what counts.
desk-kind-typed = Reply to an experiment
desk-kind-debrief = Looking back, the four questions
desk-kind-check = Four weeks later
desk-kind-keep = The habit to keep
desk-kind-note = Note
desk-kind-plan = Plan
desk-kind-transfer = One change
desk-kind-answer = Answer to you
desk-kind-coach = Answer from a coach
desk-log-empty = Nobody has shared anything yet. Quiet isn't a bad sign: much of this happens away from the keyboard.
desk-log-none-such = Nothing fits all of this. Take one of the choices away, or show everything.
desk-log-no-more = That was everything.
desk-log-new = New
desk-log-seen = You have seen the rest before
desk-log-older = Older
desk-log-newest = Back to the newest
desk-log-your-word = You wrote
desk-log-open = Open and answer
desk-log-files = This view as a file
desk-log-files-about = A file is beyond recall: what somebody takes back tomorrow is still in it. They see that you took it along.
desk-search-of = Search in the log of { $channel }
desk-search-label = Find a word or a name
desk-search-about = Finds it whole, as you type it. Capitals and accents don't matter. What you look for is kept until you sign out, for you alone.
desk-search-button = Search
desk-search-lately = Looked for before:
desk-search-empty = Type a word, a few words or a name to look for.
desk-search-long = That is too long to look for: { $most } characters at most.
desk-search-again = That didn't work: another page of yours was faster. Search once more.
desk-search-forgotten = That search isn't kept any more. Type the words again.
desk-search-found = { $count ->
    [0] Nothing found.
    [one] Found in one text.
   *[other] Found in { $count } texts.
  }
desk-search-all = That is all there is.
desk-search-until = I looked back to { $day }. There may be more before that.
desk-search-leave = Stop searching
desk-search-none = Try a shorter word, or another one. Only what people shared with you is looked through.
desk-search-none-narrow = Try a shorter word, another one, or look in the whole log instead of these choices.
desk-search-everywhere = Look in the whole log
desk-search-older = Look further back
desk-search-files-about = The file holds everything that is found, whole, not just this page. It is beyond recall: what somebody takes back tomorrow is still in it. They see that you took it along.
desk-csv = Sheet (CSV)
desk-json = For machines (JSON)
desk-column-day = Day
desk-column-hour = Time
desk-column-name = Name
desk-column-about = About
desk-column-kind = What it is
desk-column-question = Question
desk-column-above = Your words that it answers
desk-column-text = Text

## A conversation

desk-conversation = With { $name }
desk-conversation-about = What you two wrote about { $about }, oldest first.
desk-other-coach = Another coach
desk-conversation-back = Back to the log
desk-conversation-found = Back to what was found
desk-answer-label = Your answer to { $name }
desk-answer-note = It arrives in chat with your name. The other coaches of this team can read it too.
desk-answer-send-button = Send
desk-answer-sent = Your answer is on its way.
desk-answer-long = That is too long: { $most } characters at most.
desk-answer-unreachable = { $name } has left, so no answer can be sent.
desk-gone-title = This can't be read any more
desk-gone-about = It was taken back, is no longer shared with you, or was never yours to read.
desk-gone-typed = What you typed wasn't sent. Here it is:

## A team's page

desk-cohort = Team
desk-cohort-of = Team of { $channel }
desk-cohort-teams = Teams
desk-week = This week
desk-week-number = Week { $week } of { $weeks }
desk-week-free = No experiment of its own this week.
desk-week-ahead = The journey begins on { $day }.
desk-week-over = This journey is over.
desk-tried = What was tried
desk-tried-about = How many people tried an experiment, week by week, as the channel was told.
desk-tried-people = People
desk-tried-few = No numbers yet. They come with a post, and only when five people or more tried something.
desk-tried-shared = Shared with you about “{ $about }”
desk-tried-none = Nobody has shared anything about it yet. Quiet isn't a bad sign: much of this happens away from the keyboard.
desk-tried-log = All of it in the log
desk-table = As a table
desk-pulse = The pulse
desk-pulse-about = One dot for each answer, as the channel was told. It shows where people stood as a group, and says nothing about any one person.
desk-pulse-before = At the start
desk-pulse-after = At the end
desk-pulse-when = When
desk-pulse-answers = Answers, and how often
desk-pulse-few = Nothing to show yet. The answers come with the team's first post and with its last one, and only when five people or more gave theirs.
desk-preview = The next post
desk-preview-about = On { $day } at { $hour } this goes to the channel, as it stands now. You can leave a line out, and its author is told; nobody's words can be changed.
desk-preview-none = No lines so far. What people share until then is added.
desk-preview-hidden = { $count ->
    [one] One more line will be in it that you may not read before that.
   *[other] { $count } more lines will be in it that you may not read before that.
  }
desk-preview-more = { $count ->
    [one] There is no room for one more line.
   *[other] There is no room for { $count } more lines.
  }
desk-preview-figures = Numbers are added when it is posted, where five people or more are behind them.
desk-preview-over = The team gets no more posts.
desk-out-line-button = Leave out
desk-back-line-button = Put back
desk-left-out = Left out
desk-left-out-about = You can put these back until the post is made. Within ten minutes their authors hear nothing of it.
desk-left-out-by = left out by { $name }
desk-post-said-out = Left out. The author is told in ten minutes, unless you put it back.
desk-post-said-back = It's in the post again.
desk-post-said-posted = That post was already made, so nothing was changed.
desk-post-said-gone = That line isn't meant for the channel any more.
desk-post-said-none = The team gets no more posts, so nothing was changed.

## Your own page

desk-me = Me
desk-me-title = Everything about you
desk-me-about = What you wrote, who may read it and who did. To change, share or delete something, use the buttons in chat.
desk-me-journey = Your journey
desk-me-journey-none = You aren't on a journey now. Type `{ -coach } join` in your team's channel to take part.
desk-me-team = Team
desk-me-plans = What you're going to do
desk-me-words = What you wrote
desk-me-words-none = Nothing yet. What you write to me in chat is listed here, with who may read it.
desk-me-readers = Who may read
desk-me-readers-about = What you keep to yourself nobody reads, not even these people. With `{ -coach } settings` you choose who may read what you write from then on.
desk-me-readers-none = Nobody may read what you write.
desk-reader-from = { $coach } may read what you share in { $team } from { $day } on.
desk-reader-earlier = { $coach } may read all you share in { $team }, also what is from before { $day }.
desk-reader-one = { $coach } may read one text of yours in { $team }, since { $day }.
desk-me-looks = Who read your words
desk-me-looks-about = Each time somebody looked at what you shared, newest first.
desk-me-looks-none = Nobody yet.
desk-me-looks-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
  }
desk-me-looks-link = See who read what, and when
desk-me-data = Take it with you, or delete it
desk-me-export-about = Two files with all there is about you: one to read, one for machines.
desk-me-erase-about = To delete all of it, type `{ -coach } forget` in chat. You are asked once, and told exactly what goes.
desk-me-back = Back to your page
