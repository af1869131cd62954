### Starting a journey and joining it.

start-intro = Small experiments between people, and no software to roll out. Everyone in this channel decides for themselves whether to join; nobody is told who hasn't joined.
start-journey = Which journey?
start-language = Which language for the channel?
start-pace = How fast?
start-pace-1 = Full speed: each week lasts a week
start-pace-2 = Half speed: each week lasts two
start-first-day = First message of the week
start-first-time = At what time?
start-second-day = Second message
start-second-time = At what time?
start-coaches = Who coaches?
start-coaches-hint = They're asked first, and read only what people choose to share with them.
start-reflection-day = Day of the team's review
start-zone = Time zone of the channel
start-country = Public holidays in
start-no-country = No public holidays
start-country-hint = I stay quiet on these days.
start-in-channel = A journey belongs to a channel. Type `{ -coach } start` in the channel of your team.
start-not-a-person = I can't find an active person behind this account, so I changed nothing.
start-already = A journey already runs in this channel. Want to join it?
start-under-way = Setting things up. The invitation follows in a moment.
start-coach-gone = One of these accounts is a bot or was switched off. Pick a person.
start-invite-me = I'm not in this channel yet. Type /invite @Pitstop in the channel, then send this again.
start-archived = This channel is archived. Start in another channel.
form-start-title = Start a journey
form-start-submit = Invite the channel

join-in-channel = To join, type `{ -coach } join` in your team's channel.
join-nothing-here = No journey runs in this channel. `{ -coach } start` begins one.
join-ended = This journey has ended. `{ -coach } start` begins a new one.
join-already = You've already joined. Your next message comes by itself.
join-readers-changed = Who may read has changed since you opened this. Close it, and press Join once more.
join-elsewhere = You're in a journey with another team, and you can be in one at a time. To leave that one, type `{ -coach } leave`.
cohort-join-button = Join

form-consent-title = Join?
form-consent-submit = I'm in
consent-bot = **I'm a bot.** I send you at most three short messages a week for the length of the journey. No AI reads this; everything I say was written beforehand.
consent-operator = **Run by:** { $operator }. The owner of this workspace may be able to export direct messages. So private words are best written in one of my forms.
consent-readers = **Coach:** { $coaches }. A coach reads what you share with the coach, never what's private. You can see who read your words. **The channel** reads a text of yours only after you press *Share with the team* on that text.
consent-retention = **Kept:** your words until 90 days after the journey ends, everything else about you until 12 months after it.
consent-sooner = **In this team sooner:** your words go { $days } days after the journey ends.
consent-exits = **Pausing or leaving:** `{ -coach } pause`, `{ -coach } leave` and `{ -coach } forget` work at once, no reason needed. Taking part is your own choice, and nobody is told who doesn't take part.
consent-scope = Who may read what you write?
consent-scope-hint = Your default. You can change it for each reply, at any time.
consent-language = Which language do you prefer?
consent-zone = Your time zone

consent-late = **This channel is in week { $week } of { $weeks }.** Its weekly post follows that. It goes on until the last of you is through, and stops after { $day } at the latest. Your own messages go on to their end, also after that.
consent-last = **This channel is in week { $week } of { $weeks }**, past its last experiment. You begin with week 1, in your own rhythm. The weekly post here goes on until the last of you is through, and stops after { $day } at the latest. Your own messages go on to their end, also after that.
begin-label = Where do you want to begin?
begin-first = With week 1, in my own rhythm
begin-first-about = You get every experiment, one by one, later than the others.
begin-together = With week { $week }, together with the others
begin-together-about = Earlier experiments wait on your own page. They come only when you ask.
begin-missing = Choose where to begin.
join-too-late = By now this channel is past its last experiment. Choose week 1.

join-moving = You're in a journey with another team, in { $there }: week { $week }. You can take it along. Then it goes on here from that week, and what you wrote so far stays with { $there } and its coach. Or you begin again here, and your journey there ends. What would you like?
join-other-journey = You're in a journey with another team, in { $there }. One at a time: if you begin this one, the other ends. What would you like?
join-second = You left this journey in week { $week }. Go on from there, or begin again?
join-along-button = Take my journey along
join-go-on-button = Go on where I was
join-anew-button = Begin again here
join-stay-button = Stay there
join-stayed = Everything stays as it is. Your next message comes as planned.
join-goes-on = Your journey goes on here, in week { $week }. Next: { $next }.
consent-along = **Your journey comes along.** It goes on in week { $week }, at its own pace; a pause stays a pause. What you wrote so far stays with { $there } and the coach there: nobody here sees it, and you can still read and delete it. What you let into a post there still goes there, unless you take it out. Your plans and changes stay open, and I ask you about them on their day.
consent-go-on = **You go on in week { $week }**, from today. What you wrote before is still yours; what you had let into the channel went out when you left. Plans and changes whose day is still to come stay open.
consent-ends = **Your journey in { $there } ends** when you press the button below, as if you typed `{ -coach } leave` there. What you let into a post there goes out of it.
consent-again = **You know this journey.** It begins anew; what you wrote the last time is left as it is.
welcome-again-title = Good to see you again
welcome-again = A new round. You know how it goes: small experiments with real people, a few questions afterwards, one change for your customers. Three messages a week at most.

    What you write in this round is read by whom you chose just now. First, are your time zone and days still right?

join-next-round = You're still on your way in this channel's earlier round: week { $week }. Take your journey along into the new round, or begin again?
consent-round = **Your journey comes along into this round.** It goes on in week { $week }, at its own pace; a pause stays a pause. What you wrote in the earlier round stays with that round and its coach; you can still read and delete it. Plans and changes whose day is still to come stay open.
