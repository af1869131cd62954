### Woorden die om iets lijken te vragen, en wat ervan komt.

asked-stop = Wil je dat ik stop? Tot je antwoordt, stuur ik je niets.
asked-stop-lapsed = Je hebt nog niet gezegd of ik moet stoppen, dus ik stuur je nog steeds niets. Wat je typte, is nu een notitie voor jou alleen.
asked-stop-done = Ik ben gestopt. Je hoort niets meer van me tot je op *Ga verder* drukt.
asked-pause = Wil je even pauze? Jij kiest de dag waarop ik weer begin.
asked-later = Zal ik het later nog eens vragen? Jij kiest wanneer.
asked-not-now = Komt het nu niet uit? Jij kiest wanneer ik het weer vraag.
asked-what-now = Het laatste wat ik je stuurde, is “{ $about }”. Je kunt er in je eigen woorden op antwoorden.
asked-help = Je kunt in je eigen woorden op mijn berichten antwoorden. Wat je me verder kunt vragen, staat in de lijst.
asked-thanks = Graag gedaan.
asked-who-reads = { $scope }. Met *Aanpassen* onder een tekst verander je het voor die tekst, met `instellingen` voor wat je daarna schrijft. Het kanaal van je team ziet alleen wat je zelf deelt, en er leest geen AI mee.
asked-held = Tot je iets kiest, ben jij de enige die kan lezen wat je typte. Aan het eind van je volgende werkdag wordt het een notitie voor jou alleen.
asked-not-kept = Ik heb niets bewaard van wat je typte.

request-stop = Ik ga gewoon weer verder.
request-pause = Je vroeg om een pauze. Kies de dag waarop ik weer begin.
request-pause-set = Je vroeg om een pauze.
request-later = Je vroeg me later terug te komen.
request-not-now = Je vroeg me later terug te komen.
request-what-now = Je vroeg wat er nu komt.
request-help = Je vroeg wat ik kan.

intent-stop-button = Ja, stop
intent-undo-button = Ga verder
intent-leave-button = Stop mijn reis
intent-keep-button = Nee, bewaar het als antwoord
intent-pause-button = Even pauze
intent-later-button = Vraag het later
intent-next-button = Wat komt er nu
intent-help-button = Toon de lijst

intent-unfile-button = Dit is geen antwoord
asked-done = Heb je het gedaan? Druk één keer en het telt. Er komt niets van in het kanaal.
asked-not-done = Is het er niet van gekomen? Druk één keer, dan vervalt het. Er komt niets van in het kanaal.
request-done = Op gedaan gezet.
request-not-done = Die is van de lijst.
intent-done-button = Ja, gedaan
intent-drop-button = Ja, laat maar
asked-coach = Zal ik je coach laten weten dat je iets wilt bespreken? Ik geef je naam door, niet wat je typte.
request-coach = Ik laat je coach weten dat je graag even wilt praten. Heeft je coach nu stille uren, dan doe ik dat daarna. Hier zie je wie het oppakt.
request-coach-taken = { $coach } neemt contact met je op.
coach-none = Je team heeft nog geen coach, dus ik kan dit niet doorgeven.
intent-coach-button = Vraag een gesprek met mijn coach
wanted = { $name } wil je graag even spreken. Waarover weet ik niet.
wanted-yours = Jij pakt dit op. { $name } ziet je naam: stuur een bericht of bel even.
wanted-taken = Een andere coach pakt dit op.
wanted-gone = Iemand wilde je spreken, maar heeft dat verzoek ingetrokken.
wanted-take-button = Ik pak dit op
asked-stop-over = Je zei niet of ik moest stoppen, dus de berichten na je reis komen niet meer. Wat je typte is nu een privénotitie.
asked-what-now-paused = Je hebt pauze tot { $day }. Tot dan vraag ik niets.
asked-what-now-still = Alles staat stil tot je weer verder wilt. Tot dan vraag ik niets.
request-thanks = Graag gedaan.
request-who-reads = Je vroeg wie kan lezen wat je schrijft.
intent-was = Dat was mijn antwoord
out-pause = Pauze
out-stop = Stop
out-coach = Mijn coach spreken
