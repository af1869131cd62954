"""What `/coach reading` shows, and to whom."""

from datetime import date
from typing import Any

import pytest

from bot.chat.port import Message
from bot.coaching.language import Language
from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.reading import GateKind
from bot.flows.agreement.page import MOST_TEAMS, reading_page
from bot.store.port.audit import ReadCount
from bot.store.port.people import AroundCohort
from tests.flows.decisions.agreed import ANNA, CARL, OLGA, a_seat, around, team
from tests.flows.decisions.told import TUESDAY, course, given, told
from tests.store.scene import a_coach, a_cohort, a_gate, a_member, a_workspace

EVERYBODY = {"is_admin": False}
HERE = {"here": team().cohort}
COUNCIL = {"member": OLGA, "is_admin": False, "seats": [(a_seat(), OLGA)]}
COUNTS = [
    ReadCount(month=date(2026, 1, 1), action=Action.READ, by_operator=False, looks=3, texts=11),
    ReadCount(month=date(2026, 1, 1), action=Action.DIGEST, by_operator=False, looks=1, texts=4),
    ReadCount(month=date(2025, 12, 1), action=Action.READ, by_operator=True, looks=2, texts=5),
]


def page(counts: Any = (), **changes: Any) -> Message:
    """Return the page as somebody sees it."""
    return reading_page(given(), around(**changes), Language.EN, counts)


def words(shown: Message) -> str:
    """Return all that a page says."""
    texts = (getattr(part, "text", "") for part in shown.parts)
    rows = (f"{label}: {value}" for part in shown.parts for label, value in getattr(part, "rows", ()))
    return "\n".join((*filter(None, texts), *rows))


REMOVE = ("coach.remove", "coach-carl")  # for an admin alone


def buttons(shown: Message) -> list[tuple[str, str]]:
    """Return what can be pressed."""
    return [(each.id, each.value) for part in shown.parts for each in getattr(part, "buttons", ())]


def body(key: str, **values: Any) -> str:
    """Return a phrase as it stands in a message."""
    return given().words.body(key, Language.EN, **values)


def test_everybody_sees_who_coaches_here_and_who_of_them_is_a_line_manager() -> None:
    coaches = team(
        (a_coach(is_line_manager=True), CARL),
        (a_coach("ivo", state=CoachState.INVITED, is_line_manager=False), a_member("ivo")),
        (a_coach("dora", state=CoachState.DECLINED), a_member("dora")),
        (a_coach("lea", state=CoachState.LEFT), a_member("lea")),
    )
    assert f"desk: {told('reader-line-manager', name='Carl')}, Ivo\n" in words(
        page(**EVERYBODY, **HERE, teams=[coaches], seats=[(a_seat(), OLGA)])
    )


def test_a_stranger_in_the_channel_sees_it_too() -> None:
    assert "desk: Carl" in words(page(member=None, is_admin=False, **HERE))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"courses": [course()]}, ["desk"]),  # their own team
        ({"coached": [a_cohort()]}, ["desk"]),
        ({}, []),  # no team at all
        ({"is_admin": True}, ["desk", "d"]),  # every team that goes on
        (COUNCIL, ["desk", "d"]),
    ],
)
def test_elsewhere_one_sees_ones_own_teams_and_who_settles_it_every_team(
    changes: dict[str, Any], named: list[str]
) -> None:
    other, over = a_cohort("d", channel_name="d"), a_cohort("e", channel_name="e", state=CohortState.ENDED)
    teams = [team(), *(AroundCohort(cohort=each, workspace=a_workspace(), coaches=()) for each in (other, over))]
    shown = words(page(**{**EVERYBODY, **changes, "teams": teams}))
    assert [each for each in ("desk", "d", "e") if f"\n{each}: " in shown] == named
    assert (told("agreement-no-team") in shown) is not named


def test_many_teams_are_counted() -> None:
    teams = [team(name=f"c{number}") for number in range(MOST_TEAMS + 3)]
    assert told("agreement-more-teams", count=3) in words(page(teams=teams))


@pytest.mark.parametrize(
    ("kind", "label"), [(GateKind.AGREED, "agreement-agreed-by"), (GateKind.NOT_NEEDED, "agreement-not-needed")]
)
def test_it_says_since_when_and_on_what_ground(kind: GateKind, label: str) -> None:
    gate = a_gate(kind=kind, recorded_by="olga", recorded_at=TUESDAY, who_agreed="all of us")
    shown = words(page(**EVERYBODY, gates=[gate], people={"olga": OLGA}))
    assert body("agreement-on", day="13 January 2026") in shown
    assert f"{told(label)}: all of us\n{told('agreement-agreed-on')}: 5 January 2026\n" in shown
    assert shown.endswith(f"{told('agreement-recorded-by')}: Olga")


def test_whose_record_it_was_is_gone_with_them() -> None:
    shown = words(page(**EVERYBODY, gates=[a_gate(recorded_by="")]))
    assert shown.endswith(f"{told('agreement-recorded-by')}: {told('agreement-nobody')}")


def test_practice_is_said_plainly() -> None:
    shown = words(page(**EVERYBODY, gates=[a_gate(kind=GateKind.PRACTICE, who_agreed="")]))
    assert body("agreement-practice") in shown
    assert told("agreement-agreed-by") not in shown


def test_while_it_is_shut_one_sees_what_is_missing_and_what_to_send_to_an_admin() -> None:
    shown = words(page(**EVERYBODY))
    assert body("agreement-shut") in shown
    assert body("agreement-forward") in shown
    stopped = words(page(**EVERYBODY, gates=[a_gate(closed_at=TUESDAY, closed_by="olga")]))
    assert body("agreement-stopped", day="13 January 2026") in stopped
    assert body("agreement-forward-again") in stopped
    assert body("agreement-forward") not in words(page())  # to an admin


@pytest.mark.parametrize(
    ("changes", "pressable"),
    [
        ({"is_admin": False}, []),
        ({"is_admin": None}, []),
        ({}, [("gate.open", ""), ("rules.open", ""), REMOVE]),
        ({"gates": [a_gate()]}, [("rules.open", ""), REMOVE]),
        ({**HERE, "teams": [team((a_coach(state=CoachState.LEFT), CARL))]}, [("gate.open", ""), ("rules.open", "")]),
        (COUNCIL, [("rules.open", "")]),
        ({**COUNCIL, "gates": [a_gate()]}, [("rules.open", ""), ("gate.stop", "gate")]),
        ({"member": None, "is_admin": False, "seats": [(a_seat(), OLGA)], "gates": [a_gate()]}, []),
    ],
)
def test_buttons_are_for_who_may_press_them(changes: dict[str, Any], pressable: list[tuple[str, str]]) -> None:
    assert buttons(page(**changes)) == pressable


def test_it_says_so_when_the_platform_could_not_be_asked() -> None:
    assert body("agreement-not-asked") in words(page(is_admin=None))
    assert body("agreement-not-asked") not in words(page(is_admin=False))


def test_who_settles_it_sees_how_it_is_settled() -> None:
    open_to_all = a_workspace(lets_outsiders_join=True, lets_line_managers_coach=False)
    shown = words(page(workspace=open_to_all))
    assert f"{told('agreement-outsiders')}: {told('agreement-yes')}" in shown
    assert f"{told('agreement-line-managers')}: {told('agreement-no')}" in shown
    assert told("agreement-outsiders") not in words(page(**EVERYBODY))


def test_the_council_sees_what_people_agree_to_and_how_often_was_read() -> None:
    shown = words(page(COUNTS, **COUNCIL, gates=[a_gate()]))
    assert f"2026-01: {told('agreement-count-coach', looks=3, texts=11)}" in shown
    assert f"2026-01: {told('agreement-count-digest', looks=1, texts=4)}" in shown
    assert f"2025-12: {told('agreement-count-operator', looks=2, texts=5)}" in shown
    for key in ("consent-bot", "consent-channel", "consent-retention", "consent-exits"):
        assert body(key) in shown
    assert body("agreement-wording", wording=given().words.wording()) in shown


def test_nobody_else_sees_a_count() -> None:
    for changes in ({}, EVERYBODY, {"member": ANNA, "seats": [(a_seat(), OLGA)]}):
        shown = words(page(COUNTS, **changes))
        assert told("agreement-counts") not in shown
        assert told("agreement-consent") not in shown


def test_nothing_read_is_said_as_such() -> None:
    assert body("agreement-no-counts") in words(page(**COUNCIL))


@pytest.mark.parametrize("platform", ["slack", "teams"])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", ["agreement-forward", "agreement-forward-again"])
def test_what_is_sent_to_an_admin_names_the_button_they_will_see(key: str, language: Language, platform: str) -> None:
    words = given().words.on(platform)
    assert words.say("gate-open-button", language) in words.say(key, language)
