### Instellingen, pauze, wat er komt en waar iemand staat.

## Instellingen

settings-open-button = Instellingen
form-settings-title = Jouw instellingen
form-settings-submit = Opslaan
settings-language = In welke taal praten we?
settings-zone = Jouw tijdzone
settings-zone-placeholder = Europe/Amsterdam
settings-first-day = Eerste bericht van de week
settings-first-time = Hoe laat?
settings-second-day = Tweede bericht
settings-second-time = Hoe laat?
settings-workdays = Jouw werkdagen
settings-no-workday = Kies minstens één dag waarop ik je mag schrijven.
settings-country = Feestdagen in
settings-no-country = Geen feestdagen
settings-country-hint = Op die dagen houd ik me stil.
settings-quiet-from = Stil vanaf
settings-quiet-until = Stil tot
settings-adapts = Mogen experimenten zich aan jou aanpassen?
settings-adapts-on = Ja: kort, of een andere manier eerst
settings-adapts-off = Nee: altijd zoals ze geschreven zijn
settings-adapts-hint = Na twee zonder antwoord is de volgende kort. Na twee keer Niks voor mij komt er eerst een andere manier. Alleen jij ziet dit.
settings-hour-quiet = Dat valt in de stille uren hieronder. Verzet een van de twee.
settings-scope = Wie mag lezen wat je schrijft?
settings-scope-hint = Voor wat je vanaf nu schrijft. Wat er al staat, blijft zoals het is.
settings-no-journey = Je doet nog niet mee, dus er zijn nog geen dagen om in te stellen. Typ `{ -coach } meedoen` in het kanaal van je team, dan ben je erbij.
settings-saved = Opgeslagen. Volgende bericht: { $next }.
settings-saved-only = Opgeslagen. Ook zin in een reis? Typ `{ -coach } meedoen` in het kanaal van je team.

## Pauze

pause-open-button = Pauze
form-pause-title = Even pauze
form-pause-submit = Pauzeren
pause-intro = Tot die dag houd ik me stil; alleen wat je coach je schrijft, geef ik door. Alles wat nog komt schuift mee, dus je mist niets. Weet je de dag nog niet? Zet het vinkje hieronder.
pause-until = Op welke dag begin ik weer?
pause-until-hint = Hooguit { $weeks } weken vooruit. Eerder terugkomen mag altijd.
pause-unknown-label = Nog geen dag?
pause-unknown = Ik weet het nog niet: wacht tot ik terugkom
pause-open = Pauze tot je terugkomt. Druk op de knop of typ `{ -coach } verder`, dan gaat het verder waar je was. Na { $weeks } weken zonder jou stopt je reis vanzelf.
pause-past = Kies morgen of later. Er is nog niets gepauzeerd.
pause-far = Langer dan { $weeks } weken kan niet. Meer nodig? Met { -coach } stop houd je ermee op; later weer meedoen kan altijd.
pause-done = Pauze. Op **{ $day }** begin ik weer. Geniet van de rust.
pause-moved = Verzet. Je pauze duurt nu tot **{ $day }**; die dag begin ik weer.
pause-completed = Je weken zitten erop. Er komt alleen nog af en toe een kort bericht, dus er valt niets te pauzeren. Met `{ -coach } stop` houdt ook dat op.
resume-now-button = Verdergaan
resume-done = Fijn dat je er weer bent. Volgende bericht: **{ $next }**.
resume-not-paused = Je hebt nu geen pauze. Volgende bericht: **{ $next }**.

## Volgende

next-open-button = Wat komt er?
next-now-button = Stuur het nu
next-moment = { $day } om { $time }, jouw tijd
next-nothing = niets gepland
next-none = Er staat nu niets voor je gepland.
next-told = Volgende bericht: **{ $next }**.
next-step = De volgende stap komt **{ $next }**.
next-still = niets, tot je zelf verdergaat
next-paused = Je hebt pauze tot **{ $day }**. Daarna: { $next }.
next-coming = Komt eraan. Kijk in ons eigen gesprek.
next-one-a-day = Eén stap per dag is genoeg. De volgende komt { $next }.

## Stand

status-title = Waar je staat
status-progress = Nu
status-week =
    { $week ->
        [0] Week 1 van { $weeks } begint bijna
       *[other] Week { $week } van { $weeks }
    }
status-completed = Alle weken gedaan
status-next = Volgende bericht
status-still = Sinds **{ $day }** staat je reis stil. Die gaat verder waar je was zodra je op **Verdergaan** drukt of `{ -coach } verder` typt, en niet eerder.
status-scope = Wat je schrijft
adapts-label = Experimenten
adapts-on = korter na twee zonder antwoord, eerst een andere manier na twee keer Niks voor mij; uitzetten kan bij Instellingen
adapts-off = altijd zoals ze geschreven zijn; aanpassen kan bij Instellingen
status-pause = Pauze
status-paused-until = tot { $day }
status-coach = Jij coacht
status-coach-log = Met `{ -coach } log` zie je wat mensen met jou willen delen.
status-runs-here = In dit kanaal loopt **{ $journey }**; jij doet niet mee. Dat bepaal je zelf, en niemand hoort wie er niet meedoet.
status-nothing-here = Je doet niet mee aan een reis. Typ `{ -coach } meedoen` in een kanaal waar er een loopt, of begin er een met `{ -coach } start`.
earlier-one-a-day = Eén stap per dag is genoeg. Vandaag kwam er al een; druk morgen nog eens.

## Stilte, en terug zijn

silence-title = Ik hou me stil
silence-line = Ik hou me stil tot ik weer iets van je hoor. Druk op de knop of typ iets, en je reis gaat verder. Niemand krijgt dit te horen.
status-silent = Ik hou me stil sinds **{ $day }**, omdat ik niets van je hoorde of je niet kon bereiken. Druk op **Verdergaan** of typ iets in onze chat, en je reis gaat verder. Niemand krijgt dit te horen.
back-title = Welkom terug
back = Welkom terug. Je reis gaat verder waar je was. Volgende bericht: **{ $next }**.
back-nothing = Welkom terug. Je reis gaat verder; er staat nu niets voor je gepland.
back-closing = Welkom terug. De weken van je reis zitten erop. Hierna komt de afsluiting: wat je in die weken deed.
back-paused = Welkom terug. Je reis heeft pauze, zoals je vroeg.
