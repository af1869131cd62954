### What the channel sees, and what passes between coach and member.

invitation-heading = Time for a pit stop?
invitation-body =
    Years of new systems haven't made customers happier. **People** do that. So: small experiments, far from the tickets, { $pace ->
        [1] one review a week
       *[other] one review every two weeks
    }, and one human change at a time.
invitation-journey = Journey
invitation-weeks = Weeks
invitation-when = First message on
invitation-starts = Starts in the week of
invitation-coach = Coach
invitation-no-coach = nobody yet
invitation-note = Joining is your own choice. Nobody sees who hasn't joined.

team-tried = { $count } people did an experiment.
team-shared-below = What people shared is in the replies.
team-theme = **This week's theme: { $theme }**
team-tried-chart = How many tried something, by week
team-pulse-before = Where we start from. How often each answer was given:
team-pulse-both = How often each answer was given. It shows where people stood as a group, and says nothing about any one person.
team-pulse-few = Fewer than { $fewest } people answered, so no numbers.
team-share-label = { $name } · { $about }
team-share-fallback = What people shared
team-share-more = And { $count } more, which won't fit here.
team-share-withdrawn = Nothing is shared here.

coach-ask-heading = Will you be the coach?
coach-ask-other = { $name } would like you to coach a team.
coach-ask-self = You put yourself down as coach. Just checking: shall we?
coach-ask-body = You read only what people choose to share with you, and you can answer them through me. People can see when you read their words.
coach-ask-channel = Channel
coach-ask-journey = Journey
coach-accept-button = Yes, I will
coach-decline-button = Rather not
coach-active-said = You're the coach. `{ -coach } log` shows what people share with you.
coach-declined-said = No problem. I won't ask again.
coach-left-said = You've stepped down as coach here.
coach-removed-said = You're no longer the coach here: an admin ended that.
coach-word-label = Your coach { $name } writes
coach-word-note = Want to answer? Just type, or use the button. Only { $name } will read it.
coach-word-note-over = Want to answer? Use the button, or reply to this message. Only { $name } will read it.
coach-word-gone = (taken back)

coach-word-note-home = Want to answer? Use the button: for now I keep nothing you type. Only { $name } will read it.
word-answer-button = Answer
word-answer-note = Only { $name } can read this.
word-no-coach = The person who wrote this no longer coaches your team, so nobody would read an answer.
coach-heard = { $name } answered what you wrote.
coach-heard-gone = Somebody answered what you wrote, then took it back.
heard-read-button = Read it
