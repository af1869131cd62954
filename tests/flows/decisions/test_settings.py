"""A person's own settings, decision by decision."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.chat.port import SelectField, TextField
from bot.coaching.language import Language
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import Scope
from bot.flows.context.person import PersonContext
from bot.flows.settings import settings
from bot.flows.settings.changed_fields import carrying
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    STRANGER,
    begun,
    command,
    form,
    given,
    person,
    press,
    said,
    saved,
    sent,
    told,
)
from tests.store.scene import a_member

MONDAY = given(MONDAY_BEFORE)
ANNA = a_member("anna", language=Language.EN, zone="Europe/Amsterdam")
JOINED = person(begun(member=ANNA))
OUTSIDE = person(member=ANNA)


def sent_in(about: PersonContext, subject: str = "", **values: Any) -> Any:
    """Return the form as it was opened by somebody, with what they changed."""
    assert about.member is not None
    stands = settings.field_values(MONDAY, about.member, about.course)
    return form("settings.save", carrying(subject, stands), **(stands | values))


@pytest.mark.parametrize(
    ("about", "fields"),
    [(JOINED, 13), (OUTSIDE, 2)],
    ids=["on a journey", "in none"],
)
def test_the_form_asks_for_what_can_be_set(about: PersonContext, fields: int) -> None:
    typed = settings.settings(MONDAY, about, command("settings"))
    pressed = settings.settings(MONDAY, about, press("settings.open", "w"))
    assert typed.opens is not None
    assert pressed.opens is not None
    assert len([part for part in typed.opens.parts if hasattr(part, "id")]) == fields
    assert (typed.opens.subject[0], pressed.opens.subject[:2]) == (":", "w:")


def test_nobody_has_no_settings() -> None:
    assert said(settings.settings(MONDAY, STRANGER, command("settings"))) == told("start-not-a-person")
    submitted = settings.settings_saved(MONDAY, STRANGER, form("settings.save", "", language="en", zone="UTC"))
    assert not submitted.records


def test_who_is_in_no_journey_sets_language_and_zone() -> None:
    decision = settings.settings_saved(MONDAY, OUTSIDE, sent_in(OUTSIDE, language="nl", zone=" Europe/London "))
    fresh = replace(ANNA, language=Language.NL, zone="Europe/London", zone_confirmed=True)
    assert saved(decision) == {"anna": fresh}


def test_everything_to_come_moves_with_the_hours() -> None:
    decision = settings.settings_saved(
        MONDAY, JOINED, sent_in(JOINED, first_day="2", first_time="11:15", scope="private")
    )
    records = saved(decision)
    assert (records["anna"].hours.first_day, records["anna"].hours.first_time) == (2, time(11, 15))
    assert records["run-anna"].scope is Scope.PRIVATE
    nudges = [row for row in begun().agenda if row.kind is Kind.NUDGE]
    assert {(records[row.id].local_date.weekday(), records[row.id].local_time) for row in nudges} == {(2, time(11, 15))}
    assert told("next-moment", day="Wednesday 14 January", time="11:15") in said(decision)


def test_saved_unchanged_nothing_moves() -> None:
    records = saved(settings.settings_saved(MONDAY, JOINED, sent_in(JOINED)))
    assert set(records) == {"anna", "run-anna"}
    assert records["anna"] == replace(ANNA, zone_confirmed=True)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"zone": "Amsterdan"}, {"zone"}),
        ({"zone": ""}, {"zone"}),
        ({"first_time": "07:00", "second_time": "19:00"}, {"first_time", "second_time"}),
        ({"second_day": "1"}, {"second_day"}),
        ({"workdays": ()}, {"workdays"}),
        ({"country": "DE"}, {"region"}),  # its holidays differ
        ({"country": "DE", "region": "England"}, {"region"}),
        ({"country": "NL", "region": "Utrecht"}, {"region"}),  # they are the same everywhere
        ({"region": "Bavaria"}, {"region"}),  # of no country
        ({"first_time": "noon", "quiet_until": "8 o'clock"}, {"first_time", "quiet_until"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(values: dict[str, Any], fields: set[str]) -> None:
    decision = settings.settings_saved(MONDAY, JOINED, sent_in(JOINED, **values))
    assert decision.wrong is not None
    assert (set(decision.wrong.errors), decision.records) == (fields, ())


def test_a_member_keeps_the_holidays_of_their_own_region() -> None:
    decision = settings.settings_saved(MONDAY, JOINED, sent_in(JOINED, country="DE", region="Beieren"))
    member = saved(decision)["anna"]
    assert member.country == "DE-BY"
    there = person(begun(member=member))
    opened = settings.settings(MONDAY, there, command("settings")).opens
    assert opened is not None
    fields = {part.id: part for part in opened.parts if isinstance(part, TextField | SelectField)}
    assert isinstance(fields["country"], SelectField)
    assert isinstance(fields["region"], TextField)
    assert (fields["country"].chosen, fields["region"].value) == ("DE", "Bavaria")
    assert saved(settings.settings_saved(MONDAY, there, sent_in(there)))["anna"].country == "DE-BY"
    emptied = {name: value for name, value in sent_in(there).values.items() if name != "region"}
    moved = replace(sent_in(there), values={**emptied, "country": "none"})
    assert saved(settings.settings_saved(MONDAY, there, moved))["anna"].country is None


def test_who_keeps_a_whole_countrys_holidays_is_not_asked_for_a_region_again() -> None:
    before = person(begun(member=replace(ANNA, country="DE")))
    assert saved(settings.settings_saved(MONDAY, before, sent_in(before, first_time="11:00")))["anna"].country == "DE"


@pytest.mark.parametrize(
    ("changes", "answers"),
    [({}, True), ({"answer": Answer.DONE}, False), ({"kind": Kind.PULSE}, False)],
    ids=["asks", "answered", "no welcome"],
)
def test_correcting_the_hours_answers_the_welcome(changes: dict[str, Any], answers: bool) -> None:
    welcome = replace(sent("w", Kind.WELCOME), **changes)
    about = person(begun(member=ANNA, agenda=[welcome]))
    records = saved(settings.settings_saved(MONDAY, about, sent_in(about, "w")))
    assert ("w" in records) == answers
    assert not answers or (records["w"].answer, records["w"].answered_at) == (Answer.DONE, MONDAY_BEFORE)


def test_a_zone_that_changed_behind_the_form_is_not_confirmed_by_it() -> None:
    older = sent_in(OUTSIDE)
    moved = person(member=replace(ANNA, zone="Asia/Tokyo"))
    fresh = saved(settings.settings_saved(MONDAY, moved, older))["anna"]
    assert (fresh.zone, fresh.zone_confirmed) == ("Asia/Tokyo", False)
