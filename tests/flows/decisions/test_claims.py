"""Every message in every state, in both languages: what it claims about its reader is what the records say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from bot.chat.port import Body, Heading, Note
from bot.coaching.language import Language
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import AFTER, DONE, Answer, Kind, Nudge
from bot.coaching.records.pulse import PulseAnswer, Wave
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.rules.state import STATES
from bot.flows.messages import WITHIN_A_RUN, composed
from bot.flows.messages.shown import Shown
from tests.conftest import shipped_words
from tests.content import said
from tests.flows.decisions.looks import shown
from tests.flows.decisions.told import AT_HOME, ITEM, TUESDAY, given, planned, sent
from tests.store.scene import a_commitment, a_member, a_pulse, a_reflection, a_reply, an_enrollment

JOURNEY = shipped_words().journeys()["twelve-weeks"]


@dataclass(frozen=True)
class State:
    """What the records of a reader hold, as far as a text may speak of it."""

    was_away: bool = False  # a pause ended since the experiment came
    has_habit: bool = False
    before: bool = False  # the pulse was answered at the beginning
    after: bool = False
    has_words: bool = False  # something of the week to look back on


STATE = [
    State(),
    State(was_away=True),
    State(has_habit=True),
    State(before=True),
    State(after=True),
    State(before=True, after=True),
    State(has_words=True),
    State(was_away=True, has_habit=True, before=True, after=True, has_words=True),
]

QUIET = "|".join(re.escape(title.lower()) for text in JOURNEY.quiet for title in text.title.values())
THEN_AND_NOW = "|".join(re.escape(said("pulse-before-after-about", each).lower()) for each in Language)

# What a text says, in either language, and when that is true.
CLAIMS: list[tuple[str, Any]] = [
    (r"no news yet|nog niets gehoord|haven't heard|niets van je gehoord", lambda _kind, _state: False),
    (r"four weeks (ago|back|on)|vier weken (geleden|terug|verder)|a month on", lambda _kind, _state: False),
    (r"if you answered|heb je de acht vragen", lambda _kind, _state: False),
    (r"as promised|zoals beloofd|i announced|twice more|nog twee keer", lambda _kind, _state: False),
    (r"welcome back|welkom terug|from before your break|voor je pauze", lambda _kind, state: state.was_away),
    (THEN_AND_NOW, lambda _kind, state: state.before and state.after),
    (QUIET, lambda _kind, state: not state.has_words),
    (r"same eight|dezelfde acht", lambda _kind, state: state.before),
]


def rows() -> Iterator[Nudge]:
    """Yield one message of each kind and item, as it is sent."""
    for step in JOURNEY.steps:
        if step.kind in WITHIN_A_RUN:
            yield sent("n", step.kind, prompt=step.prompt, item=step.item, week=step.week)
    for item in JOURNEY.items:
        yield sent("n", Kind.DAY_OF, prompt=f"{item}/day-of", item=item, subject="p")
        yield sent("n", Kind.CHECK, prompt=f"{item}/check", item=item, subject="t")
        yield sent("n", Kind.DEBRIEF, prompt=f"{item}/debrief", item=item, occurrence=f"{DONE}root")


def around(row: Nudge, state: State, language: Language) -> Shown:
    """Return a message with the records of a reader in that state."""
    run = an_enrollment("anna", resumed_at=TUESDAY + timedelta(hours=1) if state.was_away else None)
    waves = [wave for wave, is_there in ((Wave.BEFORE, state.before), (Wave.AFTER, state.after)) if is_there]
    pulse: list[PulseAnswer] = [a_pulse("promise", wave=wave) for wave in waves]
    words: list[Reply] = [a_reply("r")] if state.has_words else []
    habits: list[Reply] = [a_reply("h", kind=ReplyKind.KEEP, text="I ask first")] if state.has_habit else []
    root = row if row.kind is Kind.NUDGE else sent("root", item=row.item, prompt=f"{row.item}/nudge")
    back = planned("back", Kind.NUDGE, item=row.item, occurrence=f"{AFTER}{row.id}")
    about = row.item or ITEM
    return shown(
        row,
        root,
        back,
        enrollment=run,
        member=a_member("anna", language=language),
        promises=[
            a_commitment("p", nudge=root.id, item=about),
            a_commitment("t", nudge="d", item=about, kind=CommitmentKind.TRANSFER),
        ],
        habits=habits,
        pulse=pulse,
        made=a_reflection("m", tried=0, shared=tuple(each.id for each in words)),
        words=words,
    )


@pytest.mark.parametrize("language", Language)
def test_no_message_claims_what_the_records_do_not_hold(language: Language) -> None:
    heard: set[str] = set()
    for row, state in product(rows(), STATE):
        parts = composed(given(), around(row, state, language)).parts
        told = " ".join(each.text for each in parts if isinstance(each, Body | Heading | Note)).lower()
        for pattern, is_true in CLAIMS:
            if re.search(pattern, told):
                heard.add(pattern)
                assert is_true(row.kind, state), (row.kind, row.item, state, pattern, told)
    assert heard == {pattern for pattern, is_true in CLAIMS if any(is_true(Kind.NUDGE, each) for each in STATE)}


def test_each_state_that_a_text_declares_is_one_of_some_reader() -> None:
    declared = {state for text in JOURNEY.texts.values() for state in text.when}
    assert declared == {state for states in STATES.values() for state in states}


@pytest.mark.parametrize("item", [ITEM, AT_HOME])
def test_nobody_is_told_twice_in_the_same_words_that_an_experiment_was_put_off(item: str) -> None:
    told: list[str] = []
    put_off: list[Nudge] = []
    for count in range(4):
        at = TUESDAY + timedelta(days=count)
        row = sent(f"n{count}", item=item, answer=Answer.LATER, due_at=at, sent_at=at)
        row = replace(row, answered_at=at, alternative=count - 1 if count else None, occurrence=f"{AFTER}n{count - 1}")
        back = planned(f"n{count + 1}", Kind.NUDGE, item=item, occurrence=f"{AFTER}{row.id}", due_at=at)
        looks = composed(given(), shown(row, *put_off, back))
        told += [each.text for each in looks.parts if isinstance(each, Body | Note)]
        put_off.append(row)
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    "row",
    [
        sent("n", item=ITEM, answer=Answer.SKIPPED),
        sent("d", Kind.DEBRIEF, item=ITEM, answer=Answer.SKIPPED),
        sent("c", Kind.CHECK, item=ITEM, subject="t", answer=Answer.UNNOTICED),
    ],
    ids=lambda row: f"{row.kind}-{row.answer}",
)
def test_who_answers_an_older_message_later_changes_no_receipt_that_stands(row: Nudge) -> None:
    row = replace(row, answered_at=TUESDAY)
    made = a_commitment("t", nudge="d", item=ITEM, kind=CommitmentKind.TRANSFER)

    def told(answered_at: datetime) -> list[str]:
        days = timedelta(days=2)
        older = replace(row, id="older", item=AT_HOME, due_at=row.due_at - days, answered_at=answered_at)
        looks = composed(given(), shown(row, older, promises=[made]))
        return [each.text for each in looks.parts if isinstance(each, Note)]

    afterwards = [told(TUESDAY + timedelta(days=days)) for days in (1, 2)]
    assert afterwards[0] == afterwards[1] != told(TUESDAY - timedelta(days=1))
