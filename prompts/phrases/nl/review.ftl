### Het logboek van de coach.

log-open-button = Logboek van { $channel }
log-not-coach = Het logboek is voor de coaches van een reis, en dat ben jij niet. Wat je zelf schreef, staat op mijn Home-pagina.
log-shut = Het logboek is nog dicht: er is nog niet vastgelegd wie ermee instemt dat coaches meelezen. `{ -coach } meelezen` laat zien hoe dat gaat.
log-stopped = Het logboek is dicht: de ondernemingsraad heeft het meelezen stopgezet. Het blijft dicht tot een beheerder een nieuwe afspraak vastlegt; `{ -coach } meelezen` laat zien hoe het ervoor staat.
log-invited = Je bent gevraagd als coach en hebt nog geen ja gezegd. De vraag staat in ons eigen gesprek; zeg je ja, dan laat ik zien wat mensen delen.
log-which = Je coacht meer dan één team. Van welk team wil je het logboek zien?
log-cohort = Team
log-title = Logboek van { $channel }
log-note = Alleen wat mensen met jou willen delen. Zij kunnen zien dat je het las.
log-empty = Er heeft nog niemand iets gedeeld. Stilte is geen slecht teken: veel hiervan gebeurt ver van het toetsenbord.
log-moved = Je hebt het logboek nog eens geopend. Het nieuwste telt.
log-outdated = Iemand heeft een notitie veranderd of ingetrokken, dus heb ik dit logboek gesloten. Open het hieronder opnieuw.
log-none-such = Met deze keuze vind ik niets. Kies wat ruimer.
log-no-more = Dat was alles.
log-person-menu = Persoon
log-person-all = Iedereen
log-item-menu = Experiment
log-item-all = Allemaal
log-week-all = Elke week
log-week-menu = Week
log-line = { $day } · **{ $name }** · { $about } · { $kind }
log-new = **Nieuw** sinds je hier op { $day } keek.
log-seen = Wat hierna komt, heb je al gezien.
log-asked-check = Heeft een klant er iets van gemerkt?
log-asked-keep = Welke gewoonte blijft?
log-kind-typed = antwoord
log-kind-debrief = terugkijken, vraag { $question }
log-kind-check = vier weken later
log-kind-keep = de gewoonte die blijft
log-kind-note = notitie
log-kind-coach = antwoord van een coach
log-kind-plan = plan
log-kind-transfer = één verandering
log-show-button = Tonen
log-newer-button = Nieuwer
log-older-button = Ouder
log-read-button = Alles lezen
form-line-title = De hele tekst
log-answer-button = Antwoorden
form-log-title = Jouw antwoord
form-log-submit = Versturen
log-answer-label = Wat wil je zeggen?
log-answer-note = Het gaat met jouw naam naar { $name }, onder het bericht waar het over gaat. De coaches van dit team kunnen het ook lezen.
log-answer-empty = Schrijf minstens één woord.
log-answered = Je antwoord is onderweg naar { $name }.
log-gone = Dat kan niet meer: het is ingetrokken, wordt niet meer gedeeld, of deze persoon is gestopt.
form-closed-title = Weggehaald
form-closed = Deze woorden zijn veranderd of worden niet meer met je gedeeld, dus heb ik ze weggehaald.
form-own-closed = Je hebt deze woorden ingetrokken, dus heb ik ze weggehaald.
form-closed-typed = Jouw antwoord, niet verstuurd

log-kind-answer = antwoord aan jou
log-your-word = Jij schreef

## De week van een coach

coach-ask-digest = Eén keer per week vertel ik je wat er nieuw is: hoeveel er met je is gedeeld, welke voornemens eraan komen en wat er in het bericht aan het team komt. Is er een week niets te melden, dan hoor je niets. Wanneer komt het je uit?
coach-ask-language = Taal
digest-day = Op welke dag?
digest-hour = Hoe laat?
digest-zone = Tijdzone: { $zone }. Je kunt dit later allemaal aanpassen.
digest-when = Je weekoverzicht komt op { $day } om { $hour } (tijdzone { $zone }).
digest-off = Je weekoverzicht staat uit.
digest-open-button = Dag en tijd
form-digest-title = Je weekoverzicht
digest-often = Hoe vaak?
digest-weekly = Eén keer per week, als er iets te melden is
digest-never = Nooit
digest-hour-quiet = Dat valt in je stille uren, van { $begin } tot { $end }. Kies een andere tijd.
digest-saved = Opgeslagen.
digest-saved-next = Opgeslagen. Het volgende overzicht komt op **{ $day }** om { $hour }, als er iets te melden is.

coach-digest-title = Jouw week als coach
coach-digest-note = Ik tel en toon alleen wat mensen met je delen. Zij kunnen zien dat ik het je vertelde.
coach-digest-gone = Dit is ingetrokken, of je bent geen coach meer van dit team.
digest-ended = **De reis in { $channel } is afgelopen.** Het wekelijkse bericht daar is gestopt. Het logboek blijft voor je open tot de woorden van mensen verdwijnen, uiterlijk 90 dagen na hun eigen reis. Met `{ -coach } start` in het kanaal begint er een nieuwe.
digest-new = **Nieuw, met jou gedeeld**
digest-texts = { $count ->
    [one] 1 nieuwe tekst
   *[other] { $count } nieuwe teksten
  }
digest-answers = { $count ->
    [one] 1 antwoord aan jou
   *[other] { $count } antwoorden aan jou
  }
digest-due = **Voornemens voor de komende dagen**
digest-promise = { $name }, { $day }
digest-due-more = { $count ->
    [one] En nog 1, in het logboek.
   *[other] En nog { $count }, in het logboek.
  }
digest-post = { $count ->
    [0] **Het bericht aan het team** staat gepland voor { $day }.
    [one] **Het bericht aan het team** staat gepland voor { $day }. Daar komt tot nu toe 1 tekst in.
   *[other] **Het bericht aan het team** staat gepland voor { $day }. Daar komen tot nu toe { $count } teksten in.
  }
digest-theme = Daarmee begint een nieuw experiment: { $theme }.
