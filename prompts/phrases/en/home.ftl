### The person's own page, and who read along.

home-title = Pitstop
home-about = A pit stop is two seconds of perfect service in a long race. I give IT managers small stops like that: one experiment at a time, between people, with no software to roll out. I'm a bot; everything I say was written beforehand.
home-join = Curious? Type `{ -coach } join` in your team's channel, or `{ -coach } start` to begin a journey there. You decide for yourself, and nobody is told who doesn't join.
home-next = Next up
home-pause = Paused
home-plans = What you're going to do
home-changes = Your changes
home-words = What you wrote
home-no-words = Nothing yet. What you write to me is listed here, with who may read it.
home-reply = { $day } · { $about } · { $scope }
home-private-note = A private note from { $day }, with { $about }. Only you can read it.
home-read-note = Only you see this. It isn't shown anywhere else.
reply-read-button = Read it
form-note-title = Your private note

home-data = Your data
home-data-about = See who read your words, download your data, or delete everything.
home-coach = For you as a coach
home-coach-about = What people chose to share with you. They can see that you read it.

audit-open-button = Who read my words?
form-audit-title = Who read your words
audit-intro = Each time somebody reads in the log what you shared, it is listed here, newest first. What you shared in the channel isn't counted: everyone there can read it. Private words aren't in the log.
audit-nobody = Nobody yet.
audit-operator = The operator, on the command line,
audit-gone = Somebody who is no longer here
audit-read =
    { $who } read { $count ->
        [one] one thing
       *[other] { $count } things
    } you shared
audit-search =
    { $who } looked for a word in the log and found it in { $count ->
        [one] one thing
       *[other] { $count } things
    } you shared
audit-digest =
    { $who } got an overview, with { $count ->
        [one] one thing
       *[other] { $count } things
    } you shared
audit-preview =
    { $who } saw { $count ->
        [one] one thing
       *[other] { $count } things
    } you shared, on the team's page
audit-download =
    { $who } took { $count ->
        [one] one thing
       *[other] { $count } things
    } you shared along as a file
audit-export = { $who } exported everything I keep about you, private words too
audit-answer = { $who } wrote to you
audit-erase = { $who } deleted your data
audit-own-read = You read your own words in the log
audit-own-search = You searched the log and found your own words
audit-own-download = You took your own words in the log along as a file
audit-own-export = You downloaded your data
audit-own-answer = You wrote to yourself
audit-own-erase = You deleted your data

home-older-button = Older
home-newer-button = Newest

home-private-shared = A private note from { $day }, with { $about }. Only you can read it and, once it is posted, the channel.
home-read-shared = You shared this in the channel. Otherwise only you see it.
home-moved = Your page is further down now.
home-look-back = What you did after its weeks were over. You can still answer the four questions here.
debrief-open-button = Four questions: { $about }
home-earlier = These experiments came before you joined. Press one and it comes at once; nobody asks about the rest.
