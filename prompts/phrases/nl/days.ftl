### Dagen die mensen typen, en wat er gevraagd wordt als het er meer dan één kan zijn.

day-another = Een andere dag
day-unsure = Ik weet niet zeker welke dag je bedoelt. Kies hem hier.
day-unread = Dat kan ik niet als dag lezen. Schrijf het zo: 2026-12-31.
hour-unread = Dat kan ik niet als tijd lezen. Schrijf het zo: 10:00.

pause-asked = Pauze tot **{ $day }**? Die dag begin ik weer.
pause-which-day = Welke dag bedoel je? Op die dag begin ik weer.
pause-until-button = Ja, pauze
later-asked = Uitstellen tot **{ $day }**?
later-which-day = Welke dag bedoel je? Dan kom ik ermee terug.
later-until-button = Ja, die dag
leave-unsure = Wil je met de hele reis stoppen, of even pauze en later verder?
leave-unsure-over = Wil je met de hele reis stoppen?
leave-for-good = Stoppen met de reis
leave-pause = Even pauze
resume-unsure = Ik weet niet zeker wanneer je verder wilt. Je pauze blijft zoals hij is, tot jij het zegt.
next-no-day = Je noemde een dag, maar dit laat alleen zien wat er komt. Met `{ -coach } later` stel je het open experiment uit, met `{ -coach } pauze` blijf ik stil tot een dag die jij kiest.

## Feestdagen

region-label = Regio, voor de feestdagen
region-hint = Alleen als ze binnen het land verschillen, bijvoorbeeld Engeland, Beieren of Ontario
region-needed = De feestdagen verschillen binnen { $country }. Schrijf welk deel: { $names }.
region-needed-of-many = De feestdagen verschillen binnen { $country }. Schrijf welk deel, bijvoorbeeld { $names }.
region-none = Voor { $country } is het land genoeg. Laat de regio leeg.
region-alone = Kies het land van deze regio, of laat de regio leeg.
