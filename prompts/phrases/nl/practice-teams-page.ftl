### De pagina van het oefen-Teams. Wat hier niet staat, zegt ze zoals die van Slack; de pagina vult de plekken zelf in.

## Het kader

practice-teams-workspace = Teams
practice-teams-channels = Team
practice-teams-directs = Chat
practice-teams-tab-talk = Chat
practice-teams-tab-team = Kanaal

## De wegwijzer

practice-teams-guide-about = Een nagemaakt Teams waarin de echte Pitstop draait. Er is verder niemand: jij speelt iedereen.
practice-teams-guide-1-about = Stuur als { $coach }, de coach, ‘@Pitstop start’ in { $channel }. In de chat met Pitstop komt een formulier: vul dat in.
practice-teams-guide-2-about = Druk als { $manager } op ‘Ik doe mee’ onder de uitnodiging. Kies in de chat wie mag meelezen.
practice-teams-guide-3-about = Spring naar het volgende moment: er komt een experiment in de chat. Antwoord in je eigen woorden.
practice-teams-guide-4-about = Weer als { $coach }: stuur Pitstop ‘log’ en zie wat er gedeeld is. In een terminal: { $command }
practice-teams-guide-5-about = Als { $manager } zie je met ‘@Pitstop meelezen’ in { $channel } wie er meeleest en wie dat goed vond. Hier mag het vanaf het begin; waar mensen werken, legt een beheerder het eerst vast.
practice-teams-guide-6-about = Als { $coach }, hier ook beheerder: stuur Pitstop ‘ondernemingsraad’ en wijs { $council } aan. Met ‘meelezen’ kan { $council } het meelezen stopzetten.

## Berichten

practice-teams-undo = Ongedaan maken
practice-teams-quote = Antwoord met citaat
practice-teams-quote-remove = Citaat weghalen

## Schrijven

practice-teams-mention = Vermeld Pitstop
practice-teams-mention-about = in een kanaal krijgt Pitstop alleen berichten met @Pitstop erin
practice-teams-is-without-app = Pitstop zit niet in deze chat.
practice-teams-without-bot = Pitstop zit niet in dit team

## Bestanden

practice-teams-file-accept = Accepteren
practice-teams-file-decline = Weigeren
practice-teams-file-accepted = Bewaard bij je bestanden
practice-teams-file-declined = Geweigerd

## De app

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

practice-teams-error-msg-too-long = Dat is langer dan Teams toestaat.
practice-teams-error-action-not-found = Die knop staat niet meer op de kaart.
practice-teams-error-app-not-installed = Pitstop zit niet in deze chat. Voeg het eerst toe.
practice-teams-error-action-disabled = Die knop werkt nu niet.
practice-teams-error-invalid-input = Op de kaart is nog iets niet goed ingevuld.
practice-teams-error-already-answered = Je hebt dat al beantwoord.
practice-teams-error-file-not-found = Dat bestand is er niet meer.
