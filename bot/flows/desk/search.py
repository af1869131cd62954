"""Looking for a phrase in the log: what is looked for stays with the session, what is found is noted as a look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.coaching.calendar import local_day
from bot.coaching.records.audit import Action
from bot.coaching.records.session import Search
from bot.flows.coach.page import PLANS
from bot.flows.desk.entry import Visitor
from bot.flows.desk.line import ShownLine, line_shown
from bot.flows.desk.phrase import LONGEST, Phrase, phrase_of
from bot.flows.desk.place import place_of
from bot.flows.desk.view import View
from bot.flows.messages.parts import short
from bot.flows.ports import Ports
from bot.store.port import Conflict
from bot.store.port.readers import FoundLines, LogEntry

MOST_FOUND = 50  # lines on one page
MOST_LOOKED = 1000  # lines that are looked at for one page, or for one part of a file
EXCERPT = 300  # characters of a text on the page; all of it is a link away
TRIES = 3  # a page in another tab may write down at the same moment that its person was seen


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What is wrong with what was typed, in words, with as much of it as a phrase may have."""

    told: str
    typed: str


@dataclass(frozen=True, kw_only=True)
class Sought:
    """How far a phrase was looked for."""

    phrase: Phrase
    back_to: str  # the day of the last line that was looked at; empty: all were
    older: str  # the place of that line, for an address; empty: all were


async def look_for(ports: Ports, visitor: Visitor, typed: str) -> Search | Refused:
    """Keep what a coach looks for with their session; return what is wrong with it instead."""
    told = wrong_with(typed)
    if told:
        say = ports.words.say(told, visitor.language, most=LONGEST)
        return Refused(told=say, typed=typed[:LONGEST])
    session = visitor.session
    for _ in range(TRIES):
        fresh, search = session.search(" ".join(typed.split()), ports.new_id())
        try:
            await ports.save(fresh)
        except Conflict:
            found = await ports.store.session(session.workspace, session.id)
            if found is None or not found[0].is_live(ports.now):  # it ended in another tab
                break
            session = found[0]
        else:
            return search
    return Refused(told=ports.words.say("desk-search-again", visitor.language), typed=typed)


def wrong_with(typed: str) -> str:
    """Return the phrase that says what is wrong with what was typed; empty when it can be looked for."""
    if len(typed) > LONGEST:
        return "desk-search-long"
    return "" if phrase_of(typed) else "desk-search-empty"


async def found(ports: Ports, visitor: Visitor, view: View, phrase: Phrase) -> tuple[Sequence[ShownLine], Sought]:
    """Return a page of what is found in a view, each text cut down to where it stands, noted as looks."""
    lines = await searched(ports, visitor, view, phrase, limit=MOST_FOUND, audit_id=ports.new_id())
    given, until = ports.given(), lines.until
    shown = [line_shown(given, visitor.language, visitor.zone, view.cohort, each) for each in lines.entries]
    sought = Sought(
        phrase=phrase,
        back_to=ports.words.day(local_day(until[0], visitor.zone), visitor.language) if until else "",
        older=place_of(*until) if until else "",
    )
    cut = [replace(each, text=phrase.excerpt(each.text, EXCERPT), above=short(each.above, EXCERPT)) for each in shown]
    return cut, sought


async def searched(
    ports: Ports,
    visitor: Visitor,
    view: View,
    phrase: Phrase,
    *,
    limit: int,
    audit_id: str,
    action: Action = Action.SEARCH,
) -> FoundLines:
    """Return the lines of a view in which a phrase stands, noted as looks; the page of an export is looked at alike."""
    coach = visitor.member
    return await ports.store.search_log(
        coach.workspace,
        coach.id,
        view.cohort.id,
        view.which,
        before=view.before,
        limit=limit,
        most=MOST_LOOKED,
        at=ports.now,
        audit_id=audit_id,
        is_wanted=lambda entry: is_found(phrase, entry),
        action=action,
    )


def is_found(phrase: Phrase, entry: LogEntry) -> bool:
    """Whether a phrase stands in the words of a line, or in the name of whose line it is."""
    first, _, second = entry.text.partition("\n")
    texts = (first, second) if entry.kind in PLANS else (entry.text,)
    return phrase.is_in(entry.name) or any(map(phrase.is_in, texts))
