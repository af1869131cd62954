### De eigen pagina, en wie er meelas.

home-title = Pitstop
home-about = Een pitstop is twee seconden perfecte service in een lange race. Zulke kleine stops breng ik naar IT-managers: één experiment tegelijk, tussen mensen, zonder software om uit te rollen. Ik ben een bot; elk woord is door mensen geschreven.
home-join = Nieuwsgierig? Typ `/coach meedoen` in het kanaal van je team, of begin daar een reis met `/coach start`. Je beslist zelf, en niemand hoort wie er niet meedoet.
home-next = Hierna
home-pause = Pauze
home-plans = Wat je gaat doen
home-words = Wat je schreef
home-no-words = Nog niets. Wat je mij schrijft, staat straks hier, met wie het mag lezen.
home-reply = { $day } · { $scope }
home-private-note = Een privénotitie van { $day }. Alleen jij kunt die lezen.
home-read-note = Alleen jij ziet dit. Het staat nergens anders.
reply-read-button = Lees
form-note-title = Jouw privénotitie

home-data = Wat van jou is
home-data-about = Kijk wie jouw woorden las, neem alles mee, of wis het.
home-coach = Voor jou als coach
home-coach-about = Wat mensen met jou willen delen. Zij kunnen zien dat je het las.

audit-open-button = Wie las mijn woorden?
form-audit-title = Wie jouw woorden las
audit-intro = Elke blik op wat je deelt, staat hier, de nieuwste bovenaan. Wat privé is, kan niemand anders bekijken.
audit-nobody = Nog niemand.
audit-operator = Wie mij beheert (via de opdrachtregel)
audit-gone = Iemand die er niet meer is
audit-read =
    { $who } las { $count ->
        [one] één ding dat je deelde
       *[other] { $count } dingen die je deelde
    }
audit-export = { $who } exporteerde wat je deelde
audit-answer = { $who } schreef jou
audit-erase = { $who } wiste jouw gegevens
audit-own-read = Je las je eigen woorden in het logboek
audit-own-export = Je nam je eigen gegevens mee
audit-own-answer = Je schreef jezelf
audit-own-erase = Je wiste je gegevens
