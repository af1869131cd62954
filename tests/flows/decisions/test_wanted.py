"""Asking for a word with the coach: who is told, when, what of it, and who takes it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.coaching.intents import Intent
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen
from bot.flows.coach import wanted
from bot.flows.context.decision import Decision
from bot.flows.messages.coach import wanted as shown_to_coach
from bot.flows.messages.receipt import card
from bot.store.port.shown import ShownToCoach
from bot.store.port.words import NOWHERE
from tests.flows.decisions.looks import buttons, line, notes, shown
from tests.flows.decisions.test_intent import DONE, FIRST, held
from tests.flows.decisions.told import TUESDAY, course, given, said, told
from tests.store.scene import a_coach, a_cohort, a_member, a_reply

CARL = (a_coach(), a_member("carl"))
CORA = (a_coach("cora"), a_member("cora", zone="Asia/Tokyo"))
ASKED = replace(held(Intent.COACH, **DONE), member="anna", author="anna")


def wished(reply: Reply | None, *coaches: Any, before: Reply | None = None) -> Decision:
    return wanted.wished(given(), course(FIRST), reply, before, coaches)


def rows(decision: Decision) -> list[Nudge]:
    return [each for each in decision.records if isinstance(each, Nudge)]


def test_every_active_coach_is_told_at_once_within_their_hours() -> None:
    decision = wished(held(Intent.COACH), CARL, CORA)
    told_of = {row.member: row for row in rows(decision)}
    assert {row.kind for row in told_of.values()} == {Kind.COACH_WANTED}
    assert told_of["carl"].due_at == TUESDAY
    assert told_of["cora"].due_at == datetime(2026, 1, 13, 23, 0, tzinfo=UTC)  # it is six in the evening there
    (request,) = (each for each in decision.records if isinstance(each, Reply))
    assert (request.kind, request.text, request.intent, request.scope) == (
        ReplyKind.REQUEST,
        None,
        Intent.COACH,
        Scope.PRIVATE,
    )
    assert {row.subject for row in told_of.values()} == {request.id}


def test_a_word_can_be_asked_for_before_anything_was_sent() -> None:
    ahead = replace(FIRST, state=NudgeState.PLANNED, sent_at=None)
    decision = wanted.wished(given(), course(ahead), a_reply("r", nudge=ahead.id), None, [CARL])
    (request,) = (each for each in decision.records if isinstance(each, Reply))
    assert (request.nudge, request.kind) == (ahead.id, ReplyKind.REQUEST)


@pytest.mark.parametrize(
    "coaches",
    [
        [],
        [(a_coach(state=CoachState.INVITED), a_member("carl"))],
        [(a_coach(), a_member("carl", state=MemberState.DEACTIVATED))],
        [(a_coach("anna"), a_member("anna"))],  # the coach is the person
    ],
)
def test_without_a_coach_it_says_so_and_the_words_stay(coaches: Any) -> None:
    decision = wished(held(Intent.COACH), *coaches)
    assert (list(decision.records), said(decision)) == ([], told("coach-none"))


@pytest.mark.parametrize("reply", [None, a_reply("r", nudge="n")], ids=["at home", "below an answer"])
def test_asked_for_beside_the_words_it_has_a_card_of_its_own(reply: Reply | None) -> None:
    decision = wished(reply, CARL)
    (request,) = (each for each in decision.records if isinstance(each, Reply))
    (screen,) = (each for each in decision.records if isinstance(each, Screen))
    assert (request.kind, request.text, request.source, request.nudge) == (ReplyKind.REQUEST, None, None, "n")
    assert screen.about == request.id != "r"


@pytest.mark.parametrize(("reply", "before"), [(ASKED, None), (a_reply("r"), replace(ASKED, id="r-word"))])
def test_asked_twice_it_is_one_request(reply: Reply, before: Reply | None) -> None:
    decision = wished(reply, CARL, before=before)
    assert list(decision.records) == []
    assert "r" in decision.again


def test_the_first_coach_who_presses_takes_it() -> None:
    (request,) = wanted.taken(ASKED, a_coach()).records
    assert isinstance(request, Reply)
    assert request.taken_by == "carl"
    assert not wanted.waits(request)
    late = wanted.taken(request, a_coach("cora"))
    assert (list(late.records), late.again) == ([], ("r",))


@pytest.mark.parametrize("role", [None, a_coach(state=CoachState.DECLINED)])
def test_nobody_but_a_coach_takes_it(role: Any) -> None:
    decision = wanted.taken(ASKED, role)
    assert (list(decision.records), decision.refuses) == ([], "press-foreign")


@pytest.mark.parametrize(
    ("taken_by", "names", "key"),
    [(None, ["wanted.take"], None), ("carl", [], "wanted-yours"), ("cora", [], "wanted-taken")],
)
def test_a_coach_sees_who_asks_and_who_takes_it_and_no_words(
    taken_by: str | None, names: list[str], key: str | None
) -> None:
    row = Nudge(**{**FIRST.__dict__, "kind": Kind.COACH_WANTED, "enrollment": None, "member": "carl"})
    about = ShownToCoach(
        nudge=row,
        cohort=a_cohort(),
        member=CARL[1],
        role=CARL[0],
        starter=None,
        answer=replace(ASKED, taken_by=taken_by),
        author=a_member("anna"),
    )
    looks = shown_to_coach(given(), about)
    assert looks.fallback == told("wanted", name="Anna")
    assert buttons(looks) == names
    assert notes(looks) == ([line(key, name="Anna")] if key else [])
    gone = shown_to_coach(given(), replace(about, answer=None))
    assert gone.fallback == told("wanted-gone")


@pytest.mark.parametrize(
    ("reply", "places", "key"),
    [
        (held(Intent.COACH), NOWHERE, "asked-coach"),
        (ASKED, NOWHERE, "request-coach"),
        (ASKED, replace(NOWHERE, takers={"r": "Carl"}), "request-coach-taken"),
    ],
)
def test_the_person_sees_who_takes_it(reply: Reply, places: Any, key: str) -> None:
    assert card(given(), shown(FIRST), reply, places).fallback == told(key, coach="Carl")
