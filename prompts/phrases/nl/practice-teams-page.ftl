### De pagina van de oefen-Teams. Wat hier niet staat, zegt ze zoals die van Slack; de pagina vult de plekken zelf in.

## Het kader

practice-teams-workspace = Teams
practice-teams-channels = Team
practice-teams-directs = Chat
practice-teams-tab-team = Kanaal

## De wegwijzer

practice-teams-guide-about = Een nagemaakte Teams waarin de echte Pitstop draait. Er is verder niemand: jij speelt iedereen.
practice-teams-guide-1-about = Stuur als { $coach }, de coach, ‘@Pitstop start’ in { $channel }. In de chat met Pitstop komt een formulier: vul dat in.
practice-teams-guide-2-about = Druk als { $manager } op ‘Ik doe mee’ onder de uitnodiging. Kies in de chat wie mag meelezen.
practice-teams-guide-3-about = Spring naar het volgende moment: er komt een experiment in de chat. Antwoord in je eigen woorden.
practice-teams-guide-4-about = Weer als { $coach }: stuur Pitstop ‘log’ en zie wat er gedeeld is. In een terminal: { $command }

## Schrijven

practice-teams-mention = Vermeld Pitstop
practice-teams-mention-about = in een kanaal hoort Pitstop alleen wat het vermeldt
practice-teams-write-to = Bericht aan { $name }
practice-teams-is-without-app = Pitstop zit niet in deze chat.
practice-teams-without-bot = Pitstop zit niet in dit team
practice-teams-verbs = Wat je Pitstop kunt vragen
practice-teams-command-start = start
practice-teams-command-start-about = zet een reis op in dit kanaal
practice-teams-command-join = meedoen
practice-teams-command-join-about = doe mee, voor jezelf
practice-teams-command-leave = stop
practice-teams-command-leave-about = doe niet meer mee
practice-teams-command-pause = pauze
practice-teams-command-pause-about = niets tot een datum die jij kiest
practice-teams-command-resume = verder
practice-teams-command-resume-about = ga verder na een pauze
practice-teams-command-next = volgende
practice-teams-command-next-about = krijg nu al het volgende bericht
practice-teams-command-settings = instellingen
practice-teams-command-settings-about = uur, dagen, taal, tijdzone
practice-teams-command-log = log
practice-teams-command-log-about = lees wat er gedeeld is
practice-teams-command-export = export
practice-teams-command-export-about = neem je gegevens mee
practice-teams-command-forget = vergeet
practice-teams-command-forget-about = wis je gegevens
practice-teams-command-status = status
practice-teams-command-status-about = waar je staat
practice-teams-command-help = help
practice-teams-command-help-about = alles wat je kunt vragen

## Bestanden

practice-teams-file-accept = Accepteren
practice-teams-file-decline = Weigeren
practice-teams-file-accepted = Bewaard bij je bestanden
practice-teams-file-declined = Geweigerd

## De app

practice-teams-channel-menu = Kanaalmenu
practice-teams-add-app = Voeg Pitstop toe
practice-teams-remove-app = Haal Pitstop uit de chat
practice-teams-remove-app-question = Pitstop weghalen?
practice-teams-remove-app-about = Pitstop kan je dan niet meer schrijven. Wat het bewaart, is daarmee nog niet gewist.
practice-teams-add-to-team = Voeg Pitstop toe aan het team
practice-teams-remove-from-team = Haal Pitstop uit het team

## Proberen wat er mis kan gaan

practice-teams-redeliver = Bezorg het laatste bericht opnieuw
practice-teams-redeliver-about = zoals Teams doet als het geen antwoord zag
practice-teams-redeliver-fresh = Hetzelfde met een nieuw nummer
practice-teams-redeliver-fresh-about = de tweede poging van Teams krijgt een ander nummer en een andere tijd

## Wat de pagina zelf zegt

practice-teams-lost = De verbinding met de oefen-Teams is weg. Die komt vanzelf terug.
practice-teams-error-unreachable = De oefen-Teams is niet bereikbaar. Draait die nog?
practice-teams-error-msg-too-long = Dat is langer dan Teams toestaat.
practice-teams-error-action-not-found = Die knop staat niet meer op de kaart.
practice-teams-error-app-not-installed = Pitstop zit niet in deze chat. Voeg het eerst toe.
practice-teams-error-message-deleted = Dat bericht is verwijderd.
practice-teams-error-file-not-found = Dat bestand is er niet meer.
