"""The link to the desk, decision by decision."""

from datetime import timedelta

import pytest

from bot.chat.port import Buttons
from bot.coaching.language import Language
from bot.coaching.records.session import LINK_LASTS, Session, SignIn
from bot.flows.context.person import PersonContext
from bot.flows.desk.entry import Visitor
from bot.flows.desk.link import ENTRANCE, MOST_LINKS, handed_out
from bot.flows.desk.tokens import hashed, new_token
from bot.flows.participation.start_form import DEFAULT_ZONE
from tests.flows.decisions.told import MONDAY_BEFORE, STRANGER, begun, command, given, person, said, saved
from tests.store.scene import a_cohort, a_member

MONDAY = given(MONDAY_BEFORE)
TOKEN = new_token("w")
HERE = "https://pitstop.example.com"
ANNA = person(begun())


def a_link(name: str, *, ended: bool = False, used: bool = False) -> SignIn:
    """Return a link that anna asked for before."""
    now = MONDAY.now
    ends_at = now if ended else now + LINK_LASTS
    used_at = now if used else None
    return SignIn(id=name, workspace="w", member="anna", made_at=now, ends_at=ends_at, used_at=used_at)


def test_a_link_holds_the_token_and_what_is_kept_its_hash() -> None:
    decision = handed_out(MONDAY, ANNA, command("desk"), (), address=HERE, token=TOKEN)
    (kept,) = saved(decision).values()
    assert isinstance(kept, SignIn)
    assert ANNA.member is not None
    assert (kept.id, kept.member, kept.used_at) == (hashed(TOKEN), ANNA.member.id, None)
    assert kept.ends_at - kept.made_at == LINK_LASTS == timedelta(minutes=10)
    assert decision.says is not None
    (row,) = [part for part in decision.says.parts if isinstance(part, Buttons)]
    assert [each.url for each in row.buttons] == [f"{HERE}{ENTRANCE}/{TOKEN}"]
    assert TOKEN not in decision.says.fallback, "a notification shows no link"


@pytest.mark.parametrize(
    ("about", "links", "address", "says"),
    [
        (ANNA, (), "", "PITSTOP_PUBLIC_URL"),
        (STRANGER, (), "", "PITSTOP_PUBLIC_URL"),
        (STRANGER, (), HERE, "Join a journey first"),
        (ANNA, [a_link(str(number)) for number in range(MOST_LINKS)], HERE, "several links"),
    ],
)
def test_where_there_is_no_link_the_reason_is_told(
    about: PersonContext, links: list[SignIn], address: str, says: str
) -> None:
    decision = handed_out(MONDAY, about, command("desk"), links, address=address, token=TOKEN)
    assert says in said(decision)
    assert not decision.records
    assert TOKEN not in said(decision)


def test_links_that_are_over_or_used_do_not_count() -> None:
    links = [a_link(str(number), ended=number % 2 == 0, used=number % 2 == 1) for number in range(2 * MOST_LINKS)]
    assert saved(handed_out(MONDAY, ANNA, command("desk"), links, address=HERE, token=TOKEN))


NOBODYS = a_member("anna", zone=None)
ABROAD = a_cohort(zone="Asia/Kolkata", language=Language.NL)
SESSION = Session(
    id="s", workspace="w", member="anna", made_at=MONDAY.now, seen_at=MONDAY.now, ends_at=MONDAY.now + LINK_LASTS
)


@pytest.mark.parametrize(
    ("about", "zone", "language"),
    [
        (person(begun(member=a_member("anna", zone="Asia/Tokyo", language=Language.NL))), "Asia/Tokyo", Language.NL),
        (person(begun(member=NOBODYS)), "Europe/Amsterdam", Language.EN),  # as their team has it
        (
            PersonContext(member=NOBODYS, coached=[a_cohort(zone="Asia/Kolkata", language=Language.NL)]),
            "Asia/Kolkata",
            Language.NL,
        ),
        (PersonContext(member=NOBODYS), DEFAULT_ZONE, Language.EN),
    ],
)
def test_days_are_told_in_the_zone_and_language_of_who_asks(
    about: PersonContext, zone: str, language: Language
) -> None:
    assert about.member is not None
    visitor = Visitor(session=SESSION, member=about.member, about=about)
    assert (visitor.zone, visitor.language) == (zone, language)
