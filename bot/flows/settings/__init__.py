"""How somebody set things: hours, days, zone, region, language; read from forms as their person meant them."""
