"""A situation told in records, for decisions that are looked at without a store, a chat or a clock."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.port import Buttons, Command, MessageRef, Press, Submitted
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.screen import Hold
from bot.flows.agenda.schedule import first_agenda
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Moment
from tests.conftest import shipped_words
from tests.store.scene import T0, a_cohort, a_member, a_nudge, an_enrollment

ITEM = "people-before-systems"
AT_HOME = "ask-your-partner"  # an item that keeps no words
MONDAY_BEFORE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)  # the day before the first nudge
TUESDAY = datetime(2026, 1, 13, 9, 0, tzinfo=UTC)  # ten o'clock in Amsterdam, when the first nudge is sent


def given(now: datetime = TUESDAY) -> Moment:
    """Return what is given at a moment; new ids are new-1, new-2 and so on."""
    count = itertools.count(1)
    return Moment(
        now=now,
        words=shipped_words(),
        holidays=lambda _country, _years: frozenset(),
        countries=("NL", "DE"),
        new_id=lambda: f"new-{next(count)}",
        operator="",
        looks_back=lambda _workspace: True,
        hold=Hold(holder="h", at=now, until=now),
    )


def sent(name: str = "n", kind: Kind = Kind.NUDGE, **changes: Any) -> Nudge:
    """Return a message of anna's journey that was sent to her."""
    row = a_nudge(
        name,
        kind=kind,
        prompt=f"{ITEM}/{kind}",
        item=ITEM,
        state=NudgeState.SENT,
        sent_at=TUESDAY,
        due_at=TUESDAY,
        local_date=TUESDAY.date(),
    )
    return replace(row, **changes)


def planned(name: str, kind: Kind, **changes: Any) -> Nudge:
    """Return a message of anna's journey that is still to come."""
    return replace(sent(name, kind), state=NudgeState.PLANNED, sent_at=None, **changes)


def situation(nudge: Nudge, *others: Nudge, **changes: Any) -> PressContext:
    """Return the situation around a nudge of anna, with the other messages of her journey."""
    words = shipped_words()
    about = PressContext(
        member=a_member("anna", direct="D-anna"),
        enrollment=an_enrollment("anna", starts_on=MONDAY_BEFORE.date(), joined_at=T0),
        cohort=a_cohort(journey="twelve-weeks"),
        journey=words.journeys()["twelve-weeks"],
        nudge=nudge,
        agenda=[nudge, *others],
        promises=(),
        answers=(),
    )
    return replace(about, **changes)


def course(*agenda: Nudge, **changes: Any) -> ParticipationContext:
    """Return the run of anna with these messages in it."""
    around = situation(agenda[0] if agenda else sent())
    found = ParticipationContext(
        member=around.member,
        enrollment=around.enrollment,
        cohort=around.cohort,
        journey=around.journey,
        agenda=sorted(agenda, key=lambda row: row.due_at),
        others=(),
        promises=(),
    )
    return replace(found, **changes)


def begun(**changes: Any) -> ParticipationContext:
    """Return the run of anna with all that the journey plans for her, the day before the first nudge."""
    empty = course(enrollment=an_enrollment("anna", starts_on=MONDAY_BEFORE.date(), joined_at=MONDAY_BEFORE))
    later = [row for row in first_agenda(given(MONDAY_BEFORE), empty) if row.due_at > TUESDAY - timedelta(hours=2)]
    return replace(empty, **({"agenda": later} | changes))


def person(*courses: ParticipationContext, **changes: Any) -> PersonContext:
    """Return anna with her runs, the newest first; without any she is in no journey."""
    return replace(PersonContext(member=courses[0].member if courses else a_member("anna"), courses=courses), **changes)


STRANGER = PersonContext()


def command(text: str, **changes: Any) -> Command:
    """Return what anna typed in her channel."""
    typed = Command(
        workspace="w",
        person="U-anna",
        event_id="e",
        at=TUESDAY,
        conversation="C-c",
        conversation_name="desk",
        text=text,
        trigger="t",
        is_direct=False,
    )
    return replace(typed, **changes)


def press(button: str, value: str) -> Press:
    """Return anna's press on a button in her own conversation."""
    ref = MessageRef(workspace="w", conversation="D-anna", message="1")
    return Press(
        workspace="w",
        person="U-anna",
        event_id="e",
        at=TUESDAY,
        button=button,
        value=value,
        inputs={},
        trigger="t",
        ref=ref,
    )


def form(name: str, subject: str, **values: str | tuple[str, ...]) -> Submitted:
    """Return a form that anna sent in."""
    return Submitted(
        workspace="w", person="U-anna", event_id="e", at=TUESDAY, form=name, subject=subject, values=values, trigger="t"
    )


def saved(decision: Decision) -> dict[str, Any]:
    """Return what a decision saves, by id."""
    return {record.id: record for record in decision.records}


def is_outdated(decision: Decision, about: PressContext) -> bool:
    """Return whether a decision changes nothing but says so, and has the message shown as it is."""
    return not decision.records and (decision.refuses, decision.again) == ("press-stale", (about.nudge.id,))


def wrong(decision: Decision, field: str, key: str) -> bool:
    """Return whether a form stays open, with this sentence at this field, and nothing is saved."""
    errors = decision.wrong.errors if decision.wrong else {}
    return not decision.records and errors == {field: shipped_words().say(key, Language.EN)}


def said(decision: Decision) -> str:
    """Return what a decision says."""
    return decision.says.fallback if decision.says else ""


def pressable(decision: Decision) -> list[tuple[str, str]]:
    """Return the buttons of what a decision says, each with its value."""
    rows = decision.says.parts if decision.says else ()
    return [(each.id, each.value) for row in rows if isinstance(row, Buttons) for each in row.buttons]


def told(key: str, **values: Any) -> str:
    """Return a sentence as it is said in English."""
    return shipped_words().say(key, Language.EN, **values)
