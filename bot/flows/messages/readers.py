"""Who reads a text, in words: the coaches who may by name, or why nobody does yet."""

from collections.abc import Iterable, Sequence

from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Scope
from bot.coaching.rules.reading import Text
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.context.nudge import Participation
from bot.flows.given import Given

Reader = tuple[Coach, Member]


def reader_name(given: Given, language: Language, reader: Reader) -> str:
    """Return a coach as they are named to whom they may read: with what they said of themselves."""
    role, person = reader
    if not role.is_line_manager:
        return person.name
    return given.words.say("reader-line-manager", language, name=person.name)


def reader_names(given: Given, language: Language, readers: Iterable[Reader]) -> str:
    """Return coaches by name, in their order; empty for nobody."""
    return ", ".join(reader_name(given, language, each) for each in readers)


def readers_of(given: Given, language: Language, who: WhoReads | None, text: Text) -> str:
    """Return who may read a text of the person who is told; where that was not read, that a coach may."""
    if text.scope is Scope.PRIVATE or text.is_unfiled:
        return given.words.say("scope-private", language)
    if who is None:
        return given.words.say("scope-coach", language)
    if readers := who.readers(text, given.now):
        return given.words.say("scope-names", language, names=reader_names(given, language, readers))
    why, waits = who.unread(text)
    return given.words.say(f"scope-unread-{why}", language, names=reader_names(given, language, waits))


def coaches_line(given: Given, run: Participation, readers: Sequence[Reader]) -> str:
    """Return who the coaches are that a form asks about; empty where that was not read."""
    if run.who is None:
        return ""
    names = reader_names(given, run.language, readers)
    key = "scope-coaches-none" if not readers else "scope-coaches" if run.who.gate else "scope-coaches-shut"
    return given.words.say(key, run.language, names=names)


def scope_line(given: Given, run: Participation, scope: Scope) -> str:
    """Return who may read what this person writes now, in words."""
    text = Text(
        id="",
        member=run.member.id,
        author=run.member.id,
        cohort=run.cohort.id,
        scope=scope,
        written_at=given.now,
    )
    return readers_of(given, run.language, run.who, text)


def others(run: Participation) -> list[Reader]:
    """Return the coaches of a run, asked ones included, without the person themselves."""
    return [each for each in (run.who or WhoReads()).named if each[1].id != run.member.id]
