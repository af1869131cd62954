### Vier vragen, een voor een; en de antwoorden.

debrief-count = Vraag { $number } van { $total }
debrief-write-button = Antwoord in een formulier
debrief-skip-button = Overslaan
debrief-next-button = Volgende
debrief-tomorrow-button = Morgen verder
debrief-stop-button = Hier stoppen
debrief-later-said = We gaan op je volgende werkdag verder.
debrief-left = Tot hier dan. Wat je schreef blijft bewaard, en verder vraag ik niets.
debrief-left-forgets = Tot hier dan. Verder vraag ik niets.

form-answer-title = Jouw antwoord
form-answer-submit = Opslaan
answer-label = In jouw woorden
answer-note = Een formulier blijft buiten de chat: het staat in geen enkele chat-export.

card-noted = Genoteerd bij ‘{ $about }’. { $scope }.
card-which = Genoteerd bij ‘{ $about }’. { $scope }. Er staat meer open; hoort het hierbij?
card-deleted = Verwijderd. Ik heb die woorden niet meer.
reply-change-button = Aanpassen
reply-move-button = Hoort ergens anders bij
reply-delete-button = Verwijderen
reply-delete-confirm = Deze woorden voorgoed verwijderen?
form-change-title = Jouw antwoord
form-change-submit = Opslaan
belongs-label = Hoort bij
belongs-option =
    Week { $week }: { $about }{ $kind ->
        [debrief] { " " }(terugkijken)
        [check] { " " }(vier weken later)
       *[other] { "" }
    }

said-stranger = Hoi! Ik ben een bot, en je doet nog niet mee, dus ik heb hier niets van bewaard. Met `{ -coach } meedoen` in het kanaal van je team ben je erbij.
said-files = Bestanden kan ik niet bewaren, woorden wel. Vertel je in een paar regels wat erin staat?
said-empty = Dit kwam aan zonder één woord. Nog een keer?
said-nothing-open = Je hebt nog niets van me gekregen, dus ik kan dit nergens bij zetten. Ik heb niets bewaard.
said-forgotten = Goed dat je het deed. Ik heb dit niet bewaard: wat thuis gezegd wordt, blijft thuis. De knoppen hierboven zijn genoeg voor mij.
said-command = Dat is een van mijn commando's. Bedoelde je dat? Was het een antwoord, stuur het dan nog eens met een paar woorden erbij.
command-run-button = Ja, doe dat
