"""What comes to the same person once more comes in other words, whichever language they speak."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.port import Body, Heading
from bot.coaching.language import Language
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.experiments import later
from bot.flows.messages import experiment
from tests.flows.decisions.looks import shown
from tests.flows.decisions.told import AT_HOME, ITEM, TUESDAY, form, given, saved, sent, situation
from tests.store.scene import a_commitment, a_member


def as_sent(row: Nudge, count: int, **changes: object) -> Nudge:
    at = TUESDAY + timedelta(days=count)
    return replace(row, id=f"n{count}", state=NudgeState.SENT, sent_at=at, due_at=at, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("item", [ITEM, AT_HOME])
def test_an_experiment_comes_back_in_its_other_wordings_and_then_another_way(item: str, language: Language) -> None:
    member = a_member("anna", direct="D-anna", language=language)
    about = situation(as_sent(sent(item=item), 0), member=member)
    assert about.item is not None
    ways = 1 + len(about.item.nudge.again) + len(about.item.alternatives)
    titles: list[str] = []
    for count in range(ways):
        looks = experiment.nudge(given(), shown(about.nudge, *about.agenda[1:], member=member))
        titles.append(looks.fallback)
        put = saved(later.later_set(given(), about, form("later.set", about.nudge.id, when="tomorrow", day="")))
        before = replace(about.nudge, answer=Answer.LATER)
        back = as_sent(put["new-1"], count + 1)
        about = situation(back, before, *about.agenda[1:], member=member)
    texts = (about.item.nudge, *about.item.nudge.again, *(each.text for each in about.item.alternatives))
    assert titles == [given().words.title_of(text, language, week=1) for text in texts]


@pytest.mark.parametrize("language", Language)
def test_the_question_of_a_day_that_moves_is_asked_in_five_ways(language: Language) -> None:
    member = a_member("anna", direct="D-anna", language=language)
    plan = a_commitment("p", item=ITEM, nudge="n", due_on=TUESDAY.date() + timedelta(days=30))
    other = a_commitment("q", item=AT_HOME, nudge="o", kind=CommitmentKind.PLAN)
    elsewhere = as_sent(sent(kind=Kind.DAY_OF, item=AT_HOME, subject="q"), 0, answer=Answer.DONE)
    agenda: list[Nudge] = []
    asked: list[tuple[str, ...]] = []
    for count in range(1, 7):
        row = as_sent(sent(kind=Kind.DAY_OF, subject="p"), count)
        looks = experiment.day_of(given(), shown(row, elsewhere, *agenda, promises=[plan, other], member=member))
        asked.append(tuple(each.text for each in looks.parts if isinstance(each, Heading | Body))[:2])
        agenda.append(replace(row, answer=Answer.LATER))
    assert len(set(asked[:5])) == 5
    assert asked[5] == asked[0]
