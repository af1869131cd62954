"""An experiment that comes otherwise says why, offers what it says, and comes as written again by one press."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Body, Note
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import AFTER, Answer, Kind, Manner, Nudge, NudgeState
from bot.flows.due.card import card
from bot.flows.experiments.answers import not_for_me, usual
from bot.flows.messages import experiment
from bot.flows.messages.own_page import adapting
from bot.flows.settings.settings import field_values, settings_saved
from tests.conftest import shipped_words
from tests.flows.decisions.looks import buttons, line, notes, shown
from tests.flows.decisions.told import (
    AT_HOME,
    ITEM,
    TUESDAY,
    begun,
    course,
    form,
    given,
    is_outdated,
    person,
    planned,
    press,
    saved,
    sent,
    situation,
)
from tests.store.scene import a_member

JOURNEY = shipped_words().journeys()["twelve-weeks"]
BEFORE = [
    sent("a", item=AT_HOME, sent_at=TUESDAY - timedelta(days=28), due_at=TUESDAY - timedelta(days=28)),
    sent("b", item="watch-a-perfect-team", sent_at=TUESDAY - timedelta(days=14), due_at=TUESDAY - timedelta(days=14)),
]
DECLINED = [replace(row, answer=Answer.SKIPPED, alternative=1) for row in BEFORE]
STEP = planned("due", Kind.NUDGE, occurrence="week-5-first", expires_at=TUESDAY + timedelta(hours=4))
LATER = planned("later", Kind.NUDGE, item="find-a-service-manager", due_at=TUESDAY + timedelta(days=14), week=7)
HEARD = {"heard_at": TUESDAY - timedelta(days=1)}  # they look at their page


def comes(rows: list[Nudge], row: Nudge = STEP, **changes: Any) -> Nudge:
    """Return an experiment as it goes out."""
    member = a_member("anna", **(HEARD | changes))
    run = course(*rows, row, LATER, member=member)
    found = saved(card(given(), person(run), run, {}))["due"]
    assert isinstance(found, Nudge)
    assert found.state is NudgeState.READY
    return found


@pytest.mark.parametrize(
    ("rows", "row", "changes", "manner", "alternative"),
    [
        (BEFORE, STEP, {}, Manner.SHORT, None),
        (DECLINED, STEP, {}, Manner.OTHERS, 0),
        (BEFORE, STEP, {"adapts": False}, None, None),
        (DECLINED, STEP, {"adapts": False}, None, None),
        (BEFORE, STEP, {"typed_at": TUESDAY - timedelta(days=2)}, None, None),
        (BEFORE, replace(STEP, occurrence=f"{AFTER}x"), {}, None, None),  # a day they picked
        (BEFORE[1:], STEP, {}, None, None),
    ],
    ids=range(7),
)
def test_it_is_settled_when_it_comes(
    rows: list[Nudge], row: Nudge, changes: dict[str, Any], manner: Manner | None, alternative: int | None
) -> None:
    found = comes(rows, row, **changes)
    assert (found.manner, found.alternative) == (manner, alternative)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("item", JOURNEY.items)
def test_a_short_one_has_its_own_words_and_offers_a_pause(item: str, language: Language) -> None:
    about = shown(sent(item=item, manner=Manner.SHORT), member=a_member("anna", language=language))
    looks = experiment.nudge(given(), about)
    (body,) = [part.text for part in looks.parts if isinstance(part, Body)]
    (long,) = [part.text for part in experiment.nudge(given(), shown(sent(item=item))).parts if isinstance(part, Body)]
    assert len(body.split()) <= 30 < len(long.split())
    assert isinstance(looks.parts[0], Note)
    assert {"pause.open", "nudge.usual", "nudge.plan", "nudge.no"} <= set(buttons(looks))


def test_each_says_because_of_what_and_only_while_it_is_open() -> None:
    for manner, alternative in ((Manner.SHORT, None), (Manner.OTHERS, 0)):
        row = sent(manner=manner, alternative=alternative)
        looks = experiment.nudge(given(), shown(row))
        assert notes(looks)[0] == line(f"nudge-manner-{manner}")
        assert ("pause.open" in buttons(looks)) == (manner is Manner.SHORT)
        closed = experiment.nudge(given(), shown(replace(row, answer=Answer.SKIPPED)))
        assert not {"nudge.usual", "pause.open"} & set(buttons(closed))
        assert line(f"nudge-manner-{manner}") not in notes(closed)


def test_where_another_way_comes_first_no_is_said_to_that_one() -> None:
    row = sent(manner=Manner.OTHERS, alternative=0)
    first = JOURNEY.items[ITEM].alternatives[0].text.title[Language.EN]
    assert experiment.nudge(given(), shown(row)).fallback == first
    declined = saved(not_for_me(given(), situation(row), press("nudge.no", "n")))["n"]
    assert (declined.answer, declined.alternative) == (Answer.NOT_FOR_ME, 1)


def test_one_press_brings_it_as_written_and_switches_it_off() -> None:
    about = situation(sent(manner=Manner.OTHERS, alternative=0))
    records = saved(usual(given(), about, press("nudge.usual", "n")))
    assert (records["n"].manner, records["n"].alternative, records["anna"].adapts) == (None, None, False)
    plain = experiment.nudge(given(), shown(records["n"]))
    assert plain == experiment.nudge(given(), shown(sent()))
    for row in (sent(), sent(manner=Manner.SHORT, answer=Answer.DONE)):
        assert is_outdated(usual(given(), situation(row), press("nudge.usual", "n")), situation(row))


@pytest.mark.parametrize(("picked", "adapts"), [("off", False), ("on", True)])
def test_the_settings_switch_it_and_the_own_page_says_so(picked: str, adapts: bool) -> None:
    run = begun(member=a_member("anna", adapts=not adapts, language=Language.EN, zone="Europe/Amsterdam"))
    values = {name: each for name, each in field_values(given(), run.member, run).items() if name != "adapts"}
    sent_in = form("settings.save", "", **values, adapts=picked)
    fresh = saved(settings_saved(given(), person(run), sent_in))["anna"]
    assert fresh.adapts == adapts
    told = adapting(given(), replace(run, member=fresh))
    assert [value for _, value in told] == [line(f"adapts-{picked}")]
    over = replace(run.enrollment, state=EnrollmentState.COMPLETED)
    assert not adapting(given(), replace(run, enrollment=over))
