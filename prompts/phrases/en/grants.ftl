### Who reads what somebody shares: asked for a press, told once, and changed at any time.

reader-line-manager = { $name } (line manager of people here)

reads-earlier-too = **{ $name }** can read what you share with your coach, earlier texts too.
reads-since = **{ $name }** can read what you share with your coach from { $day } on.
reads-until = **{ $name }** can read what you shared with your coach until { $day }, and nothing after that.
reads-some = **{ $name }** can read only the texts that you opened to your coach one by one.
reads-none = **{ $name }** reads nothing of yours.
reading-gate-shut = Nobody reads along: no coach may read here at the moment.
reading-not-said-yes = { $name } hasn't said yes to coaching yet, and reads nothing before that.
reading-nobody = Nobody reads what you share.
reading-elsewhere = You're with another team now, so this no longer matters. Your own page shows who reads what you share.

reading-ask-title = Who may read along?
reading-ask-coach = **{ $names }** would like to read what you share with your coach. It's your choice.
reading-ask-changed = What coaches here can see has changed. May **{ $names }** go on reading what you share with your coach?
reading-ask-manager = So somebody who may decide about people's work here would read it.
reading-ask-about = What you write from now on, or earlier texts as well? What is private stays private either way. Without a press from you it is a no.
reading-yes-button = Yes, from now on
reading-earlier-button = Earlier ones too
reading-no-button = No
reading-change-button = Change
reading-ask-over = This question is over: nobody is waiting to read what you share.
reading-coach-left = { $name } doesn't coach here any more, and reads nothing of yours.
reading-coach-gone = Whom this was about doesn't coach here any more, and reads nothing of yours.

reading-news-title = Who reads what you share
reading-gone = **{ $name }** no longer coaches your team, and reads nothing of yours any more.
reading-gone-nobody = A coach of your team is gone, and reads nothing of yours any more.
reading-back = **{ $name }** had stopped coaching your team, and is back.
reading-opened = From now on coaches may read here what people let them. Earlier texts stay closed, unless you chose to open those too.
reading-opened-again = Coaches were not allowed to read here for a while. By now they are again, what people let them.
reading-stopped = No coach reads here any more: reading was stopped. What you wrote stays with you, as it was.
reading-stopped-since = Coaches were allowed to read here. By now that was stopped again, so no coach reads.
reading-agreed = Agreed by
reading-not_needed = No agreement needed
reading-practice = For practice
reading-agreed-on = On

reading-left-out-title = Left out of the team's post
reading-left-out = **{ $coach }** left something you wrote out of the team's post: what you shared about { $about }, on { $day }.
reading-left-out-coach = A coach
reading-left-out-back = What you shared about { $about } on { $day } had been left out of the team's post. It's meant for the post again.
reading-left-out-over = This was about something of yours that isn't meant for the channel any more.
reading-left-out-note = Your words are as you wrote them, and nothing else changes in who can read them. You're welcome to ask why.

coach-manager-label = Are you the line manager of people here?
coach-manager-yes = Yes, I'm a line manager of people here
coach-manager-no = No, I'm nobody's line manager here
coach-manager-said-yes = You said that you're the line manager of people here. People see that beside your name.
coach-manager-said-no = You said that you're nobody's line manager here.
coach-manager-missing = First choose whether you are the line manager of people here. They can see your answer.
coach-manager-refused = Line managers don't coach here: that is how it was agreed. So you can't be the coach here; press *Rather not*.

leave-which = You take part yourself, and you coach. What do you want to stop?
leave-which-team = You coach more than one team. Which one do you want to stop coaching?
leave-run-button = My own journey
coach-leave-option = Coaching { $channel }
form-coach-left-title = Stop coaching
form-coach-left-submit = Stop
coach-stop-about = You coach the team of **{ $channel }**. When you stop, you read nothing there any more, at once. People who let you read are told that you stopped, once. What you wrote to them stays.
coach-stop-label = How do you want to stop?
coach-stop-step = I step down
coach-stop-step-about = Nobody takes over for now.
coach-stop-hand = I hand over
coach-stop-hand-about = I ask the person below. Everybody then says yes or no for themselves.
coach-stop-missing = Choose how you want to stop.
coach-hand-label = Who takes over? (only if you hand over)
coach-step-named = You named somebody, and chose to step down. Choose to hand over, or leave this empty.
coach-hand-missing = Choose who takes over.
coach-hand-nobody = That account is a bot or is switched off. Pick a person.
coach-hand-self = That's you. Pick somebody else.
coach-hand-council = That person has the council's seat here, and can't be the coach as well. Pick somebody else.
coach-hand-outside = That person is from outside your organization, and may not take part here. Pick somebody else.
coach-hand-declined = That person said earlier that they'd rather not coach here. Pick somebody else.
coach-left-done = You don't coach here any more, and read nothing of what people share.
coach-handed-over = You don't coach here any more, and read nothing of what people share. I've asked { $name } to take over.
coach-removed-done = { $name } doesn't coach { $channel } any more, and reads nothing there.

scope-names = You and { $names } can read this
scope-unread-coach = Only you can read this for now: there is no coach yet
scope-unread-gate = Only you can read this for now: no coach may read here at the moment
scope-unread-asked = Only you can read this for now: { $names } hasn't said yes yet
scope-unread-grant = Only you can read this for now: you haven't let { $names } read it

scope-coaches = Your coach here: { $names }. If you choose your coach, they may read this text.
scope-coaches-none = There is no coach here yet, so for now nobody but you reads it.
scope-coaches-shut = Your coach here: { $names }. At the moment no coach may read here.
scope-readers-changed = Who coaches here has changed since you opened this, so nothing was saved. Close it, and open it once more.

home-readers = Who reads what you share
home-no-readers = Nobody: there is no coach here yet.
home-readers-older = From now on you keep what you write to yourself. The lines above are about what you shared before; *Stop* closes that, too.
reading-stop-button = Stop
reading-let-button = Let them read from now on
reading-let-earlier-button = Earlier ones too

coach-remove-option = { $name } no longer coaches { $channel }
coach-remove-confirm = { $name } reads nothing any more, at once, and people who let them read are told. Go on?
