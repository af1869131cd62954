### De eigen pagina, en wie er meelas.

home-title = Pitstop
home-about = Een pitstop is twee seconden perfecte service in een lange race. Zulke kleine stops geef ik IT-managers: één experiment tegelijk, tussen mensen, zonder software om uit te rollen. Ik ben een bot; alles wat ik zeg, is van tevoren geschreven.
home-join = Nieuwsgierig? Typ `{ -coach } meedoen` in het kanaal van je team, of begin daar een reis met `{ -coach } start`. Je beslist zelf, en niemand hoort wie er niet meedoet.
home-next = Volgende bericht
home-pause = Pauze
home-plans = Wat je gaat doen
home-changes = Jouw veranderingen
home-words = Wat je schreef
home-no-words = Nog niets. Wat je mij schrijft, komt hier te staan, en ook wie het mag lezen.
home-reply = { $day } · { $about } · { $scope }
home-private-note = Een privénotitie van { $day }, bij { $about }. Alleen jij kunt die lezen.
home-read-note = Alleen jij ziet dit. Het staat verder nergens.
reply-read-button = Lezen
form-note-title = Jouw privénotitie

home-data = Jouw gegevens
home-data-about = Kijk wie jouw woorden las, download je gegevens, of verwijder alles.
home-coach = Voor jou als coach
home-coach-about = Wat mensen met jou willen delen. Zij kunnen zien dat je het las.

audit-open-button = Wie las mijn woorden?
form-audit-title = Wie jouw woorden las
audit-intro = Leest iemand in het logboek wat je deelt, dan staat dat hier, het nieuwste bovenaan. Wat jij in het kanaal deelt, telt niet mee: dat kan iedereen daar lezen. Wat privé is, staat niet in het logboek.
audit-nobody = Nog niemand.
audit-operator = De beheerder (via de opdrachtregel)
audit-gone = Iemand die intussen weg is
audit-read =
    { $who } las { $count ->
        [one] één ding dat je deelde
       *[other] { $count } dingen die je deelde
    }
audit-search =
    { $who } zocht een woord in het logboek en vond het in { $count ->
        [one] één ding dat je deelde
       *[other] { $count } dingen die je deelde
    }
audit-digest =
    { $who } kreeg een overzicht, met { $count ->
        [one] één ding dat je deelde
       *[other] { $count } dingen die je deelde
    }
audit-preview =
    { $who } zag op de pagina van het team { $count ->
        [one] één ding dat je deelde
       *[other] { $count } dingen die je deelde
    }
audit-download =
    { $who } nam { $count ->
        [one] één ding
       *[other] { $count } dingen
    } mee dat jij deelde, als bestand
audit-export = { $who } exporteerde alles wat ik over je bewaar, ook wat privé is
audit-answer = { $who } schreef je
audit-erase = { $who } verwijderde jouw gegevens
audit-own-read = Je las je eigen woorden in het logboek
audit-own-search = Je zocht in het logboek en vond je eigen woorden
audit-own-download = Je nam je eigen woorden in het logboek mee als bestand
audit-own-export = Je downloadde je gegevens
audit-own-answer = Je schreef aan jezelf
audit-own-erase = Je verwijderde je gegevens

home-older-button = Ouder
home-newer-button = Nieuwste

home-private-shared = Een privénotitie van { $day }, bij { $about }. Alleen jij kunt die lezen, en het kanaal zodra die daar staat.
home-read-shared = Je deelde dit in het kanaal. Verder zie alleen jij het.
home-moved = Je pagina staat nu verder naar beneden.
home-look-back = Dit deed je pas na de twee weken. Terugkijken kan alsnog, met vier vragen.
debrief-open-button = Vier vragen: { $about }
home-earlier = Deze experimenten waren er voordat jij meedeed. Druk op een ervan en het komt meteen; naar de rest vraagt niemand.
