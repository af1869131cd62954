"""Days as people write them, on Tuesday 24 November 2026."""

from datetime import date

import pytest

from bot.coaching.language import Language
from bot.words.files.dates import read_date

EN, NL = Language.EN, Language.NL
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "language", "meant"),
    [
        # ISO, in any language, as it stands
        ("2026-12-01", EN, "2026-12-01"),
        ("2025-01-01", NL, "2025-01-01"),
        ("2036-11-24", NL, "2036-11-24"),
        # day and month: the next time it comes
        ("3 jan", EN, "2027-01-03"),
        ("3 Jan.", NL, "2027-01-03"),
        ("January 3", EN, "2027-01-03"),
        ("3rd of January", EN, "2027-01-03"),
        ("3 maart", NL, "2027-03-03"),
        ("3 mrt", NL, "2027-03-03"),
        ("1 januari 2028", NL, "2028-01-01"),
        ("30 nov", EN, "2026-11-30"),
        # day before month, in both languages
        ("3/1", EN, "2027-01-03"),
        ("3-1", NL, "2027-01-03"),
        ("12.12", NL, "2026-12-12"),
        ("31-12-2026", EN, "2026-12-31"),
        # how long from now
        ("2 weeks", EN, "2026-12-08"),
        ("in two weeks", EN, "2026-12-08"),
        ("in 10 days", EN, "2026-12-04"),
        ("in a month", EN, "2026-12-24"),
        ("2 weken", NL, "2026-12-08"),
        ("over twee weken", NL, "2026-12-08"),
        ("drie dagen", NL, "2026-11-27"),
        ("over een maand", NL, "2026-12-24"),
        ("over één week", NL, "2026-12-01"),
        # named days: the next one, never today
        ("monday", EN, "2026-11-30"),
        ("next Monday", EN, "2026-11-30"),
        ("Tuesday", EN, "2026-12-01"),
        ("maandag", NL, "2026-11-30"),
        ("volgende maandag", NL, "2026-11-30"),
        ("komende vrijdag", NL, "2026-11-27"),
        ("next week Friday", EN, "2026-12-04"),
        ("friday next week", EN, "2026-12-04"),
        ("volgende week op dinsdag", NL, "2026-12-01"),
        ("next week", EN, "2026-12-01"),
        ("volgende week", NL, "2026-12-01"),
        ("today", EN, "2026-11-24"),
        ("tomorrow!", EN, "2026-11-25"),
        ("morgen", NL, "2026-11-25"),
        ("overmorgen", NL, "2026-11-26"),
        ("yesterday", EN, "2026-11-23"),
        # with a word before it
        ("until 3 January", EN, "2027-01-03"),
        ("tot vrijdag", NL, "2026-11-27"),
        ("t/m 3 jan", NL, "2027-01-03"),
        ("tot en met 3 jan", NL, "2027-01-03"),
        # in the other language
        ("volgende maandag", EN, "2026-11-30"),
        ("tomorrow", NL, "2026-11-25"),
    ],
)
def test_a_day_is_understood(said: str, language: Language, meant: str) -> None:
    assert read_date(said, language, today=TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "ok",
        "later",
        "straks",
        "never",
        "12",
        "2026",
        "10:00",
        "2026-02-30",
        "31 february",
        "january",
        "3 jan" + " " * 100 + "x" * 100,
        "🙂",
        "מחר",
    ],
)
@pytest.mark.parametrize("language", list(Language))
def test_something_else_is_no_day(said: str, language: Language) -> None:
    assert read_date(said, language, today=TODAY) is None
