### De desk: webpagina's voor de coach en voor jezelf, en de link ernaartoe.

## De link, in de chat

desk-link = Hier is je link naar de desk.
desk-link-note = Hij werkt één keer, tien minuten lang, en wie hem opent, komt binnen als jij. Geef hem niet door.
desk-open-button = Open de desk
desk-link-nowhere = Er is nog geen desk: de beheerder van deze bot moet `PITSTOP_PUBLIC_URL` nog instellen, het adres waarop een browser mij bereikt. Hier in de chat heb je intussen alles.
desk-link-stranger = Ik ken je nog niet, dus er valt niets te tonen. Doe eerst mee aan een reis: `{ -coach } meedoen` in het kanaal van je team.
desk-link-many = Je hebt al een paar links die nog werken. Gebruik een daarvan, of probeer het over tien minuten opnieuw.

## Binnenkomen en weggaan

desk-name = Pitstop
desk-entrance-title = Kom binnen
desk-entrance-about = Deze link werkt één keer. Daarna blijf je op dit apparaat aangemeld: hooguit acht uur, of tot je een half uur niets doet.
desk-entrance-button = Kom binnen
desk-outside-title = Je bent niet aangemeld
desk-outside-about = Vraag Pitstop in de chat om een link, met het woord `desk`. Na een half uur zonder klik word je afgemeld, en na acht uur in elk geval.
desk-used-title = Deze link werkt niet meer
desk-used-about = Een link werkt één keer, en tien minuten lang. Vraag Pitstop in de chat om een nieuwe, met het woord `desk`.
desk-out-title = Je bent afgemeld
desk-out-about = Terugkomen? Vraag Pitstop in de chat om een link, met het woord `desk`.
desk-everywhere-title = Je bent overal afgemeld
desk-everywhere-about = Je bent afgemeld in elke browser, en links die je nog niet had gebruikt, werken niet meer. Terugkomen? Vraag Pitstop in de chat om een link, met het woord `desk`.
desk-foreign-title = Dat kwam niet van deze pagina
desk-foreign-about = Er is niets veranderd. Ga terug, open de pagina opnieuw en probeer het nog eens.
desk-busy-title = Dat was veel tegelijk
desk-busy-about = Wacht een minuut en probeer het opnieuw. Anderen merken hier niets van.
desk-large-title = Dat was te veel
desk-large-about = Er is niets verstuurd. Maak het korter en probeer het opnieuw.
desk-picker-link = Kies wie je bent in deze oefening
desk-missing-title = Hier is niets
desk-missing-about = Het adres klopt niet, of wat er was, is er niet meer.
desk-missing-back = Naar de eerste pagina
desk-skip = Ga direct naar de inhoud
desk-sections = Pagina's
desk-signed-in = Aangemeld als
desk-out-button = Afmelden
desk-everywhere-button = Overal afmelden
desk-picker-title = Wiens desk?
desk-picker-about = Dit is de oefenomgeving: kies iemand en zie de desk zoals die persoon. De echte desk open je met een link in de chat.
desk-picker-empty = Er doet nog niemand mee. Begin een reis op de oefenpagina en kom dan terug.
desk-picker-coach = coach
desk-picker-member = deelnemer
desk-picker-back = Naar de oefenpagina

## De eerste pagina van een coach

desk-today = Vandaag
desk-since = Sinds je het logboek voor het laatst las, op { $day }.
desk-since-never = Je hebt dit logboek nog niet gelezen.
desk-new = Nieuw met jou gedeeld
desk-new-none = Niets nieuws. Stilte is geen slecht teken: veel hiervan gebeurt ver van het toetsenbord.
desk-read-button = Lees
desk-read-of = wat { $name } deelde
desk-due = Plannen en veranderingen voor de komende week
desk-due-none = Voor de komende week is er niets gepland.
desk-answer-button = Antwoord
desk-answer-to = aan { $name }
desk-word = Vroeg om een gesprek met een coach
desk-word-about = Neem je er een op je, dan ziet diegene je naam. Stuur daarna een bericht, of bel.
desk-word-button = Ik doe het
desk-word-of = van { $name }
desk-word-late = Een andere coach was sneller, of de vraag is teruggenomen.
desk-post = Het bericht van het team is gepland voor { $day }.
desk-whole-log = Open het logboek
desk-noted = Mensen kunnen zien dat jij te zien kreeg wat ze deelden.
desk-shut-title = Het logboek is dicht
desk-shut-about = Op dit moment mag hier geen coach meelezen. Met `{ -coach } meelezen` in de chat zie je waarom, en wat er eerst moet gebeuren. Tot die tijd zie je hier niemands woorden.

## Het logboek

desk-log = Logboek
desk-log-of = Logboek van { $channel }
desk-log-about = Wat mensen met jou willen delen. Zij kunnen zien dat je het las.
desk-filter = Kies wat je ziet
desk-filter-cohort = Team
desk-filter-person = Mensen
desk-filter-kind = Soort
desk-filter-item = Experiment
desk-filter-week = Week
desk-filter-person-all = Iedereen
desk-filter-kind-all = Alle soorten
desk-filter-item-all = Alle experimenten
desk-filter-week-all = Elke week
desk-filter-gone = Iets dat niet in het logboek voorkomt
desk-filter-button = Toon
desk-filter-unanswered = Nog geen antwoord van een coach
desk-filter-several = { $count } gekozen
desk-filter-chosen = Je ziet:
desk-filter-without = Haal weg:
desk-filter-clear = Toon alles
desk-filter-odd = Een deel van het adres klopte niet en telt niet mee. Wat je hier ziet, is wat geldt.
desk-kind-typed = Antwoord op een experiment
desk-kind-debrief = Terugkijken, de vier vragen
desk-kind-check = Vier weken later
desk-kind-keep = De gewoonte die blijft
desk-kind-note = Notitie
desk-kind-plan = Plan
desk-kind-transfer = Eén verandering
desk-kind-answer = Antwoord aan jou
desk-kind-coach = Antwoord van een coach
desk-log-empty = Er heeft nog niemand iets gedeeld. Stilte is geen slecht teken: veel hiervan gebeurt ver van het toetsenbord.
desk-log-none-such = Niets past bij dit alles. Haal een van de keuzes weg, of toon alles.
desk-log-no-more = Dat was alles.
desk-log-new = Nieuw
desk-log-seen = De rest heb je al gezien
desk-log-older = Ouder
desk-log-newest = Terug naar het nieuwste
desk-log-your-word = Jij schreef
desk-log-open = Open en antwoord
desk-log-files = Deze weergave als bestand
desk-log-files-about = Een bestand haal je niet meer terug: wat iemand morgen intrekt, blijft erin. Zij zien dat je het hebt meegenomen.
desk-search-of = Zoeken in het logboek van { $channel }
desk-search-label = Zoek een woord of een naam
desk-search-about = Zoekt precies wat je typt. Hoofdletters en accenten tellen niet. Wat je zoekt, blijft bewaard tot je je afmeldt, alleen voor jou.
desk-search-button = Zoek
desk-search-lately = Eerder gezocht:
desk-search-empty = Typ een woord, een paar woorden of een naam.
desk-search-long = Dat is te lang om te zoeken: hooguit { $most } tekens.
desk-search-again = Dat lukte niet: een andere pagina van je was sneller. Zoek nog een keer.
desk-search-forgotten = Wat je hier zocht, is niet meer bewaard. Typ het opnieuw.
desk-search-found = { $count ->
    [0] Niets gevonden.
    [one] Gevonden in één tekst.
   *[other] Gevonden in { $count } teksten.
  }
desk-search-all = Meer is er niet.
desk-search-until = Ik zocht terug tot { $day }. Daarvoor kan nog meer staan.
desk-search-leave = Stop met zoeken
desk-search-none = Probeer een korter woord, of een ander. Ik zoek alleen in wat mensen met jou deelden.
desk-search-none-narrow = Probeer een korter woord of een ander, of zoek in het hele logboek in plaats van binnen deze keuzes.
desk-search-everywhere = Zoek in het hele logboek
desk-search-older = Zoek verder terug
desk-search-files-about = In het bestand staat alles wat gevonden wordt, in zijn geheel, niet alleen deze pagina. Een bestand haal je niet meer terug: wat iemand morgen intrekt, blijft erin. Zij zien dat je het hebt meegenomen.
desk-csv = Rekenblad (CSV)
desk-json = Voor computers (JSON)
desk-column-day = Dag
desk-column-hour = Tijd
desk-column-name = Naam
desk-column-about = Waarover
desk-column-kind = Wat het is
desk-column-question = Vraag
desk-column-above = Jouw woorden waarop dit een antwoord is
desk-column-text = Tekst

## Een gesprek

desk-conversation = Met { $name }
desk-conversation-about = Wat jullie schreven over { $about }, het oudste eerst.
desk-other-coach = Een andere coach
desk-conversation-back = Terug naar het logboek
desk-conversation-found = Terug naar wat je vond
desk-answer-label = Jouw antwoord aan { $name }
desk-answer-note = Het komt met jouw naam in de chat. De andere coaches van dit team kunnen het ook lezen.
desk-answer-send-button = Verstuur
desk-answer-sent = Je antwoord is onderweg.
desk-answer-long = Dat is te lang: hooguit { $most } tekens.
desk-answer-unreachable = { $name } doet niet meer mee, dus je kunt niet meer antwoorden.
desk-gone-title = Dit kun je niet meer lezen
desk-gone-about = Het is teruggenomen, wordt niet meer met je gedeeld of was nooit voor jou bedoeld.
desk-gone-typed = Wat je typte, is niet verstuurd. Hier is het:

## De pagina van een team

desk-cohort = Team
desk-cohort-of = Team van { $channel }
desk-cohort-teams = Teams
desk-week = Deze week
desk-week-number = Week { $week } van { $weeks }
desk-week-free = Deze week heeft geen eigen experiment.
desk-week-ahead = De reis begint op { $day }.
desk-week-over = Deze reis is voorbij.
desk-tried = Wat is geprobeerd
desk-tried-about = Hoeveel mensen een experiment deden, week voor week, zoals het in het kanaal stond.
desk-tried-people = Mensen
desk-tried-few = Nog geen cijfers. Die komen met een teambericht, en alleen als vijf of meer mensen iets probeerden.
desk-tried-shared = Met jou gedeeld over ‘{ $about }’
desk-tried-none = Er heeft nog niemand hier iets over gedeeld. Stilte is geen slecht teken: veel hiervan gebeurt ver van het toetsenbord.
desk-tried-log = Alles hierover in het logboek
desk-table = Als tabel
desk-pulse = De peiling
desk-pulse-about = Een stip per antwoord, zoals het in het kanaal stond. Je ziet waar mensen als groep stonden; over één persoon zegt het niets.
desk-pulse-before = Aan het begin
desk-pulse-after = Aan het eind
desk-pulse-when = Wanneer
desk-pulse-answers = Antwoorden, en hoe vaak
desk-pulse-few = Er is nog niets te zien. De antwoorden komen met het eerste en het laatste teambericht, en alleen als vijf of meer mensen ze gaven.
desk-preview = Het volgende teambericht
desk-preview-about = Dit komt op { $day } om { $hour } in het kanaal, zoals het er nu uitziet. Een regel kun je eruit laten, en dan hoort de schrijver dat. Veranderen kun je niets aan wat iemand schreef.
desk-preview-none = Nog geen regels. Wat mensen tot die tijd delen, komt erbij.
desk-preview-hidden = { $count ->
    [one] Er komt nog één regel in die jij pas daarna mag lezen.
   *[other] Er komen nog { $count } regels in die jij pas daarna mag lezen.
  }
desk-preview-more = { $count ->
    [one] Voor nog één regel is geen plaats.
   *[other] Voor nog { $count } regels is geen plaats.
  }
desk-preview-figures = Cijfers komen erbij als het bericht verschijnt, waar vijf of meer mensen achter staan.
desk-preview-over = Er komen geen teamberichten meer.
desk-out-line-button = Eruit laten
desk-back-line-button = Terugzetten
desk-left-out = Eruit gelaten
desk-left-out-about = Tot het bericht gemaakt is, kun je deze regels terugzetten. Binnen tien minuten merkt de schrijver er niets van.
desk-left-out-by = eruit gelaten door { $name }
desk-post-said-out = Eruit gelaten. Over tien minuten hoort de schrijver het, tenzij je de regel terugzet.
desk-post-said-back = De regel staat weer in het bericht.
desk-post-said-posted = Dat bericht was al gemaakt, dus er is niets veranderd.
desk-post-said-gone = Die regel is niet meer voor het kanaal bedoeld.
desk-post-said-none = Er komen geen teamberichten meer, dus er is niets veranderd.

## Je eigen pagina

desk-me = Ik
desk-me-title = Alles over jou
desk-me-about = Wat je schreef, wie het mag lezen en wie het las. Wil je iets veranderen, delen of verwijderen? Dat doe je met de knoppen in de chat.
desk-me-journey = Je reis
desk-me-journey-none = Je doet nu niet mee aan een reis. Typ `{ -coach } meedoen` in het kanaal van je team om mee te doen.
desk-me-team = Team
desk-me-plans = Wat je gaat doen
desk-me-words = Wat je schreef
desk-me-words-none = Nog niets. Wat je mij in de chat schrijft, vind je hier terug, met wie het mag lezen.
desk-me-readers = Wie mag lezen
desk-me-readers-about = Wat je voor jezelf houdt, leest niemand, ook deze mensen niet. Met `{ -coach } instellingen` kies je wie mag lezen wat je daarna schrijft.
desk-me-readers-none = Niemand mag lezen wat je schrijft.
desk-reader-from = { $coach } mag lezen wat je vanaf { $day } deelt in { $team }.
desk-reader-earlier = { $coach } mag alles lezen wat je deelt in { $team }, ook van vóór { $day }.
desk-reader-one = { $coach } mag sinds { $day } één tekst van je lezen in { $team }.
desk-me-looks = Wie je woorden las
desk-me-looks-about = Elke keer dat iemand bekeek wat je deelde, het nieuwste eerst.
desk-me-looks-none = Nog niemand.
desk-me-looks-more = { $count ->
    [one] en nog 1
   *[other] en nog { $count }
  }
desk-me-looks-link = Bekijk wie wat las, en wanneer
desk-me-data = Neem alles mee, of verwijder het
desk-me-export-about = Twee bestanden met alles over jou: één om te lezen, één voor computers.
desk-me-erase-about = Wil je alles verwijderen? Typ `{ -coach } vergeet` in de chat. Je krijgt één vraag, en leest precies wat er verdwijnt.
desk-me-back = Terug naar je pagina
