"""Days and hours as the clients of this world hand them back."""

from datetime import date

import pytest

from bot.chat.picked import picked_day, picked_hour


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-20", "2026-12-20"),
        ("2026-12-20T00:00:00Z", "2026-12-20"),
        ("2026-12-20T00:00:00.000Z", "2026-12-20"),
        ("2026-12-20T00:00:00+01:00", "2026-12-20"),
        ("2026/12/20", "2026-12-20"),
        ("2026. 12. 20.", "2026-12-20"),
        ("2026年12月20日", "2026-12-20"),
        ("2026년 12월 20일", "2026-12-20"),
        ("20/12/2026", "2026-12-20"),
        ("12/20/2026", "2026-12-20"),
        ("20-12-2026", "2026-12-20"),
        ("20. 12. 2026", "2026-12-20"),
        ("4.12.2026", "2026-12-04"),  # nobody puts the month first and a dot behind it
        ("12/12/2026", "2026-12-12"),
        ("٢٠/١٢/٢٠٢٦", "2026-12-20"),
        ("\u200f٢٠\u200f/١٢\u200f/٢٠٢٦", "2026-12-20"),
        # what can be two days, or none
        ("04/12/2026", None),
        ("2026-12-19T23:00:00Z", None),  # the twentieth in Amsterdam
        ("20/12/2569", None),  # another calendar
        ("20-12-26", None),
        ("2026-02-30", None),
        ("tomorrow", None),
        ("", None),
        ("0000-00-00", None),
        ("9" * 100_000, None),
    ],
)
def test_a_day_is_read_where_it_is_one_only(typed: str, day: str | None) -> None:
    assert picked_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("10:00", "10:00"),
        ("10:00:00", "10:00"),
        ("10.00", "10:00"),
        ("10h30", "10:30"),
        ("10.00 uur", "10:00"),
        ("kl. 10.00", "10:00"),
        ("22:15", "22:15"),
        ("10:00 AM", "10:00"),
        ("10:00\u202fPM", "22:00"),
        ("9:00 a.m.", "09:00"),
        ("10 PM", "22:00"),
        ("12:00 AM", "00:00"),
        ("12:30 PM", "12:30"),
        ("오전 9:00", "09:00"),
        ("下午3:00", "15:00"),
        ("9:00 ص", "09:00"),
        ("٠٩:٠٠", "09:00"),
        # what can be two hours, or none
        ("10", None),
        ("25:00", None),
        ("10:75", None),
        ("13:00 PM", None),
        ("10:00Z", None),
        ("22:15:30", None),
        ("2026-12-20T10:00:00Z", None),
        ("am 9:00 pm", None),
        ("noon", None),
        ("", None),
    ],
)
def test_an_hour_is_read_where_it_is_one_only(typed: str, hour: str | None) -> None:
    assert picked_hour(typed) == hour


@pytest.mark.parametrize(
    ("typed", "locale", "day"),
    [
        ("03-12-2026", "nl-NL", "2026-12-03"),
        ("3/12/2026", "en-GB", "2026-12-03"),
        ("03-12-2026", "nl", "2026-12-03"),
        ("03-12-2026", "en-US", None),  # either, for all that is known
        ("03-12-2026", "en", None),
        ("03-12-2026", "", None),
        ("12-20-2026", "nl-NL", "2026-12-20"),
        ("3 december", "nl-NL", "2026-12-03"),
        ("3rd December 2026", "en-US", "2026-12-03"),
        ("03-12-26", "nl-NL", "2026-12-03"),
        ("03-12-26", "en-GB", None),
        ("morgen", "nl-NL", "2026-12-02"),
        ("until 3 December", "en-GB", None),
        ("somewhere in December", "en-GB", None),
        ("", "nl-NL", None),
    ],
)
def test_a_day_is_read_as_its_writers_client_writes_it(typed: str, locale: str, day: str | None) -> None:
    assert picked_day(typed, locale, date(2026, 12, 1)) == day
