### Starting a journey and joining it.

start-intro = Small experiments between people, and no software to roll out. Everyone in this channel decides for themselves whether to join; nobody is told who didn't.
start-journey = Which journey?
start-language = Which language shall I speak in the channel?
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
start-not-a-person = I can't find an active person behind this account, so nothing started.
start-already = A journey already runs in this channel. Want to be in it?
start-under-way = Setting things up. The invitation follows in a moment.
start-coach-gone = One of these accounts is a bot or was switched off. Pick a person.
start-invite-me = I'm not in this channel yet. Type /invite @Pitstop there, then send this again.
start-archived = This channel is archived. Start in another channel.
form-start-title = Start a journey
form-start-submit = Invite the channel

join-in-channel = Joining happens where your team is. Type `{ -coach } join` in that channel.
join-nothing-here = No journey runs in this channel. `{ -coach } start` begins one.
join-ended = This journey has ended. `{ -coach } start` begins a new one.
join-already = You're in already. Your next message comes by itself.
join-elsewhere = You're in a journey with another team. One at a time; `{ -coach } leave` gets you out of that one.
cohort-join-button = Join

form-consent-title = Join?
form-consent-submit = I'm in
consent-bot = **I'm a bot.** I send you at most three short messages a week for the length of the journey. No AI reads this; everything I say was written beforehand.
consent-operator = **Run by:** { $operator }. The owner of this workspace may be able to export direct messages. So private words are best written in one of my forms.
consent-readers = **Coach:** { $coaches }. A coach reads what you share with the coach, never what's private. You can see who read your words. **The channel** reads a text of yours only after you press *Share with the team* on that very text.
consent-retention = **Kept:** your words until 90 days after the journey ends, everything else about you until 12 months after it.
consent-exits = **Pausing or leaving:** `{ -coach } pause`, `{ -coach } leave` and `{ -coach } forget` work at once, no reason needed. Taking part is your own choice, and nobody is told who doesn't.
consent-scope = Who may read what you write?
consent-scope-hint = Your default. You can change it for each reply, at any time.
consent-language = Which language shall I speak with you?
consent-zone = Your time zone
