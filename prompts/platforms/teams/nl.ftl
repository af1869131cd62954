# What is said differently in Teams: terms of its own, and phrases that replace those of phrases/nl.

-coach = @Pitstop
-platform = Teams

help-intro = In onze eigen chat is één woord genoeg. In het kanaal van je team begin je met mijn naam: @Pitstop.
log-not-coach = Het logboek is voor de coaches van een reis, en dat ben jij niet. Typ ‘ik’ om te zien wat je zelf schreef.
press-again = Dat openen lukte niet. Druk nog eens.
command-again = Dat openen lukte niet. Typ het nog eens.
