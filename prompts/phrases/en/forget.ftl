### Leaving, taking one's data along, and wiping it.

leave-nothing = You aren't in a journey, so there is nothing to leave.
leave-done = You've left the journey. I won't send you anything more. Changed your mind? Type `{ -coach } join` in your team's channel. What you wrote is still kept; you can delete that too.

export-make-button = Download my data
export-json = Everything I keep about you, for machines (JSON).
export-csv = The same, as a spreadsheet (CSV).
export-done = Two files are waiting in our direct conversation: everything I keep about you.
export-nothing = I keep nothing about you.
export-failed = The files didn't get through. Nothing is lost; please try again in a minute.

proof-file = Who read which of your words, and when (JSON).
proof-done = { $count ->
    [0] Nobody has read your words. The file in our direct conversation says so, and where the list ended when I made it.
    [one] The file in our direct conversation shows the one time somebody read your words. Keep it.
   *[other] The file in our direct conversation shows the { $count } times somebody read your words. Keep it.
} My operator can check it with “pitstop audit verify --receipt”.
proof-failed = The file didn't get through. Nothing is lost; please try again in a minute.
proof-about = Who read which of your words, and when. Each entry carries its number in the audit: if somebody changes or removes it there, checking this file shows it.

erase-open-button = Delete everything
erase-nothing = I keep nothing about you, so there is nothing to delete.
form-erase-title = Delete everything?
form-erase-submit = Delete everything
erase-goes = **This goes, at once and for good:** what you wrote, your plans, your answers to the questions before and after, your consent, your settings and everything planned for you. You also leave the journey.
erase-stays = **This stays:** one line that something was deleted, without your name or words. { -platform } keeps what you typed yourself: you can delete your own messages there; the rest is up to { -owner }. I remove what I quoted of you from my messages in the channel and, within minutes, I remove my own messages in this conversation.
erase-agree = Are you sure?
erase-agree-option = Yes, delete everything about me
erase-not-agreed = Tick the box first. If you change your mind, close this window: nothing is deleted.
erase-done = All gone. I don't know you any more, and this is my last message. My older ones in this conversation disappear in the next minutes; until then, and for a week at most, I only remember where they are. What you typed yourself stays in { -platform } until you delete it. Take care.
