### Op veel plekken gezegd.

scope-private = Alleen jij kunt dit lezen
scope-coach = Jij en je coach kunnen dit lezen
scope-private-about = Verder niemand, ook je coach niet.
scope-coach-about = Je coach ziet het in het logboek en kan antwoorden.
scope-label = Wie mag dit lezen?

language-en = English
language-nl = Nederlands

form-cancel = Annuleren
form-close = Sluiten
keep-it-button = Nee, laat staan

message-fallback = Pitstop heeft iets voor je
footer-keeps = Week { $week } · Gewoon typen kan ook, tot en met { $day }. { $scope }. Dat kun je veranderen.
footer-over = Week { $week } · Ik heb intussen iets nieuwers gevraagd. Wil je hier nog op antwoorden, gebruik dan de knoppen of reageer op dit bericht.
footer-forgets = Week { $week } · Voorlopig bewaar ik niets van wat je typt. Dat is van jou.

press-stale = Deze knop werkt niet meer. In het bericht zie je hoe het ervoor staat.
form-stale = Er is iets veranderd sinds je dit formulier opende, dus er is niets opgeslagen. Sluit het: in het bericht zie je hoe het ervoor staat.
form-sent = Dit had je al beantwoord, dus er is niets veranderd. Wijzig het met ‘Aanpassen’ onder je notitie.
press-foreign = Deze knop is voor iemand anders.
press-again = Dat duurde te lang voor { -platform }. Druk nog eens.
command-again = Dat duurde te lang voor { -platform }. Typ het nog eens.
form-refused = { -platform } heeft dit formulier geweigerd, en nog eens proberen helpt niet. Zeg het tegen degene die mij beheert: in het logboek staat waarom. Wat je had opgeslagen is niet weg.
press-crowded = Veel mensen openen nu een formulier, dus { -platform } kon het jouwe niet openen. Druk over een minuut nog eens.
command-crowded = Veel mensen openen nu een formulier, dus { -platform } kon het jouwe niet openen. Typ het over een minuut nog eens.
told-in-chat = De rest, met de knoppen, staat in ons eigen gesprek.
press-left = Je bent gestopt, dus ik heb niets bewaard. Met `{ -coach } meedoen` in het kanaal van je team ben je er weer bij.
not-in = Je doet hier niet mee. Typ `{ -coach } meedoen` in het kanaal van je team, dan ben je erbij.
sorry = Er ging bij mij iets mis. Wat je had opgeslagen is niet weg. Probeer het nog een keer; gaat het weer mis, zeg het dan tegen degene die mij beheert.
form-older = Je hebt hierna nog zo'n formulier geopend, dus er is niets veranderd. Gebruik dat, of open dit opnieuw.
form-busy = Ik ben dit nog aan het opslaan, en dat duurt langer dan anders. Verstuur het zo nog een keer; het telt één keer.

words-missing = Schrijf een paar woorden.
field-missing = Vul dit in.
scope-missing = Kies wie het mag lezen.
language-missing = Kies een taal.
day-missing = Kies een dag.
time-missing = Kies een tijd.
zone-missing = Schrijf een stad of een zone, zoals Utrecht of Europe/Amsterdam.
field-too-long = Maak het korter: hoogstens { $most } tekens.
day-past = Die dag is al geweest. Kies vandaag of later.
day-far = Dat is meer dan 60 dagen vooruit. Kies een dag wat dichterbij.
hour-quiet = Dat valt in de stille uren. Kies een tijd tussen 8:00 en 18:00.
second-not-after-first = De tweede dag moet later in de week vallen dan de eerste.
zone-hint = Een stad of een tijdzone, bijvoorbeeld Utrecht of America/New_York
zone-unknown = Die zone ken ik niet. Schrijf een stad of een zone, zoals Utrecht of Europe/Amsterdam.
zone-near = Die zone ken ik niet. Bedoelde je { $among }?
zone-short = Uit "{ $typed }" kan ik niet opmaken wanneer bij jou de zomertijd ingaat. Schrijf de dichtstbijzijnde grote stad, zoals Utrecht.
zone-fixed = "{ $typed }" kent geen zomertijd, dus mijn berichten zouden een half jaar lang een uur verschuiven. Schrijf de dichtstbijzijnde grote stad, zoals Utrecht.
zone-several = Er is meer dan één "{ $typed }". Zet het land erbij, of schrijf een van deze zones: { $among }.
out-of-reach = Ik kan je nog geen bericht sturen. Voeg Pitstop toe onder Apps en vraag het me dan nog eens.
press-out-of-reach = Ik kan je nog geen bericht sturen. Voeg Pitstop toe onder Apps en druk dan nog eens.
unreached = Ik kon onze eigen chat nu niet openen. Vraag het me over een paar minuten nog eens; lukt het dan weer niet, zeg het tegen degene die mij beheert.
press-unreached = Ik kon onze eigen chat nu niet openen. Druk over een paar minuten nog eens; lukt het dan weer niet, zeg het tegen degene die mij beheert.
team-introduction = Hoi, ik ben Pitstop, servicecoach voor IT-managers: elke week één klein experiment, een plek om op te schrijven wat er gebeurde, en samen terugkijken. Ik stuur hier niemand uit mezelf een bericht. Een reis begint met `{ -coach } start` in een kanaal; daarna kiest iedereen zelf: meedoen of niet.
invitation-refused = Ik kon de uitnodiging niet in **{ $channel }** plaatsen: ik mag daar van { -platform } niet schrijven. Voeg Pitstop toe aan dat team of kanaal; ik blijf het een week proberen.
invitation-failed = De uitnodiging is niet in **{ $channel }** gekomen, dus er is niemand uitgenodigd. Degene die mij beheert kan zien waarom.
teams-noted = Oké.
teams-noted-outside = Oké. We gaan verder in onze eigen chat.
teams-noted-slowly = Ik ben ermee bezig; de rest komt in onze eigen chat. Staat daar over een minuut niets, druk dan nog eens.
teams-form-before = Dit had je al ingestuurd, dus er is niets veranderd. Wil je iets wijzigen, open het formulier dan opnieuw.
teams-nameless = de teamchat
teams-file-gone = Dat bestand is er niet meer. Vraag het nog eens.
teams-file-failed = Het bestand kwam niet aan. Druk nog eens, of vraag het opnieuw.

scope-one = Jij en { $coach } kunnen dit lezen, verder niemand
channel-goes = Gedeeld: komt op { $day } met je naam in het teambericht.
channel-stands = Staat met je naam in het teambericht, in het kanaal.
channel-kept-out = Niet in het kanaal.
channel-left-out = Een coach liet dit uit het teambericht. Het staat niet in het kanaal.
channel-no-post = Er komen geen teamberichten meer, dus delen in het kanaal kan niet.
words-share-button = Delen met het team
words-unshare-button = Uit het kanaal halen
words-keep_out-button = Niet delen
share-label = Het kanaal
share-option = Delen met het team: iedereen in het kanaal kan het lezen, met mijn naam
share-changed = Deze tekst is intussen veranderd. Kijk wat er nu staat en druk nog eens.
share-private = Alleen jij kunt dit lezen. Delen? Open het met Aanpassen en vink ‘Delen met het team’ aan.
press-left-words = Je bent gestopt. Wat je schreef kun je nog lezen of verwijderen, niet meer veranderen.

footer-forgets-here = Week { $week } · Wat je hierover typt, bewaar ik niet. Dat is van jou.

about-week =
    { $week ->
        [0] Voor week 1
       *[other] Week { $week }
    }

scope-private-shared = Alleen jij kunt dit lezen, en het kanaal zodra het daar staat
share-left = Dit schreef je voordat je stopte, dus delen kan niet meer.
share-answer = Dit is tussen jou en je coach, dus delen kan hier niet.
form-changed = Deze tekst is veranderd sinds je dit formulier opende. Sluit het en open het opnieuw.
press-moved-words = Dit schreef je in een ander team, voordat je overstapte. Je kunt het nog lezen en verwijderen, niet veranderen.
share-moved = Deze woorden zijn van een ander team, dus hier kun je ze niet delen.
