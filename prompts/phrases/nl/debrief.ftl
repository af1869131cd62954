### Vier vragen, een voor een; en de antwoorden.

debrief-count = Vraag { $number } van { $total }
debrief-write-button = Antwoord in een formulier
debrief-skip-button = Overslaan
debrief-next-button = Volgende
debrief-tomorrow-button = Morgen verder
debrief-stop-button = Hier stoppen
debrief-later-said = We gaan op je volgende werkdag verder.
debrief-left =
    { $times ->
        [0] Tot hier dan. Hierover vraag ik niets meer.
        [1] Dat was deze.
        [2] Hier houdt het op. Op naar de volgende.
        [3] Afgesloten. Ik kom er niet op terug.
       *[other] Deze eindigt hier.
    }

form-answer-title = Jouw antwoord
form-answer-submit = Opslaan
answer-label = In jouw woorden
answer-note = Wat je in een formulier schrijft, blijft buiten de chat en komt in geen enkele chat-export.

card-noted = Genoteerd bij ‘{ $about }’. { $scope }.
card-noted-answer = Genoteerd als antwoord { $number } bij ‘{ $about }’. { $scope }.
card-noted-note =
    Bewaard als losse notitie, { $week ->
        [0] vóór week 1
       *[other] in week { $week }
    }. { $scope }.
card-short = { $about } · { $scope }
card-short-answer = { $about }, antwoord { $number } · { $scope }
card-short-note =
    Losse notitie, { $week ->
        [0] vóór week 1
       *[other] in week { $week }
    } · { $scope }
card-held =
    Ik had je meer dan één ding gevraagd. Waar hoort dit bij? Nu ben jij de enige die het kan lezen. { $scope ->
        [coach] Kies je iets, dan kan je coach het ook lezen.
       *[private] Dat blijft zo als je iets kiest.
    }
held-debrief = { $about }, vraag { $number }
held-check = { $about }, vier weken later
held-coach = Antwoord aan { $name }
reply-put-button = Hier
reply-note-button = Losse notitie
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
said-files = Plaatjes en bestanden kan ik niet bewaren, woorden wel. Vertel je in een paar regels wat erin staat?
said-empty = Je bericht kwam leeg aan. Stuur je het nog eens?
said-nothing-open = Je hebt nog niets van me gekregen, dus ik kan dit nergens bij zetten. Ik heb niets bewaard.
said-forgotten = Dit blijft bij jou: ik heb het niet bewaard. Voorlopig bewaar ik niets van wat je typt, zodat thuis thuis blijft.
said-command = Dat is ook een commando van mij. Zal ik het uitvoeren? Was het een antwoord, stuur het dan nog eens met een paar woorden erbij.
command-run-button = Ja, doe dat

said-forgotten-done = Dit blijft bij jou: ik heb het niet bewaard. De knoppen hierboven zijn genoeg voor mij.
edited-forgotten = De nieuwe tekst heb ik niet bewaard, en wat er eerst stond is hier gewist. Voorlopig bewaar ik niets van wat je typt, zodat thuis thuis blijft.
said-left = Je bent gestopt, dus ik bewaar niets van wat je typt. Loopt de reis nog in het kanaal van je team, dan ben je er met `{ -coach } meedoen` weer bij.
said-closed = Je reis is zo lang geleden afgelopen dat ik niets bewaar van wat je nu typt. Een nieuwe begint met `{ -coach } start` in het kanaal van je team.
said-too-long-to-keep = Dit heb ik niet bewaard: voorlopig bewaar ik niets van wat je typt. Gaat het over je werk, stuur het dan nog eens in kortere stukken; bij elk stuk staat een knop om het te bewaren.
unkept-keep-button = Bewaar dit, het gaat over werk
unkept-no-button = Nee
unkept-no = Niet bewaard.
unkept-late = Dat is langer dan een uur geleden, dus bewaren kan niet meer. Gaat het over je werk, stuur het dan nog eens.
unkept-gone = Die tekst is intussen veranderd of verwijderd, dus ik heb niets bewaard. Gaat het over je werk, stuur het dan nog eens.
unkept-unread = { -platform } laat me je bericht nu even niet lezen. Druk over een minuutje nog eens; tot dan bewaar ik niets.

said-forgotten-here = Dit blijft bij jou: ik heb het niet bewaard. Wat thuis gezegd wordt, blijft thuis.

said-left-edit = Je bent gestopt, dus de nieuwe tekst heb ik niet bewaard, en wat er eerst stond is hier gewist.
said-closed-edit = Je reis is voorbij, dus de nieuwe tekst heb ik niet bewaard, en wat er eerst stond is hier gewist.
