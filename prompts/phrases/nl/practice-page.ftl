### De pagina van de oefenomgeving. De pagina vult de plekken zelf in.

## Het kader

practice-page-skip = Naar het gesprek
practice-page-sides = Slack of Teams
practice-page-workspace = Werkruimte
practice-page-panes = Delen van de pagina
practice-page-looking-as = Je kijkt als
practice-page-channels = Kanalen
practice-page-directs = Privéberichten
practice-page-app = App
practice-page-home = Home
practice-page-home-title = Home van Pitstop
practice-page-home-empty = Hier staat nog niets. Pitstop vult deze pagina zelf.
practice-page-tab-list = Mensen
practice-page-tab-talk = Gesprek
practice-page-tab-time = Tijd
practice-page-language = Taal van deze pagina
practice-page-language-en = English
practice-page-language-nl = Nederlands
practice-page-theme-dark = Naar donker
practice-page-theme-light = Naar licht
practice-page-unread-one = { $count } ongelezen bericht
practice-page-unread-other = { $count } ongelezen berichten

## Tijd

practice-page-clock = Oefenklok
practice-page-travel = Reis door de tijd
practice-page-next-event = Volgend moment
practice-page-no-event = niets gepland
practice-page-next-day = Volgende dag
practice-page-next-monday = Volgende maandag
practice-page-travel-to = Reis naar…
practice-page-travel-to-about = Wat onderweg aan de beurt is, gebeurt op volgorde. De tijd gaat alleen vooruit.
practice-page-travel-go = Gaan
practice-page-travelling = Onderweg: { $goal }
practice-page-travelling-on = een later moment
practice-page-arrived = Je bent er.
practice-page-reset = Opnieuw beginnen
practice-page-reset-question = Opnieuw beginnen?
practice-page-reset-about = Alles wat in deze oefenomgeving is gezegd en gepland verdwijnt, en de klok gaat terug naar nu.
practice-page-reset-done = Klaar. Je begint weer bij het begin.
practice-page-today = Vandaag
practice-page-yesterday = Gisteren
practice-page-zone = Tijdzone
practice-page-zone-unset = geen tijdzone ingesteld
practice-page-zone-change = Tijdzone wijzigen

## De wegwijzer

practice-page-guide = Zo probeer je het uit
practice-page-guide-title = Twaalf weken in vijf minuten
practice-page-guide-about = Een nagemaakte werkruimte waarin de echte Pitstop draait. Er is verder niemand: jij speelt iedereen.
practice-page-guide-close = Sluit de wegwijzer
practice-page-guide-done = (gedaan)
practice-page-guide-1 = Begin een reis
practice-page-guide-1-about = Stuur als { $coach }, de coach, ‘/coach start’ in #{ $channel }.
practice-page-guide-1-go = Kijk als { $coach }
practice-page-guide-2 = Doe mee
practice-page-guide-2-about = Druk als { $manager } op ‘Ik doe mee’ onder de uitnodiging en kies wie mag meelezen.
practice-page-guide-2-go = Kijk als { $manager }
practice-page-guide-3 = Reis vooruit
practice-page-guide-3-about = Spring naar het volgende moment: er komt een experiment in je privéberichten. Antwoord in je eigen woorden.
practice-page-guide-3-go = Volgend moment
practice-page-guide-4 = Lees het logboek
practice-page-guide-4-about = Weer als { $coach }: ‘/coach log’ laat zien wat er gedeeld is. In een terminal: { $command }
practice-page-guide-4-go = Kijk als { $coach }
practice-page-guide-5 = Kijk wie er mag meelezen
practice-page-guide-5-about = Als { $manager } zie je met ‘/coach meelezen’ wie er meeleest en wie dat goed vond. Hier mag het vanaf het begin; waar mensen werken, legt een beheerder het eerst vast.
practice-page-guide-5-go = Kijk als { $manager }
practice-page-guide-6 = Haal de ondernemingsraad erbij
practice-page-guide-6-about = Als { $coach }, hier ook beheerder: wijs met ‘/coach ondernemingsraad’ { $council } aan. Met ‘/coach meelezen’ kan { $council } het meelezen stopzetten.
practice-page-guide-6-go = Kijk als { $coach }
practice-page-guide-7 = Lees het aan de desk
practice-page-guide-7-about = Hetzelfde logboek in de browser, en alles over elke persoon. Kies { $coach }, lees en antwoord; kies daarna { $manager } en zie dat het gelezen is.
practice-page-guide-7-go = Open de desk

## Gesprekken

practice-page-messages-in = Berichten in { $name }; met de pijltjes ga je van bericht naar bericht
practice-page-empty = In { $name } is nog niets gezegd.
practice-page-new = Nieuw
practice-page-new-messages = Nieuwe berichten
practice-page-came-in-one = { $count } nieuw bericht
practice-page-came-in-other = { $count } nieuwe berichten
practice-page-private = besloten
practice-page-private-channel = besloten-kanaal
practice-page-archived = gearchiveerd
practice-page-without-bot = Pitstop zit hier niet in
practice-page-channel-menu = Kanaalmenu
practice-page-invite-bot = Nodig Pitstop uit
practice-page-remove-bot = Haal Pitstop eruit
practice-page-archive = Archiveer het kanaal
practice-page-unarchive = Haal het kanaal terug
practice-page-archive-question = Dit kanaal archiveren?
practice-page-archive-about = In een gearchiveerd kanaal kan niemand meer schrijven, Pitstop ook niet.
practice-page-thread = Draadje
practice-page-thread-close = Sluit het draadje
practice-page-replies-one = { $count } antwoord
practice-page-replies-other = { $count } antwoorden
practice-page-last-reply = laatste { $when }

## Berichten

practice-page-somebody = Iemand
practice-page-app-tag = app
practice-page-only-you = Alleen jij ziet dit
practice-page-edited = (bewerkt)
practice-page-was-deleted = Dit bericht is verwijderd.
practice-page-message-menu = Berichtmenu
practice-page-reply-in-thread = Antwoord in een draadje
practice-page-edit = Bewerken
practice-page-delete = Verwijderen
practice-page-delete-question = Dit bericht verwijderen?
practice-page-picture = afbeelding
practice-page-unsupported = Deze pagina kan ‘{ $type }’ niet tonen.

## Schrijven

practice-page-write-to = Bericht aan { $name }
practice-page-write-reply = Antwoord
practice-page-send = Versturen
practice-page-attach = Voeg een oefenbestand toe
practice-page-files-one = { $count } oefenbestand
practice-page-files-other = { $count } oefenbestanden
practice-page-files-remove = Haal de bestanden weg
practice-page-is-archived = Dit kanaal is gearchiveerd.
practice-page-is-deactivated = Dit account is uitgeschakeld.
practice-page-is-stranger = Je zit niet in dit kanaal.
practice-page-verbs = Wat je Pitstop kunt vragen
practice-page-coach-about = praat met Pitstop
practice-page-verb-start = start
practice-page-verb-start-about = zet een reis op in dit kanaal
practice-page-verb-join = meedoen
practice-page-verb-join-about = doe mee, voor jezelf
practice-page-verb-leave = stop
practice-page-verb-leave-about = doe niet meer mee
practice-page-verb-pause = pauze
practice-page-verb-pause-about = niets tot een datum die jij kiest
practice-page-verb-resume = verder
practice-page-verb-resume-about = ga verder na een pauze
practice-page-verb-next = volgende
practice-page-verb-next-about = krijg nu al het volgende bericht
practice-page-verb-later = later
practice-page-verb-later-about = stel het experiment dat openstaat uit
practice-page-verb-settings = instellingen
practice-page-verb-settings-about = uur, dagen, taal, tijdzone
practice-page-verb-log = log
practice-page-verb-log-about = lees wat er gedeeld is
practice-page-verb-reading = meelezen
practice-page-verb-reading-about = zie wie er mag meelezen
practice-page-verb-council = ondernemingsraad
practice-page-verb-council-about = wijs iemand aan namens de ondernemingsraad
practice-page-verb-export = export
practice-page-verb-export-about = download je gegevens
practice-page-verb-forget = vergeet
practice-page-verb-forget-about = verwijder je gegevens
practice-page-verb-status = status
practice-page-verb-status-about = waar je staat
practice-page-verb-help = help
practice-page-verb-help-about = alles wat je kunt vragen

## Velden

practice-page-choose = Kies…
practice-page-search = Zoeken
practice-page-optional = (mag leeg)
practice-page-more-options = Meer keuzes
practice-page-none-chosen = Nog niets gekozen
practice-page-chosen-one = { $count } gekozen
practice-page-chosen-other = { $count } gekozen
practice-page-pick-date = Kies een datum
practice-page-pick-time = Kies een tijd
practice-page-pick-moment = Kies een datum en tijd
practice-page-required = Vul dit nog even in.
practice-page-not-valid = Dit lijkt niet te kloppen.
practice-page-number-between = Geef een getal van { $least } tot en met { $most }.
practice-page-too-short-one = Minstens { $count } teken, graag.
practice-page-too-short-other = Minstens { $count } tekens, graag.
practice-page-errors-one = { $count } veld klopt nog niet.
practice-page-errors-other = { $count } velden kloppen nog niet.

## Vragen

practice-page-sure = Weet je het zeker?
practice-page-yes = Ja
practice-page-cancel = Annuleren
practice-page-close = Sluiten
practice-page-save = Opslaan

## Proberen wat er mis kan gaan

practice-page-person-menu = Menu van deze persoon
practice-page-deactivated = uitgeschakeld
practice-page-deactivate = Schakel het account uit
practice-page-deactivate-question = { $name } uitschakelen?
practice-page-deactivate-about = Zoals wanneer iemand uit dienst gaat. Je kunt het account terughalen.
practice-page-reactivate = Haal het account terug
practice-page-workspace-menu = Probeer wat er mis kan gaan
practice-page-redeliver = Bezorg het laatste bericht opnieuw
practice-page-redeliver-about = zoals Slack doet als het geen antwoord zag
practice-page-install = Installeer Pitstop opnieuw
practice-page-install-about = na verwijderen of intrekken
practice-page-revoke = Trek het token in
practice-page-revoke-about = Pitstop kan dan niets meer zeggen
practice-page-uninstall = Verwijder Pitstop
practice-page-uninstall-short = uit de hele werkruimte
practice-page-uninstall-question = Pitstop verwijderen?
practice-page-uninstall-about = Pitstop stuurt dan niets meer. Wat het bewaart, is daarmee nog niet gewist.

## Wat de pagina zelf zegt

practice-page-lost = De verbinding met de oefenomgeving is weg. Die komt vanzelf terug.
practice-page-problems-one = { $count } probleem in de teksten
practice-page-problems-other = { $count } problemen in de teksten
practice-page-error-other = Dat lukte niet ({ $code }).
practice-page-error-unreachable = De oefenomgeving is niet bereikbaar. Draait die nog?
practice-page-error-not-acknowledged = Pitstop gaf geen antwoord. Wat je typte is niet weg.
practice-page-error-dispatch-failed = Pitstop gaf geen goed antwoord. Probeer het nog eens.
practice-page-error-operation-timeout = Pitstop deed er te lang over. Probeer het nog eens.
practice-page-error-account-inactive = Dit account is uitgeschakeld.
practice-page-error-is-archived = Dit kanaal is gearchiveerd.
practice-page-error-not-in-channel = Je zit niet in dit kanaal.
practice-page-error-no-text = Er valt niets te versturen.
practice-page-error-msg-too-long = Dat is langer dan Slack toestaat.
practice-page-error-message-not-found = Dat bericht is er niet meer.
practice-page-error-view-not-found = Dat venster was al dicht.
practice-page-error-thread-not-found = Dat draadje is er niet meer.
practice-page-error-invalid-tz = Die tijdzone bestaat niet.
practice-page-error-invalid-time = Daar kun je niet naartoe reizen.
practice-page-error-travelling = We zijn al onderweg.
practice-page-error-nothing-delivered = Er was nog niets te bezorgen.
practice-page-error-unknown-command = Hier werkt alleen /coach.
practice-page-error-command-in-thread = Slack neemt commando's aan in het gesprek, niet in een draadje.
