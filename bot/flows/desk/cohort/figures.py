"""A team's figures, as its channel was told of them: never anew, and never of a few."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.language import Language
from bot.coaching.records.pulse import FEWEST_ANSWERS, QUESTIONS, Question, Wave, large_enough
from bot.coaching.records.reflection import Reflection
from bot.flows.given import Given


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How the answers to one question spread at one time."""

    wave: Wave
    people: Mapping[int, int]  # by the value that they chose


@dataclass(frozen=True, kw_only=True)
class PulseRow:
    """One question of the pulse, with how it was answered each time it was asked of enough people."""

    question: Question
    label: str
    spreads: Sequence[Spread]


def figures(told: Sequence[Reflection]) -> list[tuple[int, int]]:
    """Return week by week how many tried, where the channel was told: a few are never counted in front of others."""
    found = {each.week: each.tried for each in told if each.tried >= FEWEST_ANSWERS}
    return sorted(found.items())


def pulse(given: Given, language: Language, told: Sequence[Reflection]) -> list[PulseRow]:
    """Return how the pulse was answered, as the channel was told last; of no question that a few answered."""
    tallies = large_enough(next((each.pulse for each in reversed(told) if each.pulse), ()))
    people: defaultdict[str, dict[Wave, dict[int, int]]] = defaultdict(dict)
    for each in tallies:
        people[each.question].setdefault(each.wave, {})[each.value] = each.people
    return [
        PulseRow(
            question=question,
            label=given.words.say(f"pulse-question-{question.slug}", language),
            spreads=[
                Spread(wave=wave, people=people[question.slug][wave]) for wave in Wave if wave in people[question.slug]
            ],
        )
        for question in QUESTIONS
        if question.slug in people
    ]
