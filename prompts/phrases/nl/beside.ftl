### Wat er met getypte woorden meekomt, of in plaats ervan.

said-forward = Ik bewaar alleen wat je zelf typt, dus van dat doorgestuurde bericht is niets bewaard. Typ wat je erover wilt zeggen.
said-beside-forward = Wat je typte is bewaard, het bericht dat je doorstuurde niet.
said-beside-files = Wat je typte is bewaard, plaatjes en bestanden niet.
