### Looking back, and the pulse.

reflection-label = This week's review
reflection-tried =
    { $count ->
        [one] One experiment done.
       *[other] { $count } experiments done.
    }
reflection-more = And { $count } more. They are on your own page, where you can share them too.
reflection-private =
    { $count ->
        [one] One private note, which I won't repeat here.
       *[other] { $count } private notes, which I won't repeat here.
    }
reflection-read-button = Read my own notes
form-notes-title = Your own notes

pulse-open-button = Answer, one minute
pulse-skip-button = Rather not
pulse-done-said = Answered. Your own answers are shown only to you; the group's answers only when at least five people answered, and without names.
pulse-skipped-said =
    { $week ->
        [0] Skipped, and that's fine.
       *[other] Left out, as you like.
    }
pulse-form-intro = Eight short statements. Leave out any you like.
pulse-empty = Answer at least one, or press Cancel.
pulse-before-after = { $before } then, { $after } now
pulse-before-after-about = Your own answers then and now. Only you see them. A lot happens in a few months: eight answers prove nothing by themselves.
pulse-before-spread = Before  { $spread }
pulse-after-spread = Now  { $spread }
form-pulse-title = Eight questions
form-pulse-submit = Send

reflection-may = May the channel read this? You decide for each text; if you press nothing, it stays out.
reflection-changes = Your open changes. Has one begun? If not, you can move it or drop it.
