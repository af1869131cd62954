"""Days as people type them, on Tuesday 24 November 2026: understood whole, asked, or not understood at all."""

from datetime import date

import pytest

from bot.coaching.days.typed import LONGEST, read_day
from bot.coaching.language import Language

EN, NL = Language.EN, Language.NL
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "language", "meant"),
    [
        # ISO, in any language, as it stands
        ("2026-12-01", EN, "2026-12-01"),
        ("2025-01-01", NL, "2025-01-01"),
        ("2036/11/24", NL, "2036-11-24"),
        # day and month: the next time it comes
        ("3 jan", EN, "2027-01-03"),
        ("3 Jan.", NL, "2027-01-03"),
        ("January 3", EN, "2027-01-03"),
        ("3rd of January", EN, "2027-01-03"),
        ("the 3rd of January", EN, "2027-01-03"),
        ("Dec 20, 2026", EN, "2026-12-20"),
        ("3 maart", NL, "2027-03-03"),
        ("3 mrt", NL, "2027-03-03"),
        ("3 maart '27", NL, "2027-03-03"),
        ("1 januari 2028", NL, "2028-01-01"),
        ("30 nov", EN, "2026-11-30"),
        ("24 november", EN, "2026-11-24"),
        # numbers: in Dutch the day comes first, in English where it must
        ("3/1", NL, "2027-01-03"),
        ("3-1", NL, "2027-01-03"),
        ("12/4", NL, "2027-04-12"),
        ("12.12", NL, "2026-12-12"),
        ("12/12", EN, "2026-12-12"),
        ("31-12-2026", EN, "2026-12-31"),
        ("12/31/2026", EN, "2026-12-31"),
        ("31-12-26", NL, "2026-12-31"),
        ("٢٠/١٢/٢٠٢٦", EN, "2026-12-20"),
        # a weekday that agrees settles it
        ("Friday 4/12", EN, "2026-12-04"),
        ("Monday 14 December", EN, "2026-12-14"),
        ("Monday, the 14th of December 2026", EN, "2026-12-14"),
        ("ma 14 dec", NL, "2026-12-14"),
        ("zo 13 dec", NL, "2026-12-13"),
        # a number of the month
        ("the 14th", EN, "2026-12-14"),
        ("de 14e", NL, "2026-12-14"),
        ("maandag de 14e", NL, "2026-12-14"),
        ("maandag 14", NL, "2026-12-14"),
        ("the 31st", EN, "2026-12-31"),
        # how long from now
        ("2 weeks", EN, "2026-12-08"),
        ("in two weeks", EN, "2026-12-08"),
        ("two weeks from today", EN, "2026-12-08"),
        ("two weeks from now", EN, "2026-12-08"),
        ("today in two weeks", EN, "2026-12-08"),
        ("for two weeks", EN, "2026-12-08"),
        ("for the next two weeks", EN, "2026-12-08"),
        ("a fortnight", EN, "2026-12-08"),
        ("in 10 days", EN, "2026-12-04"),
        ("in a month", EN, "2026-12-24"),
        ("half a year", EN, "2027-05-24"),
        ("2 weken", NL, "2026-12-08"),
        ("over twee weken", NL, "2026-12-08"),
        ("vandaag over twee weken", NL, "2026-12-08"),
        ("de komende twee weken", NL, "2026-12-08"),
        ("drie dagen", NL, "2026-11-27"),
        ("over een maand", NL, "2026-12-24"),
        ("over één week", NL, "2026-12-01"),
        ("een half jaar", NL, "2027-05-24"),
        # so long after a named day
        ("tomorrow in two weeks", EN, "2026-12-09"),
        ("a week tomorrow", EN, "2026-12-02"),
        ("morgen over een week", NL, "2026-12-02"),
        ("a week from Monday", EN, "2026-12-07"),
        ("Monday week", EN, "2026-12-07"),
        ("two weeks from Monday", EN, "2026-12-14"),
        ("Friday in two weeks", EN, "2026-12-11"),
        ("maandag over een week", NL, "2026-12-07"),
        ("vrijdag over 2 weken", NL, "2026-12-11"),
        ("over twee weken op vrijdag", NL, "2026-12-11"),
        ("dinsdag over 2 weken", NL, "2026-12-08"),
        # named days: the next one, never today
        ("monday", EN, "2026-11-30"),
        ("next Monday", EN, "2026-11-30"),
        ("Tuesday", EN, "2026-12-01"),
        ("this Friday", EN, "2026-11-27"),
        ("maandag", NL, "2026-11-30"),
        ("volgende maandag", NL, "2026-11-30"),
        ("komende vrijdag", NL, "2026-11-27"),
        ("vrijdag a.s.", NL, "2026-11-27"),
        ("next week Friday", EN, "2026-12-04"),
        ("friday next week", EN, "2026-12-04"),
        ("volgende week op dinsdag", NL, "2026-12-01"),
        ("deze week vrijdag", NL, "2026-11-27"),
        ("today", EN, "2026-11-24"),
        ("tomorrow!", EN, "2026-11-25"),
        ("morgen", NL, "2026-11-25"),
        ("overmorgen", NL, "2026-11-26"),
        ("yesterday", EN, "2026-11-23"),
        # weeks by their number
        ("week 50", NL, "2026-12-07"),
        ("week 2", EN, "2027-01-11"),
        ("week 53", EN, "2026-12-28"),
        # with a word before it, with courtesy
        ("until 3 January", EN, "2027-01-03"),
        ("until Monday please", EN, "2026-11-30"),
        ("tot vrijdag", NL, "2026-11-27"),
        ("tot vrijdag, graag", NL, "2026-11-27"),
        ("tot week 50", NL, "2026-12-07"),
        ("until the weekend", EN, "2026-11-28"),
        # the last day included: it starts again on the day after
        ("t/m vrijdag", NL, "2026-11-28"),
        ("tot en met 3 jan", NL, "2027-01-04"),
        ("through Friday", EN, "2026-11-28"),
        ("until and including Friday", EN, "2026-11-28"),
        ("until Friday inclusive", EN, "2026-11-28"),
        ("until after Friday", EN, "2026-11-28"),
        ("tot na het weekend", NL, "2026-11-30"),
        ("t/m volgende week", NL, "2026-12-07"),
        ("through next month", EN, "2027-01-01"),
        ("this week", EN, "2026-11-30"),
        ("for the rest of the week", EN, "2026-11-30"),
        ("until the end of next week", EN, "2026-12-07"),
        ("tot het einde van de maand", NL, "2026-12-01"),
        ("t/m week 50", NL, "2026-12-14"),
        # in the other language, and mixed
        ("volgende maandag", EN, "2026-11-30"),
        ("tomorrow", NL, "2026-11-25"),
        ("until maandag", EN, "2026-11-30"),
    ],
)
def test_a_day_is_understood(said: str, language: Language, meant: str) -> None:
    day = read_day(said, language, today=TODAY)
    assert day is not None
    assert day.first_days_after() == (date.fromisoformat(meant),)


@pytest.mark.parametrize(
    ("said", "language", "meant"),
    [
        ("12/4", EN, ("2026-12-04", "2027-04-12")),  # in London the one, in New York the other
        ("until 12/4", EN, ("2026-12-04", "2027-04-12")),
        ("12/4/2026", EN, ("2026-04-12", "2026-12-04")),
        ("through 12/4", EN, ("2026-12-05", "2027-04-13")),
        ("next Friday", EN, ("2026-11-27", "2026-12-04")),  # this week's or next week's
        ("volgende vrijdag", NL, ("2026-11-27", "2026-12-04")),
        ("next week", EN, ("2026-11-30", "2026-12-01")),  # as it begins, or on the same day
        ("volgende week", NL, ("2026-11-30", "2026-12-01")),
        ("next month", EN, ("2026-12-01", "2026-12-24")),
        ("maandag over 2 weken", NL, ("2026-12-07", "2026-12-14")),  # a Monday in any case
        ("Monday in two weeks", EN, ("2026-12-07", "2026-12-14")),
        ("over twee weken op maandag", NL, ("2026-12-07", "2026-12-14")),
        ("a week from Tuesday", EN, ("2026-12-01", "2026-12-08")),  # said on a Tuesday
    ],
)
def test_what_can_mean_two_days_gives_both(said: str, language: Language, meant: tuple[str, ...]) -> None:
    day = read_day(said, language, today=TODAY)
    assert day is not None
    assert day.first_days_after() == tuple(map(date.fromisoformat, meant))


@pytest.mark.parametrize(("said", "language"), [("from Monday", EN), ("vanaf maandag", NL), ("on Friday", EN)])
def test_a_day_on_which_something_begins_ends_nothing(said: str, language: Language) -> None:
    day = read_day(said, language, today=TODAY)
    assert day is not None
    assert day.first_days_after() == ()
    assert day.days_on() == day.days


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
        "29 feb",  # of neither this year nor the next
        "january",
        "zo",  # "in a moment", and hardly Sunday
        "week 60",
        "3 jan" + " " * LONGEST + "x" * LONGEST,
        "🙂",
        "מחר",
        "1 " * 50_000,
        "tot en met " * 10_000,
        # a part that could be read alone, beside something that could not
        "1,5 week",
        "1.5 weeks",
        "anderhalve week",
        "5 apr om 9 uur",
        "monday at 9",
        "a couple of weeks",
        "een paar weken",
        "vijf werkdagen",
        "early next week",
        "eind december",
        "Monday or Tuesday",
        "from Monday until Friday",
        "lunch with a customer on Monday",
        # what contradicts itself
        "Monday 15 December",
        "maandag 15 december",
        "from Friday inclusive",
        "t/m twee weken",
        # before it, rather than so long
        "for Friday",
        "voor vrijdag",
        "until this week",
        "for the weekend",
    ],
)
@pytest.mark.parametrize("language", list(Language))
def test_something_else_is_no_day(said: str, language: Language) -> None:
    assert read_day(said, language, today=TODAY) is None


def test_a_dutch_date_has_no_month_thirteen() -> None:
    assert read_day("12/13", NL, today=TODAY) is None
    assert read_day("12/13", EN, today=TODAY) is not None


@pytest.mark.parametrize(
    ("said", "today", "meant"),
    [
        ("in a month", "2026-01-31", "2026-02-28"),  # there is no such day: the last one
        ("maandag over 2 weken", "2026-11-30", "2026-12-14"),  # said on a Monday
        ("de 31e", "2026-02-01", "2026-03-31"),  # skips a month
        ("29 februari", "2027-03-01", "2028-02-29"),
        ("t/m deze week", "2026-11-29", "2026-11-30"),  # said on a Sunday
        ("end of the month", "2026-12-31", "2027-01-01"),
    ],
)
def test_days_at_the_edges_of_weeks_and_months(said: str, today: str, meant: str) -> None:
    day = read_day(said, NL, today=date.fromisoformat(today))
    assert day is not None
    assert day.first_days_after() == (date.fromisoformat(meant),)


@pytest.mark.parametrize("said", ["this week's Monday", "deze week maandag", "until the weekend"])
def test_a_day_that_has_gone_by_is_none(said: str) -> None:
    assert read_day(said, NL, today=date(2026, 11, 28)) is None
