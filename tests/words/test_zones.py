"""What somebody means by a time zone; what cannot be known is asked again."""

import pytest

from bot.coaching.calendar import is_zone
from bot.coaching.zones import TypedZone, ZoneTrouble
from bot.words.files.zones import CITIES, MOST_NAMED, read_zone

SHORT, FIXED, UNKNOWN = ZoneTrouble.SHORT, ZoneTrouble.FIXED, ZoneTrouble.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        # the zone itself, however it is written
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("EUROPE/AMSTERDAM ", "Europe/Amsterdam"),
        ("america/new york", "America/New_York"),
        ("Asia/ Kolkata", "Asia/Kolkata"),
        ("UTC", "UTC"),
        # as Windows calls it
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("w. europe standard time", "Europe/Berlin"),
        ("GMT Standard Time", "Europe/London"),
        ("Eastern Standard Time", "America/New_York"),
        # a large city, in English, Dutch or as it calls itself
        ("Amsterdam", "Europe/Amsterdam"),
        ("Rotterdam", "Europe/Amsterdam"),  # and not a station in Antarctica
        ("Utrecht", "Europe/Amsterdam"),
        ("Den Bosch", "Europe/Amsterdam"),
        ("Bangalore", "Asia/Kolkata"),  # and not Singapore
        ("Bengaluru", "Asia/Kolkata"),
        ("New York", "America/New_York"),
        ("Wenen", "Europe/Vienna"),
        ("Wien", "Europe/Vienna"),
        ("zürich", "Europe/Zurich"),
        ("Zurich", "Europe/Zurich"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("Guernsey", "Europe/Guernsey"),
        ("Europe/Rotterdam", "Europe/Amsterdam"),
        # with its country
        ("London, UK", "Europe/London"),
        ("Valencia, Spain", "Europe/Madrid"),
        ("Valencia, Spanje", "Europe/Madrid"),
        ("Valencia, VE", "America/Caracas"),
        # a country of one zone
        ("Nederland", "Europe/Amsterdam"),
        ("India", "Asia/Kolkata"),
    ],
)
def test_a_zone_is_understood(typed: str, zone: str) -> None:
    read = read_zone(typed)
    assert read.trouble is None
    assert is_zone(read.zone)
    assert read.zone == zone or (typed == "India" and read.zone == "Asia/Calcutta")


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        # places share it, and in some of them the clock changes
        ("EST", SHORT),
        ("cet", SHORT),
        ("IST", SHORT),
        ("PST8PDT", SHORT),
        ("Central European Time", SHORT),
        ("West-Europa (standaardtijd)", SHORT),
        # no summer time, and in one spelling the other way round
        ("GMT+1", FIXED),
        ("UTC+01:00", FIXED),
        ("UTC -5", FIXED),
        ("Etc/GMT+1", FIXED),
        ("+01:00", FIXED),
        ("GMT", FIXED),
        ("Greenwich Mean Time", FIXED),
        # nobody lives there
        ("Factory", UNKNOWN),
        ("localtime", UNKNOWN),
        # too large, or nowhere
        ("Europe", UNKNOWN),
        ("USA", UNKNOWN),
        ("Georgia", UNKNOWN),  # the country, or Atlanta's state
        ("Mars/Amsterdam", UNKNOWN),
        ("Mars/Phobos", UNKNOWN),
        ("", UNKNOWN),
        ("/", UNKNOWN),
        (",", UNKNOWN),
        ("x" * 60, UNKNOWN),
        ("- " * 50_000, UNKNOWN),
        ("🙂", UNKNOWN),
    ],
)
def test_what_is_no_zone_is_asked_again(typed: str, trouble: ZoneTrouble) -> None:
    assert read_zone(typed) == TypedZone(trouble=trouble)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Europe/Amsterdan", "Europe/Amsterdam"), ("Rotterdm", "Rotterdam"), ("Maastrict", "Maastricht")],
)
def test_a_slip_is_asked_about_and_never_taken(typed: str, meant: str) -> None:
    assert read_zone(typed) == TypedZone(trouble=ZoneTrouble.NEAR, among=(meant,))


@pytest.mark.parametrize(
    ("typed", "among", "country", "zone"),
    [
        ("Valencia", {"Europe/Madrid", "America/Caracas"}, "ES", "Europe/Madrid"),
        ("Ede", {"Africa/Lagos", "Europe/Amsterdam"}, "NL", "Europe/Amsterdam"),
        ("London", {"Europe/London", "America/Toronto"}, "GB-ENG", "Europe/London"),
        ("Alexandria", {"Africa/Cairo", "America/New_York"}, "EG", "Africa/Cairo"),  # and not Mashhad
        ("Bergen", {"Europe/Amsterdam", "Europe/Oslo"}, "NO", "Europe/Oslo"),
    ],
)
def test_of_cities_of_one_name_the_one_in_the_own_country_is_meant(
    typed: str, among: set[str], country: str, zone: str
) -> None:
    asked = read_zone(typed)
    assert (asked.trouble, asked.zone) == (ZoneTrouble.SEVERAL, "")
    assert among <= set(asked.among)
    assert len(asked.among) <= MOST_NAMED
    assert read_zone(typed, country).zone == zone
    assert read_zone(typed, "JP") == asked


def test_every_zone_of_the_table_is_there_and_says_where_it_is_from() -> None:
    lines = CITIES.read_text(encoding="utf-8").splitlines()
    assert "CC BY 4.0" in "".join(lines[:3])
    zones = [line.partition(" ")[0] for line in lines if not line.startswith("#")]
    assert [zone for zone in zones if not is_zone(zone)] == []
