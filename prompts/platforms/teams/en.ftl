# What is said differently in Teams: terms of its own, and phrases that replace those of phrases/en.

-coach = @Pitstop
-platform = Teams

help-intro = In our own chat one word is enough. In the channel of your team, begin with my name: @Pitstop.
log-not-coach = The log is for the coaches of a journey, and you aren't one. Type “me” to see what you wrote yourself.
press-again = I couldn't open that. Please press once more.
command-again = I couldn't open that. Please type it once more.
