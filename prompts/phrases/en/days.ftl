### Days that people type, and what is asked when they can mean more than one.

day-another = Another day
day-unsure = I'm not sure which day you mean. Please pick it here.
day-unread = I can't read that as a day. Write it like 2026-12-31.
hour-unread = I can't read that as a time. Write it like 10:00.

pause-asked = Pause until **{ $day }**? On that day I start again.
pause-which-day = Which day do you mean? On that day I start again.
pause-until-button = Yes, pause
later-asked = Put it off until **{ $day }**?
later-which-day = Which day do you mean? I'll come back with it then.
later-until-button = Yes, that day
leave-unsure = Do you want to leave the journey, or take a break and go on later?
leave-unsure-over = Do you want to leave the journey?
leave-for-good = Leave the journey
leave-pause = Take a break
resume-unsure = I'm not sure when you want to go on. Your pause stays as it is until you press the button.
next-no-day = You named a day, but this only shows what comes next. `{ -coach } later` puts off the open experiment, `{ -coach } pause` stops everything until a day.

## Public holidays

region-label = Region, for public holidays
region-hint = Only where they differ within the country, for example England, Bavaria or Ontario
region-needed = Public holidays differ within { $country }. Write which part: { $names }.
region-needed-of-many = Public holidays differ within { $country }. Write which part, for example { $names }.
region-none = In { $country } I only need the country. Leave the region empty.
region-alone = Pick the country of this region, or leave the region empty.
