### De acht vragen van vooraf en achteraf

## Koppen

pulse-about-customers = IT en de klanten
pulse-about-cooperation = IT en de andere afdelingen

## Klanten

pulse-question-promise = Wat IT belooft, gebeurt, en op tijd.
pulse-question-posted = Wie op IT wacht, hoort tussendoor hoe het ervoor staat.
pulse-question-understands = IT begrijpt wat klanten nodig hebben voor hun werk.
pulse-question-overall = Welk cijfer geef je de service van IT?

## Samenwerking

pulse-question-result = IT en de andere afdelingen werken naar hetzelfde resultaat toe.
pulse-question-unasked = IT en de andere afdelingen helpen elkaar uit zichzelf.
pulse-question-matters = IT en de andere afdelingen weten van elkaar wat telt.
pulse-question-talking = Gaat er iets mis tussen afdelingen, dan wordt er eerst gepraat.

## Schalen

pulse-scale-1 = 1 · bijna nooit
pulse-scale-2 = 2 · af en toe
pulse-scale-3 = 3 · ongeveer de helft van de tijd
pulse-scale-4 = 4 · meestal
pulse-scale-5 = 5 · bijna altijd
pulse-scale-hint-0-10 = 0 is heel slecht, 10 is uitmuntend.
