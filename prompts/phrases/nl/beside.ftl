### Wat er met getypte woorden meekomt, of in plaats ervan.

said-forward = Ik bewaar alleen wat je zelf typt, dus van dat doorgestuurde bericht is niets bewaard. Typ wat je erover wilt zeggen.
said-undeleted = Je hebt een bericht teruggehaald dat je had verwijderd. Ik heb de tekst niet meer. Wil je hem toch bewaren, typ hem dan opnieuw.
card-beside-forward = Het doorgestuurde bericht is niet bewaard.
card-beside-files = Plaatjes en bestanden zijn niet bewaard.
