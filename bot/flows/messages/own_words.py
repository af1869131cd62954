"""What a person wrote, as it stands on their own page: replies, plans and changes of all their runs, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.port import Body, Buttons, Heading, Line, Part, Quote
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.records.screen import Screen
from bot.coaching.words import Words, is_shared, written_at
from bot.flows.context.nudge import Participation
from bot.flows.context.person import PersonContext, person_in
from bot.flows.given import Given
from bot.flows.messages.parts import about_of, button, note, short, text_of
from bot.flows.messages.words import channel_buttons, channel_line, readers_line
from bot.flows.ports import Ports
from bot.store.port.words import NOWHERE, Places

A_PAGE = 5  # texts on one page
Above = tuple[datetime, str]  # moment and id of the text below which a page begins


@dataclass(frozen=True, kw_only=True)
class Page(PersonContext):
    """A person with a page of what they wrote: replies and commitments of all their runs, newest first."""

    words: Sequence[Words] = ()  # and the first one of the page after it
    places: Places = NOWHERE  # of those words
    before: Above | None = None  # None: they are the newest


async def page_of(ports: Ports, screen: Screen) -> Page:
    """Return whose page a screen is, with what stands on it."""
    before = above_from(screen.detail)
    found = await ports.store.around_page(screen.workspace, screen.person, before=before, limit=A_PAGE + 1)
    about = person_in(ports, found).reading(found.who)
    return Page(**vars(about), words=found.words, places=found.places, before=before)


def own_words(given: Given, about: Page) -> list[Part]:
    """Return what a person wrote, text by text, and the buttons to what is older and newer."""
    run, found, before = about.course, about.words, about.before
    language = run.language if run else about.spoken or Language.EN
    words = given.words
    if not found and before is None and run is None:
        return []
    parts: list[Part] = [Line(), Heading(words.say("home-words", language))]
    if not found:
        parts.append(Body(words.body("home-no-words", language)))
    runs = {each.enrollment.id: each for each in about.courses}
    for each in found[:A_PAGE]:
        parts += _entry(given, runs[each.enrollment], each, about.places)
    turns = []
    if before is not None:
        turns.append(button(given, language, "home.newer", ""))
    if len(found) > A_PAGE:
        last = found[A_PAGE - 1]
        turns.append(button(given, language, "home.older", f"{written_at(last).isoformat()}|{last.id}"))
    return [*parts, *([Buttons(tuple(turns))] if turns else [])]


def _entry(given: Given, run: Participation, written: Words, places: Places) -> list[Part]:
    """Return one text with its experiment, its readers, and what its author can do with it."""
    words, language = given.words, run.language
    day, about = words.day(local_day(written_at(written), run.zone), language), about_of(given, run, written)
    noun = "reply" if isinstance(written, Reply) else "plan"
    private, has_left = written.scope is Scope.PRIVATE, _is_left(run, written)
    buttons = [
        *([button(given, language, f"{noun}.read", written.id)] if private else []),
        *([] if has_left else [button(given, language, f"{noun}.change", written.id)]),
        *([] if has_left else channel_buttons(given, language, written, places)),
        button(given, language, f"{noun}.delete", written.id, confirm=True),
    ]
    below: list[Part] = [*channel_line(given, language, written, places), Buttons(tuple(buttons))]
    if private:
        key = "home-private-shared" if is_shared(written) else "home-private-note"
        return [note(given, language, key, day=day, about=about), *below]
    scope = readers_line(given, language, written, places)
    label = words.say("home-reply", language, day=day, about=about, scope=scope)
    return [Quote(short(text_of(given, language, written)), label=label), *below]


def _is_left(run: Participation, written: Words) -> bool:
    """Whether a text is from before its author left its team: it can be read and deleted, and not changed."""
    return run.enrollment.state is EnrollmentState.LEFT or written.cohort != run.cohort.id


def above_from(value: str) -> Above | None:
    """Return the text that a button leads below, or None for the newest and for what is none of ours."""
    moment, _, last = value.partition("|")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, last) if at.tzinfo is not None and last else None
