### Wie leest wat iemand deelt: gevraagd met een druk op de knop, één keer verteld, en altijd te veranderen.

reader-line-manager = { $name } (leidinggevende van mensen hier)

reads-earlier-too = **{ $name }** leest wat je met je coach deelt, ook wat je eerder schreef.
reads-since = **{ $name }** leest wat je sinds { $day } met je coach deelt.
reads-until = **{ $name }** leest wat je tot { $day } met je coach deelde, en niets van daarna.
reads-some = **{ $name }** leest alleen de teksten die je één voor één voor je coach hebt opengezet.
reads-none = **{ $name }** leest niets van jou.
reading-gate-shut = Er leest niemand mee: op dit moment mag hier geen coach meelezen.
reading-not-said-yes = { $name } heeft nog geen ja gezegd tegen het coachen, en leest tot die tijd niets.
reading-nobody = Niemand leest wat je deelt.
reading-elsewhere = Je hoort nu bij een ander team, dus dit doet er niet meer toe. Op je eigen pagina staat wie leest wat je deelt.

reading-ask-title = Wie mag er meelezen?
reading-ask-coach = **{ $names }** wil graag lezen wat je met je coach deelt. Jij kiest.
reading-ask-changed = Wat coaches hier kunnen zien, is veranderd. Mag **{ $names }** blijven lezen wat je met je coach deelt?
reading-ask-manager = Dan leest iemand mee die over het werk van mensen hier kan beslissen.
reading-ask-about = Wat je vanaf nu schrijft, of ook eerdere teksten? Wat privé is, blijft hoe dan ook privé. Druk je nergens op, dan is het nee.
reading-yes-button = Ja, vanaf nu
reading-earlier-button = Ook eerdere teksten
reading-no-button = Nee
reading-change-button = Veranderen
reading-ask-over = Deze vraag is voorbij: er wacht niemand op om te lezen wat je deelt.
reading-coach-left = { $name } is hier geen coach meer, en leest niets van jou.
reading-coach-gone = Over wie dit ging, is hier geen coach meer en leest niets van jou.

reading-news-title = Wie leest wat je deelt
reading-gone = **{ $name }** coacht je team niet meer, en leest niets meer van jou.
reading-gone-nobody = Een coach van je team is weg, en leest niets meer van jou.
reading-back = **{ $name }** was gestopt als coach van je team, en is er weer.
reading-opened = Vanaf nu mogen coaches hier lezen wat mensen hun laten lezen. Wat je eerder schreef blijft dicht, tenzij je dat ook hebt opengezet.
reading-opened-again = Een tijd lang mochten coaches hier niet meelezen. Intussen mag het weer, voor zover mensen dat toestaan.
reading-stopped = Er leest hier geen coach meer mee: het meelezen is stopgezet. Wat je schreef, blijft zoals het was bij jou.
reading-stopped-since = Coaches mochten hier meelezen. Intussen is dat weer stopgezet, dus er leest geen coach mee.
reading-agreed = Akkoord van
reading-not_needed = Geen akkoord nodig
reading-practice = Om te oefenen
reading-agreed-on = Op

reading-left-out-title = Uit het teambericht gelaten
reading-left-out = **{ $coach }** liet iets van jou uit het teambericht: wat je deelde over { $about }, op { $day }.
reading-left-out-coach = Een coach
reading-left-out-back = Wat je op { $day } deelde over { $about }, was uit het teambericht gelaten. Het gaat nu toch weer mee.
reading-left-out-over = Dit ging over iets van jou dat niet meer voor het kanaal is.
reading-left-out-note = Je woorden staan er nog zoals je ze schreef, en verder verandert er niets aan wie ze leest. Vraag gerust waarom.

coach-manager-label = Ben je de leidinggevende van mensen hier?
coach-manager-yes = Ja, ik ben leidinggevende van mensen hier
coach-manager-no = Nee, ik ben hier van niemand de leidinggevende
coach-manager-said-yes = Je zei dat je leidinggevende bent van mensen hier. Dat staat bij je naam.
coach-manager-said-no = Je zei dat je hier van niemand de leidinggevende bent.
coach-manager-missing = Kies eerst of je de leidinggevende bent van mensen hier. Zij kunnen je antwoord zien.
coach-manager-refused = Leidinggevenden coachen hier niet: zo is het afgesproken. Je kunt hier dus geen coach zijn; druk op *Liever niet*.

leave-which = Je doet zelf mee, en je coacht. Waarmee wil je stoppen?
leave-which-team = Je coacht meer dan één team. Met welk team wil je stoppen?
leave-run-button = Mijn eigen reis
coach-leave-option = { $channel } coachen
form-coach-left-title = Stoppen met coachen
form-coach-left-submit = Stoppen
coach-stop-about = Je coacht het team van **{ $channel }**. Stop je, dan lees je daar meteen niets meer. Wie jou liet meelezen, hoort één keer dat je gestopt bent. Wat je aan mensen schreef, blijft.
coach-stop-label = Hoe wil je stoppen?
coach-stop-step = Ik stop ermee
coach-stop-step-about = Voorlopig neemt niemand het over.
coach-stop-hand = Ik draag het over
coach-stop-hand-about = Ik vraag de persoon hieronder. Daarna zegt ieder voor zich ja of nee.
coach-stop-missing = Kies hoe je wilt stoppen.
coach-hand-label = Wie neemt het over? (alleen als je overdraagt)
coach-step-named = Je noemt iemand, en koos om te stoppen. Kies voor overdragen, of laat dit leeg.
coach-hand-missing = Kies wie het overneemt.
coach-hand-nobody = Dat account is een bot of staat uit. Kies iemand anders.
coach-hand-self = Dat ben je zelf. Kies iemand anders.
coach-hand-council = Die persoon zit hier namens de ondernemingsraad, en kan niet ook de coach zijn. Kies iemand anders.
coach-hand-outside = Die persoon komt van buiten je organisatie, en mag hier niet meedoen. Kies iemand anders.
coach-hand-declined = Die persoon zei eerder hier liever geen coach te zijn. Kies iemand anders.
coach-left-done = Je bent hier geen coach meer, en leest niets van wat mensen delen.
coach-handed-over = Je bent hier geen coach meer, en leest niets van wat mensen delen. Ik heb { $name } gevraagd het over te nemen.
coach-removed-done = { $name } is geen coach meer van { $channel }, en leest daar niets meer.

scope-names = Jij en { $names } kunnen dit lezen
scope-unread-coach = Voorlopig lees alleen jij dit: er is nog geen coach
scope-unread-gate = Voorlopig lees alleen jij dit: op dit moment mag hier geen coach meelezen
scope-unread-asked = Voorlopig lees alleen jij dit: { $names } heeft nog geen ja gezegd
scope-unread-grant = Voorlopig lees alleen jij dit: je laat { $names } dit niet lezen

scope-coaches = Je coach hier: { $names }. Kies je voor je coach, dan mag die deze tekst lezen.
scope-coaches-none = Er is hier nog geen coach, dus voorlopig leest niemand anders het.
scope-coaches-shut = Je coach hier: { $names }. Op dit moment mag hier geen coach meelezen.
scope-readers-changed = Wie hier coacht, is veranderd sinds je dit opende, dus er is niets opgeslagen. Sluit dit, en open het nog eens.

home-readers = Wie leest wat je deelt
home-no-readers = Niemand: er is hier nog geen coach.
home-readers-older = Wat je vanaf nu schrijft, houd je voor jezelf. Hierboven gaat het over wat je eerder deelde; met *Stoppen* gaat ook dat dicht.
reading-stop-button = Stoppen
reading-let-button = Vanaf nu laten meelezen
reading-let-earlier-button = Ook eerdere teksten

coach-remove-option = { $name } coacht { $channel } niet meer
coach-remove-confirm = { $name } leest dan meteen niets meer, en wie dat toestond, hoort het. Doorgaan?
