### Het experiment en wat je ermee kunt.

nudge-plan-button = Ik doe het
nudge-plan_change-button = Plan aanpassen
nudge-done-button = Al gedaan
nudge-later-button = Later
nudge-no-button = Niks voor mij
nudge-kit-button = Zo doe je dat
nudge-another-button = Laat een andere zien
nudge-skip-button = Deze sla ik over

nudge-done-said = Gedaan. Als je zin hebt, typ dan in een paar regels wat er gebeurde. Dat kan tot en met { $day }.
nudge-done-forgets = Gedaan. Meer hoef ik niet te weten; de rest is tussen jullie.
nudge-later-said = Uitgesteld. Op { $day } kom ik ermee terug.
nudge-left =
    { $times ->
        [0] Die laten we liggen. De volgende is weer anders.
        [1] Overgeslagen. Bij het volgende thema krijg je een nieuwe.
        [2] Die gaat niet door. Ik vraag er niet meer naar.
        [3] Laten zitten dus. Op naar de volgende.
       *[other] Deze niet. Ik kom er niet op terug.
    }
nudge-manner-short =
    { $times ->
        [0] Deze keer kort, omdat er op de vorige twee experimenten geen antwoord kwam. Drukke weken? Een pauze mag.
        [1] Op twee achter elkaar kwam geen antwoord, dus dit is de korte versie. Pauze nemen kan ook.
       *[other] De korte versie, omdat er op de twee hiervoor geen antwoord kwam. Een pauze kan altijd.
    }
nudge-manner-others =
    { $times ->
        [0] Omdat je twee keer op rij _Niks voor mij_ koos, komt er nu eerst een andere manier.
        [1] De vorige twee waren niks voor jou, dus deze begint met een andere manier.
       *[other] Eerst een andere manier, omdat de twee hiervoor niks voor jou waren.
    }
nudge-usual-button = Stuur ze zoals altijd
nudge-usual-said = Gedaan: het staat er weer zoals het geschreven is, en de volgende komen ook zo. Bij Instellingen kun je dat veranderen.

form-kit-title = Zo doe je dat

later-when = Wanneer zal ik ermee terugkomen?
later-when-missing = Kies wanneer het terugkomt.
later-tomorrow = De volgende werkdag
later-next_week = Volgende week, zelfde dag
later-pick = Op een dag die ik kies
later-day = Welke dag?
later-day-hint = Alleen nodig als je zelf een dag kiest
later-day-missing = Kies de dag waarop het terug moet komen.
later-nothing = Er wacht niets op antwoord, dus er valt niets uit te stellen.
later-debrief = Je hebt nog vragen openstaan. Morgen verder?
form-later-title = Later
form-later-submit = Uitstellen

follow-done-button = Gedaan
follow-plan-button = Ik prik een dag
follow-no-button = Niks voor mij

check-yes-button = Ja, iemand wel
check-no-button = Nog niet
check-noticed-said =
    { $times ->
        [0] Iemand heeft het gemerkt. Wie, en wat zeiden ze? Je kunt het hier typen tot en met { $day }.
        [1] Het viel op. Wat werd er gezegd? Typ het hier, tot en met { $day }.
        [2] Een klant zag het. Hoe merkte je dat? Tot en met { $day } is hier plaats voor.
        [3] Gemerkt dus. Welke woorden hoorde je? Typen kan tot en met { $day }.
       *[other] Het was te zien. Voor wie? Tot en met { $day } bewaar ik wat je hier typt.
    }
check-noticed-over =
    { $times ->
        [0] Iemand heeft het gemerkt.
        [1] Het viel op.
        [2] Een klant zag het.
        [3] Gemerkt dus.
       *[other] Het was te zien.
    }
check-unnoticed-said =
    { $times ->
        [0] Nog niet. Vraag het één klant, of maak het kleiner: wat kan morgen al?
        [1] Nog niet gemerkt. Welk stukje ervan hoort een klant in het eerstvolgende gesprek?
        [2] Nog niemand. Vertel één klant wat je veranderde, en hoor wat die zegt.
        [3] Nog niet, genoteerd. Een kleinere versie valt misschien eerder op.
       *[other] Nog geen teken. Eén vraag aan één klant vertelt je meer.
    }

keep-write-button = Kiezen
keep-skip-button = Liever niet
keep-label = De gewoonte die ik houd
keep-done-said = Gekozen. Als de weken voorbij zijn, kom ik erop terug.
keep-skipped-said = Prima. Ik vraag het niet nog eens.
form-keep-title = Deze houd ik
form-keep-submit = Vasthouden

booster-kept-label = Dit wilde je vasthouden
booster-kept-private = Je koos een gewoonte om vast te houden. Alleen jij kunt lezen welke, dus die herhaal ik hier niet.
booster-done-button = Gedaan
booster-skip-button = Nu even niet
booster-done-said = Mooi. Zo overleeft een gewoonte een drukke maand.
booster-skipped-said = Prima, nu even niet.

welcome-ok-button = Klopt
welcome-said = Mooi. Tot dan.
rhythm-first = Eerste bericht van de week
rhythm-second = Tweede bericht
rhythm-zone = Jouw tijdzone
rhythm-scope = Wat jij schrijft

nudge-done-short = Gedaan.
nudge-done-when =
    { $times ->
        [0] Gedaan. Op { $day } stel ik je er vier korte vragen over. Zit er nu nog iets vers in je hoofd? Typ het maar.
        [1] Gedaan. Mijn vier vragen komen op { $day }. Wil je nu al iets kwijt, typ het dan.
        [2] Genoteerd als gedaan. Op { $day } volgen vier vragen; wat je eerder typt, komt erbij.
        [3] Gedaan dus. Op { $day } kom ik met vier vragen. Nu alvast iets opschrijven kan ook.
       *[other] Dat is gedaan. Op { $day } krijg je vier vragen. Wat je opviel, mag je nu al typen.
    }
nudge-done-when-short =
    { $times ->
        [0] Gedaan. Op { $day } stel ik je er vier korte vragen over.
        [1] Gedaan. Mijn vier vragen komen op { $day }.
        [2] Genoteerd als gedaan. Op { $day } volgen vier vragen.
        [3] Gedaan dus. Op { $day } kom ik met vier vragen.
       *[other] Dat is gedaan. Op { $day } krijg je vier vragen.
    }
nudge-done-when-forgets = Gedaan. Op { $day } stel ik vier korte vragen, alleen voor jou: wat je typt bewaar ik niet.
undone-smaller-button = Een kleinere
undone-another-button = Een andere
undone-done-button = Al gedaan
undone-drop-button = Laat maar
nudge-later-again =
    { $times ->
        [2] Nog een keer uitgesteld, naar { $day }.
        [3] Prima: { $day }. Is het niks voor jou, dan is *Niks voor mij* ook een antwoord.
        [4] Dan op { $day }, en niet eerder.
        [5] Ik kom er { $day } mee terug.
        [6] Nu niet, dan { $day }.
        [7] Verzet. Volgende keer: { $day }.
       *[other] Tot { $day }.
    }
nudge-back =
    { $times ->
        [1] Je stelde dit uit tot vandaag. Hier is het in andere woorden; de eerste manier telt ook.
        [2] Dit is de dag die je koos. Nog een manier om te beginnen.
        [3] Terug op jouw dag. Misschien past het zo beter.
        [4] Jouw dag, en een andere manier.
        [5] Zoals afgesproken, op de dag die je koos.
        [6] Hier is het, op jouw datum.
        [7] De dag waar je om vroeg, is er.
        [8] Op de dag die je koos.
        [9] Je vroeg me nu terug te komen, dus hier is het.
       *[other] Hier is degene die je voor vandaag bewaarde.
    }

keep-from = Uit je eigen reis
keep-own-label = Of in je eigen woorden
smaller-make-button = Maak het kleiner
form-smaller-title = Een kleinere stap
smaller-label = Wat kan morgen al?
closing-tried = **Wat je probeerde**
closing-changed = **Wat je veranderde**
closing-to-change = **Wat je nog wilt veranderen**
closing-noticed = **Wat een klant merkte**
closing-kept = **De gewoonte die je houdt**
closing-private = { $count ->
    [one] 1 privénotitie. Die staat op je eigen pagina.
   *[other] { $count } privénotities. Die staan op je eigen pagina.
  }
