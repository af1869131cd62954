# What is said differently in Teams: terms of its own, and phrases that replace those of phrases/nl.

-coach = @Pitstop
-platform = Teams
-owner = de beheerder van Teams
-directs = chats

help-intro = In onze eigen chat is één woord genoeg; met ‘ik’ zie je je eigen pagina. In het kanaal van je team begin je met mijn naam: @Pitstop.
log-not-coach = Het logboek is voor de coaches van een reis, en dat ben jij niet. Typ ‘ik’ om te zien wat je zelf schreef.
press-again = Ik kon dat niet openen. Druk nog eens.
answer-note = Wat je in een formulier schrijft, blijft buiten de chat.
consent-operator = **Beheerd door:** { $operator }. De beheerder van Teams kan chats soms exporteren. Schrijf wat echt privé is dus liever in een van mijn formulieren.
export-done = Hierboven staan twee bestanden klaar: alles wat ik over je bewaar. Accepteer ze binnen een uur; daarna staan ze niet meer klaar.
home-read-note = Alleen jij ziet dit. Sluit je het, dan verdwijnt het uit onze chat.
start-invite-me = Ik zit nog niet in dit team. Voeg de app Pitstop eraan toe en verstuur dit dan opnieuw.
team-shared-below = Wat collega's deelden, staat in de reacties hieronder.
told-in-chat = De rest, met de knoppen, komt hieronder.
command-again = Ik kon dat niet openen. Typ het nog eens.
log-moved = Het logboek staat nu verder naar beneden.
admin-only = Alleen een beheerder kan dit, en jij staat niet op de lijst van beheerders. Er is dus niets veranderd. Wie Pitstop draait, houdt die lijst bij.
agreement-forward = Pitstop draait hier, maar de coaches kunnen nog niets lezen. Eerst moet vastliggen wie ermee instemt dat ze meelezen: de ondernemingsraad, of de mensen zelf. Of waarom dat niet nodig is. Wie Pitstop draait, zegt wie hiervoor beheerder is. Als beheerder doe je het in een minuut: typ `{ -coach } meelezen` en druk op ‘Vastleggen wie instemt’.
