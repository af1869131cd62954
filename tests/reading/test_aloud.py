"""A journey as each kind of person gets it, by the product's own rules, in either language."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from bot.chat.port import Body, Heading, Note, Part
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind
from bot.reading.aloud import Told, read
from bot.reading.people import Person
from bot.words.files.rules.markdown import sentences
from tests import content

SHORTEST = 4  # words of a sentence that may not come twice
LEAST_OF_OURS = 8  # characters of a phrase that are its own: else it looks like anything
OURS = Heading | Body | Note
MAY_COME_AGAIN = (  # what says who reads, until when and where, as the promise is that each message does; and labels
    "channel-",
    "footer-",
    "scope-",
    "card-",
    "debrief-count",
    "plan-scope",
    "promise-",
    "pulse-done-said",
    "reflection-may",
    "reflection-private",
    "answer-note",
    "day-later-said",
    "transfer-day-title",
    "team-shared-below",
    "words-",
)


def lived(person: Person, language: Language, weeks: int = 12, journey: str = content.WEEKS) -> list[Told]:
    return list(read(content.shipped_words(), journey=journey, language=language, person=person, weeks=weeks))


def blocks(told: Told) -> Iterator[Sequence[Part]]:
    """Yield what is new on a screen: the message, and what each deed is answered."""
    yield told.message.parts
    for deed in told.done:
        yield deed.told
        yield from (receipt.parts for receipt in deed.receipts)


def phrases(language: Language) -> list[re.Pattern[str]]:
    """Return what the phrases look like that may come again."""
    words = content.shipped_words()
    texts = (text for prefix in MAY_COME_AGAIN for text in words.phrases_under(prefix, language).values())
    said = (re.escape(sentence) for text in texts for sentence in sentences(text))
    looks = (re.sub(r"\\\{\w+\\\}", ".+", each) for each in said)
    return [re.compile(each + r"\.?") for each in looks if len(each.replace(".+", "")) >= LEAST_OF_OURS]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("person", Person)
def test_no_sentence_comes_twice_in_twelve_weeks(person: Person, language: Language) -> None:
    said = Counter(
        sentence
        for told in lived(person, language)
        for parts in blocks(told)
        for part in parts
        if isinstance(part, OURS)
        for sentence in sentences(part.text)
        if len(sentence.split()) >= SHORTEST
    )
    allowed = phrases(language)
    twice = [each for each, times in said.items() if times > 1 and not any(every.fullmatch(each) for every in allowed)]
    assert twice == []
    assert len(said) > 30


def test_reading_it_twice_is_reading_the_same() -> None:
    assert lived(Person.DILIGENT, content.NL, weeks=2) == lived(Person.DILIGENT, content.NL, weeks=2)


def test_who_does_everything_gets_everything() -> None:
    told = lived(Person.DILIGENT, content.EN, weeks=25)
    kinds = {kind for each in told for kind in each.kinds}
    planned = {step.kind for step in content.journey().steps}
    asked_of_who_did_nothing = {Kind.FOLLOW_UP, Kind.UNDONE}
    assert kinds == (planned - asked_of_who_did_nothing) | {Kind.DAY_OF, Kind.DEBRIEF, Kind.CHECK}
    moments = [each.at for each in told]
    assert moments == sorted(moments)
    assert all(each.is_post == (each.kinds[0] in (Kind.TEAM_REFLECTION, Kind.TEAM_CLOSING)) for each in told)


def test_the_texts_for_another_state_come_to_who_is_in_it() -> None:
    silent = lived(Person.SILENT, content.EN)
    assert content.title("people-before-systems/follow-up") in {each.message.fallback for each in silent}
    assert [each for each in silent if not each.is_post][-1].kinds == (Kind.SILENCE,), "and then nothing more"
    again = content.journey().texts["pulse/after"]
    first, second = (content.title(again.in_state(state).path) for state in ("first_time", "second_time"))
    diligent = {each.message.fallback for each in lived(Person.DILIGENT, content.EN)}
    assert (first in diligent, second in diligent) == (False, True)
    assert content.title("people-before-systems/follow-up") not in diligent


def test_who_puts_it_off_reads_the_other_wordings() -> None:
    joking = [each.message.fallback for each in lived(Person.JOKING, content.NL, weeks=2)]
    wordings = ("nudge", "nudge/again-1", "nudge/again-2")
    titles = [content.title(f"people-before-systems/{name}", content.NL) for name in wordings]
    assert [each for each in joking if each in titles] == titles


def test_the_taster_ends_by_itself() -> None:
    told = lived(Person.HALF_SPEED, content.NL, weeks=3, journey=content.TASTER)
    assert told[-1].kinds[-1] is Kind.TEAM_CLOSING
