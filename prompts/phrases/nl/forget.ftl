### Stoppen, je gegevens meenemen en ze wissen.

leave-nothing = Je doet niet mee, dus er valt niets te stoppen.
leave-done = Je bent gestopt; vanaf nu stuur ik je niets meer. Toch weer zin? Typ `{ -coach } meedoen` in het kanaal van je team. Wat je schreef, bewaar ik nog; ook dat kun je verwijderen.

export-make-button = Download mijn gegevens
export-json = Alles wat ik over je bewaar, voor machines (JSON).
export-csv = Hetzelfde, als spreadsheet (CSV).
export-done = Er staan twee bestanden in ons eigen gesprek: alles wat ik over je bewaar.
export-nothing = Ik bewaar niets over jou.
export-failed = De bestanden kwamen niet aan. Er is niets weg; probeer het over een minuutje nog eens.

proof-file = Wie welke woorden van je las, en wanneer (JSON).
proof-done = { $count ->
    [0] Niemand las je woorden. Het bestand in ons eigen gesprek zegt dat ook, met waar de lijst toen eindigde.
    [one] Het bestand in ons eigen gesprek laat zien wie één keer je woorden las. Bewaar het.
   *[other] Het bestand in ons eigen gesprek laat de { $count } keren zien dat iemand je woorden las. Bewaar het.
} Wie mij beheert, kan het controleren met ‘pitstop audit verify --receipt’.
proof-failed = Het bestand kwam niet aan. Er is niets weg; probeer het over een minuutje nog eens.
proof-about = Wie welke woorden van je las, en wanneer. Bij elke regel staat het nummer waaronder die in het register staat: verandert of verwijdert iemand de regel daar, dan komt dat bij het controleren van dit bestand uit.

erase-open-button = Verwijder alles
erase-nothing = Ik bewaar niets over jou, dus er valt niets te verwijderen.
form-erase-title = Alles verwijderen?
form-erase-submit = Verwijder alles
erase-goes = **Dit gaat weg, meteen en voorgoed:** wat je schreef, je plannen, je antwoorden op de vragen vooraf en achteraf, je toestemming, je instellingen en alles wat voor je klaarstond. Je stopt daarmee ook met de reis.
erase-stays = **Dit blijft:** één regel dat er iets is verwijderd, zonder je naam of je woorden. Wat ik in het kanaal van je citeerde, haal ik daar weg uit mijn berichten. Ook mijn eigen berichten in dit gesprek haal ik weg, binnen een paar minuten. Wat je zelf typte, blijft in { -platform } staan: je eigen berichten kun je daar verwijderen; over de rest gaat { -owner }.
erase-agree = Weet je het zeker?
erase-agree-option = Ja, verwijder alles over mij
erase-not-agreed = Zet eerst een vinkje. Toch niet? Sluit dan dit venster: er wordt niets verwijderd.
erase-done = Alles is weg. Ik ken je niet meer, en dit is mijn laatste bericht. Mijn oudere berichten in dit gesprek verdwijnen in de komende minuten; tot dan, en hooguit een week, weet ik alleen nog waar ze staan. Wat je zelf typte, blijft in { -platform } staan tot je het verwijdert. Het ga je goed.
