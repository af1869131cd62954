"""Reading one's own notes in a look back, decision by decision."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.chat.port import Quote
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Scope
from bot.coaching.words import Words
from bot.flows.reflections.own_week import asked_since
from bot.flows.reflections.weekly import LONGEST_READ, MOST_READ, Looking, read_own
from tests.flows.decisions.told import course, given, is_outdated, press, sent, situation, told
from tests.store.scene import a_commitment, a_reply

PRIVATE = a_reply("mine", scope=Scope.PRIVATE)
PLAN = a_commitment("plan", scope=Scope.PRIVATE)


def looking(words: Sequence[Words]) -> Looking:
    """Return anna's look back at these words."""
    about = situation(sent("l", Kind.REFLECTION, prompt="reflection/own", item=None))
    return Looking(**{name: getattr(about, name) for name in about.__dataclass_fields__}, words=words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([], []),
        ([a_reply("read")], []),  # what the coach reads stands in the message itself
        ([PRIVATE, a_reply("read")], ["words of mine"]),
        (
            [PLAN, PRIVATE],
            [told("promise-plan-text", first="the stand-up ends", second="ask one question"), "words of mine"],
        ),
        ([a_reply("long", scope=Scope.PRIVATE, text="x" * 3000)], ["x" * LONGEST_READ]),
        ([a_reply(f"r{n}", scope=Scope.PRIVATE) for n in range(30)], [f"words of r{n}" for n in range(MOST_READ)]),
    ],
)
def test_the_private_notes_are_shown(words: Sequence[Words], shown: list[str]) -> None:
    about = looking(words)
    decision = read_own(given(), about, press("reflection.read", "l"))
    if not shown:
        assert is_outdated(decision, about)
        return
    assert decision.opens is not None
    quotes = [part.text for part in decision.opens.parts if isinstance(part, Quote)]
    assert len(quotes) == len(shown)
    assert all(quote.startswith(text) for quote, text in zip(quotes, shown, strict=True))


def test_at_half_speed_a_review_reaches_back_to_the_one_before_also_where_the_clock_went_back() -> None:
    before = sent("b", Kind.REFLECTION, sent_at=datetime(2026, 10, 22, 13, 0, tzinfo=UTC))  # 15:00 in Amsterdam
    at = given(datetime(2026, 11, 5, 14, 0, tzinfo=UTC))  # 15:00 there, two weeks later
    assert asked_since(at, course(before)) == before.sent_at
    assert asked_since(given(datetime(2026, 11, 12, 14, 0, tzinfo=UTC)), course(before)) > before.sent_at
