### Een reis beginnen en meedoen.

start-intro = Kleine experimenten tussen mensen, en geen software om uit te rollen. Meedoen beslist iedereen hier voor zichzelf; niemand hoort wie er niet meedoet.
start-journey = Welke reis?
start-language = In welke taal schrijf ik in het kanaal?
start-pace = Hoe snel?
start-pace-1 = Gewoon tempo: elke week duurt een week
start-pace-2 = Half tempo: elke week duurt er twee
start-first-day = Eerste bericht van de week
start-first-time = Hoe laat?
start-second-day = Tweede bericht
start-second-time = Hoe laat?
start-coaches = Wie is coach?
start-coaches-hint = Ik vraag het ze eerst, en ze lezen alleen wat mensen met ze willen delen.
start-reflection-day = Dag van de terugblik met het team
start-zone = Tijdzone van het kanaal
start-country = Feestdagen in
start-no-country = Geen feestdagen
start-country-hint = Op die dagen houd ik me stil.
start-in-channel = Een reis hoort bij een kanaal. Typ `{ -coach } start` in het kanaal van je team.
start-not-a-person = Bij dit account vind ik niemand die nu actief is, dus er is niets begonnen.
start-already = In dit kanaal loopt al een reis. Wil je meedoen?
start-under-way = Ik zet alles klaar. De uitnodiging komt er zo aan.
start-coach-gone = Een van deze accounts is een bot of staat uit. Kies een mens.
start-invite-me = Ik zit nog niet in dit kanaal. Typ daar /invite @Pitstop en verstuur dit dan opnieuw.
start-archived = Dit kanaal is gearchiveerd. Begin in een ander kanaal.
form-start-title = Een reis beginnen
form-start-submit = Nodig het kanaal uit

join-in-channel = Meedoen doe je waar je team zit. Typ `{ -coach } meedoen` in dat kanaal.
join-nothing-here = In dit kanaal loopt geen reis. Met `{ -coach } start` begin je er een.
join-ended = Deze reis is afgelopen. Met `{ -coach } start` begin je een nieuwe.
join-already = Je doet al mee. Het volgende bericht komt vanzelf.
join-elsewhere = Je doet al mee met een ander team. Eén reis tegelijk; met `{ -coach } stop` stap je daar uit.
cohort-join-button = Ik doe mee

form-consent-title = Meedoen?
form-consent-submit = Ik doe mee
consent-bot = **Ik ben een bot.** Zolang de reis duurt, stuur ik je hooguit drie korte berichten per week. Er leest geen AI mee; alles wat ik zeg, is van tevoren geschreven.
consent-operator = **Beheerd door:** { $operator }. De eigenaar van deze werkruimte kan privéberichten soms exporteren. Schrijf wat echt privé is dus liever in een van mijn formulieren.
consent-readers = **Coach:** { $coaches }. Een coach leest wat je met de coach deelt, nooit wat privé is. Je kunt zien wie jouw woorden heeft gelezen. **Het kanaal** leest een tekst van jou pas als je bij die tekst op *Delen met het team* drukt.
consent-retention = **Bewaard:** jouw woorden tot 90 dagen na het einde van de reis, al het andere over jou tot 12 maanden erna.
consent-exits = **Pauze of stoppen:** `{ -coach } pauze`, `{ -coach } stop` en `{ -coach } vergeet` werken meteen, zonder reden. Meedoen is je eigen keuze, en niemand hoort wie het niet doet.
consent-scope = Wie mag lezen wat je schrijft?
consent-scope-hint = Zo begin je. Per antwoord kun je het altijd veranderen.
consent-language = In welke taal praten we?
consent-zone = Jouw tijdzone
