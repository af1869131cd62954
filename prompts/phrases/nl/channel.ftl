### Wat het kanaal ziet, en wat er tussen coach en deelnemer gaat.

invitation-heading = Zin in een pitstop?
invitation-body =
    Van al die jaren systemen is nog geen klant blijer geworden. Van **mensen** wel. Dus: kleine experimenten, ver van de tickets, { $pace ->
        [1] één keer per week
       *[other] één keer per twee weken
    } terugkijken, en steeds één verandering tegelijk.
invitation-journey = Reis
invitation-weeks = Weken
invitation-when = Eerste bericht op
invitation-starts = Begint in de week van
invitation-coach = Coach
invitation-no-coach = nog niemand
invitation-note = Meedoen is je eigen keuze. Niemand ziet wie er niet meedoet.

team-tried = { $count } mensen deden een experiment.
team-shared-below = Wat collega's deelden, staat in het draadje.
team-theme = **Thema van deze week: { $theme }**
team-tried-chart = Hoeveel mensen iets deden, per week
team-pulse-before = De peiling: zo vaak is elk antwoord gegeven.
team-pulse-both = De peiling: zo vaak is elk antwoord gegeven, eerst en nu. Dat zegt iets over jullie samen, niets over één van jullie.
team-pulse-few = Minder dan { $fewest } mensen hebben geantwoord, dus ik laat geen cijfers zien.
team-share-label = { $name } · { $about }
team-share-fallback = Wat collega's deelden
team-share-more = En nog { $count } die hier niet passen.
team-share-withdrawn = Hier wordt niets gedeeld.

coach-ask-heading = Wil jij de coach zijn?
coach-ask-other = { $name } vraagt of je een team wilt coachen.
coach-ask-self = Je hebt jezelf opgegeven als coach. Voor de zekerheid: doen we het?
coach-ask-body = Je leest alleen wat mensen met je willen delen, en via mij kun je ze antwoorden. Lees je iets van iemand, dan kan diegene dat zien.
coach-ask-channel = Kanaal
coach-ask-journey = Reis
coach-accept-button = Ja, graag
coach-decline-button = Liever niet
coach-active-said = Jij bent de coach. Met `{ -coach } log` zie je wat mensen met je delen.
coach-declined-said = Prima. Ik vraag het niet nog eens.
coach-left-said = Je bent hier geen coach meer; je hebt het neergelegd.
coach-removed-said = Je bent hier geen coach meer: een beheerder heeft dat beëindigd.
coach-word-label = Je coach { $name } schrijft
coach-word-note = Antwoorden? Typ gewoon, of gebruik de knop. Alleen { $name } leest het.
coach-word-note-over = Antwoorden? Gebruik de knop, of reageer op dit bericht. Alleen { $name } leest het.
coach-word-gone = (ingetrokken)

coach-word-note-home = Antwoorden? Gebruik de knop: voorlopig bewaar ik niets van wat je typt. Alleen { $name } leest je antwoord.
word-answer-button = Antwoorden
word-answer-note = Alleen { $name } kan dit lezen.
word-no-coach = Degene die dit schreef, is geen coach meer van je team, dus een antwoord zou niemand lezen.
coach-heard = { $name } heeft geantwoord op wat je schreef.
coach-heard-gone = Iemand had geantwoord op wat je schreef, maar heeft dat antwoord ingetrokken.
heard-read-button = Lezen
