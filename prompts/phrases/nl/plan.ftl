### Het als-dan-plan, de dag zelf, en wat je meeneemt naar je werk.

form-plan-title = Jouw plan
form-plan-submit = Dit is mijn plan
plan-if-label = Als …
plan-if-missing = Wanneer doe je het?
plan-then-label = … dan
plan-then-missing = Wat ga je doen?
plan-day-label = Op welke dag?
plan-scope = { $scope }.
plan-forgets = Ik onthoud alleen de dag. Niets over wie of wat.
plan-day-only = Op { $day }. Die dag vraag ik of het gelukt is, verder niets.
plan-read-button = Laat zien

promise-plan-label = Jouw plan voor { $day }
promise-plan-text =
    Als { $first }
    dan { $second }
promise-plan-private = Je plan voor { $day }. Alleen jij kunt het lezen, dus ik herhaal het hier niet.
promise-transfer-label = Eén verandering, één naam, vanaf { $day }
promise-transfer-text =
    { $first }
    Wie: { $second }
promise-transfer-private = Je verandering, vanaf { $day }. Alleen jij kunt lezen welke, dus die herhaal ik hier niet.

day-done-button = Gedaan
day-move-button = Andere dag
day-drop-button = Laat maar
day-done-said = Gedaan.
day-later-said = Verzet naar { $day }.
day-skipped-said = Geschrapt. Soms gaat de praktijk voor.
form-move-title = Andere dag
form-move-submit = Verzetten

form-transfer-title = Eén verandering
form-transfer-submit = Dit wordt het
transfer-make-button = Kies één verandering
transfer-skip-button = Nu even niet
transfer-change-label = De ene verandering
transfer-change-missing = Wat gaat er veranderen?
transfer-owner-label = Wie zorgt ervoor?
transfer-owner-missing = Wie gaat ervoor zorgen? Schrijf een naam, of ‘ik’.
transfer-day-label = Vanaf welke dag?

change-done-button = Het is begonnen
change-move-button = Andere dag
change-drop-button = Laat maar

plan-late-title = Over je plan
transfer-late-title = Over je ene verandering
day-late-body =
    { $times ->
        [0] Het stond voor { $day }. Is het gelukt, wordt het een andere dag of gaat het niet door? Dat laatste mag ook.
        [1] De dag hiervoor was { $day }. Hoe staat het er nu mee?
        [2] Je wilde dit doen op { $day }. Is het intussen gebeurd?
        [3] Op { $day } kon ik er niet naar vragen. Is het gedaan?
       *[other] Dit had als datum { $day }. Wat is ervan geworden?
    }
transfer-day-done-said =
    { $times ->
        [0] Gedaan. Over een week of vier vraag ik of een klant het gemerkt heeft.
        [1] Het is begonnen. Of klanten het merken, vraag ik later.
        [2] Begonnen dus. Na een aantal weken kom ik erop terug.
        [3] Het loopt. Wat een klant ervan vindt, vraag ik later nog.
       *[other] Gedaan. Geef het nu de tijd; ik vraag er nog één keer naar.
    }
transfer-day-title = Vandaag zou het veranderen
transfer-day-1 = Vandaag zou dit beginnen:
transfer-day-1-asks = Is het begonnen?
transfer-day-2 = Dit stond voor vandaag:
transfer-day-2-asks = Is het ervan gekomen?
transfer-day-3 = Vandaag zou dit voor het eerst gebeuren:
transfer-day-3-asks = Is het gebeurd?
transfer-day-4 = Voor vandaag schreef je dit op:
transfer-day-4-asks = Loopt het al?
transfer-day-5 = Hier wilde je vandaag mee beginnen:
transfer-day-5-asks = Is dat gelukt?

promise-readers = { $scope }.
promise-deleted = Verwijderd. Ik heb die woorden niet meer.
plan-change-button = Tekst aanpassen
plan-delete-button = Verwijderen
plan-delete-confirm = Deze woorden voorgoed verwijderen? Wat nog openstond, vervalt daarmee.

promise-plan-shared = Je plan voor { $day }. Je deelde het in het kanaal; hier herhaal ik het niet.
promise-transfer-shared = Je verandering, vanaf { $day }. Je deelde die in het kanaal; hier herhaal ik die niet.
transfer-asks =
    { $times ->
        [0] Op { $day } vraag ik ernaar, en zo'n vier weken later of een klant er iets van merkt.
        [1] Je hoort van me op { $day }, en nog eens als het een maand loopt.
        [2] Op { $day } vraag ik of het begonnen is; een maand later of iemand het merkt.
        [3] Ik kom terug op { $day }, en een maand daarna over je klanten.
       *[other] Mijn vraag komt op { $day }. Een maand later vraag ik wat klanten zeggen.
    }
transfer-asked = Zo'n vier weken na die dag vraag ik of een klant er iets van merkt.
