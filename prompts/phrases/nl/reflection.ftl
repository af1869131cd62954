### Terugkijken, en de peiling.

reflection-label = Je terugblik
reflection-tried =
    { $count ->
        [one] Eén experiment gedaan.
       *[other] { $count } experimenten gedaan.
    }
reflection-more = En nog { $count }. Die staan op je eigen pagina; daar kun je ze ook delen.
reflection-private =
    { $count ->
        [one] Eén privénotitie, die ik hier niet herhaal.
       *[other] { $count } privénotities, die ik hier niet herhaal.
    }
reflection-read-button = Mijn eigen notities lezen
form-notes-title = Je eigen notities

pulse-open-button = Invullen, één minuut
pulse-skip-button = Liever niet
pulse-done-said = Ingevuld. Alleen jij ziet je eigen antwoorden; die van de groep komen pas in beeld vanaf vijf mensen, zonder namen.
pulse-skipped-said =
    { $week ->
        [0] Overgeslagen, en dat mag.
       *[other] Overgeslagen. Zonder kan ook.
    }
pulse-form-intro = Acht korte stellingen. Sla gerust over wat je wilt.
pulse-empty = Vul er minstens één in, of kies Annuleren.
pulse-before-after = toen { $before }, nu { $after }
pulse-before-after-about = Je eigen antwoorden van toen en nu, alleen voor jou. In een paar maanden gebeurt er veel: acht antwoorden bewijzen op zichzelf niets.
pulse-before-spread = Eerst  { $spread }
pulse-after-spread = Nu  { $spread }
form-pulse-title = De peiling
form-pulse-submit = Versturen

reflection-may = Mag dit in het kanaal? Je kiest per regel; druk je nergens op, dan blijft het erbuiten.
reflection-changes = Je veranderingen die nog openstaan. Is er een begonnen, schuift er een op of gaat er een niet door?
