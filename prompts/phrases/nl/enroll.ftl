### Een reis beginnen en meedoen.

start-intro = Kleine experimenten tussen mensen, zonder software om uit te rollen. Meedoen beslist iedereen hier voor zichzelf; niemand hoort wie er niet meedoet.
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
start-coach-gone = Een van deze accounts is een bot of staat uit. Kies iemand anders.
start-invite-me = Ik zit nog niet in dit kanaal. Typ daar /invite @Pitstop en verstuur dit dan opnieuw.
start-archived = Dit kanaal is gearchiveerd. Begin in een ander kanaal.
form-start-title = Een reis beginnen
form-start-submit = Nodig het kanaal uit

join-in-channel = Meedoen doe je in het kanaal van je team. Typ daar `{ -coach } meedoen`.
join-nothing-here = In dit kanaal loopt geen reis. Met `{ -coach } start` begin je er een.
join-ended = Deze reis is afgelopen. Met `{ -coach } start` begin je een nieuwe.
join-already = Je doet al mee. Het volgende bericht komt vanzelf.
join-readers-changed = Sinds je dit opende, is er iets veranderd aan wie er meeleest. Sluit het en druk nog eens op ‘Ik doe mee’.
join-elsewhere = Je doet al mee met een ander team. Eén reis tegelijk; met `{ -coach } stop` stap je daar uit.
cohort-join-button = Ik doe mee

form-consent-title = Meedoen?
form-consent-submit = Ik doe mee
consent-bot = **Ik ben een bot.** Zolang de reis duurt, stuur ik je hooguit drie korte berichten per week. Er leest geen AI mee; alles wat ik zeg, is van tevoren geschreven.
consent-operator = **Beheerd door:** { $operator }. De eigenaar van deze werkruimte kan privéberichten soms exporteren. Schrijf wat echt privé is dus liever in een van mijn formulieren.
consent-readers = **Coach:** { $coaches }. Een coach leest wat je met de coach deelt, nooit wat privé is. Je kunt zien wie jouw woorden heeft gelezen. **Het kanaal** leest een tekst van jou pas als je bij die tekst op *Delen met het team* drukt.
consent-retention = **Bewaard:** jouw woorden tot 90 dagen na het einde van de reis, al het andere over jou tot 12 maanden erna.
consent-sooner = **In dit team eerder:** jouw woorden verdwijnen { $days } dagen na het einde van de reis.
consent-exits = **Pauze of stoppen:** `{ -coach } pauze`, `{ -coach } stop` en `{ -coach } vergeet` werken meteen, zonder reden. Meedoen is je eigen keuze, en niemand hoort wie er niet meedoet.
consent-scope = Wie mag lezen wat je schrijft?
consent-scope-hint = Dit is je standaardkeuze. Per antwoord kun je het altijd veranderen.
consent-language = In welke taal praten we?
consent-zone = Jouw tijdzone

consent-late = **Dit kanaal is in week { $week } van { $weeks }.** Daar gaat het wekelijkse bericht hier over. Het blijft komen tot de laatste van jullie klaar is, uiterlijk tot en met { $day }. Jouw eigen berichten gaan door tot het einde, ook daarna.
consent-last = **Dit kanaal is in week { $week } van { $weeks }** en heeft het laatste experiment gehad. Jij begint met week 1, in je eigen ritme. Het wekelijkse bericht hier blijft komen tot de laatste van jullie klaar is, uiterlijk tot en met { $day }. Jouw eigen berichten gaan door tot het einde, ook daarna.
begin-label = Waar wil je beginnen?
begin-first = Bij week 1, in mijn eigen ritme
begin-first-about = Je krijgt alle experimenten, één voor één, later dan de anderen.
begin-together = Bij week { $week }, samen met de anderen
begin-together-about = Eerdere experimenten staan op je eigen pagina, voor als je erom vraagt.
begin-missing = Kies waar je begint.
join-too-late = Dit kanaal heeft het laatste experiment intussen gehad. Kies week 1.

join-moving = Je doet al mee met een ander team, in { $there }: week { $week }. Je kunt je reis meenemen. Dan gaat die hier verder vanaf die week, en wat je tot nu toe schreef, blijft bij { $there } en de coach daar. Of je begint hier opnieuw, en je reis daar stopt. Wat wil je?
join-other-journey = Je doet al mee met een ander team, in { $there }. Eén reis tegelijk: begin je aan deze, dan stopt de andere. Wat wil je?
join-second = Je bent in week { $week } met deze reis gestopt. Verder gaan vanaf daar, of opnieuw beginnen?
join-along-button = Mijn reis meenemen
join-go-on-button = Verder waar ik was
join-anew-button = Hier opnieuw beginnen
join-stay-button = Daar blijven
join-stayed = Alles blijft zoals het is. Je volgende bericht komt zoals gepland.
join-goes-on = Je reis gaat hier verder, in week { $week }. Hierna: { $next }.
consent-along = **Je reis gaat mee.** Die gaat verder in week { $week }, in het eigen tempo; een pauze blijft een pauze. Wat je tot nu toe schreef, blijft bij { $there } en de coach daar: hier ziet niemand het, en je kunt het nog lezen en verwijderen. Wat je daar in een bericht wilde delen, komt daar nog, tenzij je het eruit haalt. Je plannen en veranderingen blijven staan, en ik vraag ernaar op de dag zelf.
consent-go-on = **Je gaat verder in week { $week }**, vanaf vandaag. Wat je eerder schreef, is nog steeds van jou; wat je in het kanaal had gedeeld, is eruit gehaald toen je stopte. Plannen en veranderingen waarvan de dag nog komt, blijven staan.
consent-ends = **Je reis in { $there } stopt** als je hieronder op de knop drukt, net als wanneer je daar `{ -coach } stop` typt. Wat je daar in een bericht deelde, wordt eruit gehaald.
consent-again = **Je kent deze reis al.** Die begint opnieuw; wat je de vorige keer schreef, blijft zoals het is.
welcome-again-title = Fijn je weer te zien
welcome-again = Een nieuwe ronde. Je weet hoe het gaat: kleine experimenten met echte mensen, na afloop een paar vragen, en één verandering voor je klanten. Hooguit drie berichten per week.

    Wat je in deze ronde schrijft, leest wie jij daarnet koos. Eerst dit: kloppen je tijdzone en je dagen nog?

join-next-round = Je bent nog bezig in de vorige ronde van dit kanaal: week { $week }. Neem je je reis mee naar de nieuwe ronde, of begin je opnieuw?
consent-round = **Je reis gaat mee naar deze ronde.** Die gaat verder in week { $week }, in het eigen tempo; een pauze blijft een pauze. Wat je in de vorige ronde schreef, blijft bij die ronde en de coach daarvan; je kunt het nog lezen en verwijderen. Plannen en veranderingen waarvan de dag nog komt, blijven staan.
