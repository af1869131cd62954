"""A member's own page: their journey, all they wrote with who may read it, who may read at all, and who did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.calendar import local_day, local_hour
from bot.coaching.language import Language, Markdown
from bot.coaching.records.audit import AuditEntry
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply
from bot.coaching.words import Words, written_at
from bot.flows.agenda.upcoming import next_words, progress
from bot.flows.context.person import ParticipationContext, person_in
from bot.flows.desk.entry import Visitor
from bot.flows.desk.place import Place, place_of
from bot.flows.given import Given
from bot.flows.messages.own_page import open_plans
from bot.flows.messages.own_words import Page
from bot.flows.messages.parts import about_of, short, text_of
from bot.flows.messages.words import channel_line, readers_line
from bot.flows.participation.own_page import look_told
from bot.flows.ports import Ports
from bot.store.port.audit import Look

A_PAGE = 20  # texts, or looks, on one page
MOST_SEEN = 3  # texts that are listed at one look
LONGEST_SEEN = 120  # characters of such a text


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """A text of a person's as it stands on their page."""

    id: str
    day: str
    kind: str
    about: str
    text: str
    readers: str
    channel: Sequence[Markdown]  # how it stands to the channel; nothing when that was never asked


@dataclass(frozen=True, kw_only=True)
class Journey:
    """Where a person is."""

    title: str
    team: str
    facts: Sequence[tuple[str, str]]
    plans: Sequence[tuple[str, str]]  # day, and words


@dataclass(frozen=True, kw_only=True)
class ShownLook:
    """A look at a person's words, as they read of it."""

    day: str
    hour: str
    told: str
    seen: Sequence[str]  # which texts, cut short
    more: int  # texts that are not listed, or are no more


@dataclass(frozen=True, kw_only=True)
class Mine:
    """A person's own page."""

    journey: Journey | None
    texts: Sequence[OwnText]
    older: str  # the address of the page below; empty when that is all
    is_newest: bool
    readers: Sequence[str]  # who may read, a sentence each


@dataclass(frozen=True, kw_only=True)
class Looks:
    """Who looked at a person's words, newest first."""

    looks: Sequence[ShownLook]
    older: str
    is_newest: bool


async def mine(ports: Ports, visitor: Visitor, before: Place | None) -> Mine:
    """Return a person's page, with their words from the newest on, or below a place."""
    member = visitor.member
    found = await ports.store.around_page(member.workspace, member.external_id, before=before, limit=A_PAGE + 1)
    page = Page(**vars(person_in(ports, found)), words=found.words, places=found.places, before=before)
    people = [(each, await ports.store.member(each.workspace, each.coach)) for each in page.grants]
    teams = {each.id: each for each in await ports.store.cohorts_of(member.workspace)}
    readers = []
    for grant, coach in people:
        values = {"coach": coach.name if coach else "", "team": teams[grant.cohort].channel_name}
        day = ports.words.day(local_day(grant.from_at, visitor.zone), visitor.language, weekday=False)
        key = "one" if grant.text else "earlier" if grant.includes_earlier else "from"
        readers.append(ports.words.say(f"desk-reader-{key}", visitor.language, **values, day=day))
    return shown(ports.given(), visitor, page, readers)


def shown(given: Given, visitor: Visitor, page: Page, readers: Sequence[str]) -> Mine:
    """Return the page of somebody as they read it."""
    course, language = page.course, visitor.language
    runs = {each.enrollment.id: each for each in page.courses}
    texts = page.words[:A_PAGE]
    last = texts[-1] if len(page.words) > A_PAGE else None
    return Mine(
        journey=_journey(given, course) if course else None,
        texts=[_own(given, language, visitor.zone, runs[each.enrollment], page, each) for each in texts],
        older=place_of(written_at(last), last.id) if last else "",
        is_newest=page.before is None,
        readers=readers,
    )


def _journey(given: Given, course: ParticipationContext) -> Journey:
    words, language = given.words, course.language
    return Journey(
        title=progress(given, course),
        team=course.cohort.channel_name,
        facts=[(words.say("home-next", language), next_words(given, course))],
        plans=[
            (words.day(each.due_on, language), text_of(given, language, each)) for each in open_plans(given, course)
        ],
    )


def _own(given: Given, language: Language, zone: str, run: ParticipationContext, page: Page, written: Words) -> OwnText:
    return OwnText(
        id=written.id,
        day=given.words.day(local_day(written_at(written), zone), language),
        kind=kind_of(given, language, written),
        about=about_of(given, run, written),
        text=text_of(given, language, written),
        readers=readers_line(given, language, written, page.places),
        channel=[each.text for each in channel_line(given, language, written, page.places)],
    )


def kind_of(given: Given, language: Language, written: Words) -> str:
    """Return what sort of text something is, in words."""
    if isinstance(written, Commitment):
        return given.words.say(f"log-kind-{written.kind}", language)
    key = "answer" if written.answers else written.kind
    return given.words.say(f"log-kind-{key}", language, question=written.question or 0)


# --- who read -----------------------------------------------------------------------------------------------------


async def looks(ports: Ports, visitor: Visitor, before: str) -> Looks:
    """Return who looked at a person's words, from the newest on, or those before one look."""
    member = visitor.member
    found = await ports.store.looks_at(member.workspace, member.id, limit=A_PAGE + 1, before=before)
    ids = dict.fromkeys(each.id for look in found[:A_PAGE] if _tells_of_texts(look.entry) for each in look.entry.seen)
    stand = {each.id: each for each in await ports.store.words_with(member.workspace, list(ids))}
    own = {name: each for name, each in stand.items() if _author(each) == member.id}
    listed = [look_shown(ports.given(), visitor, look, own) for look in found[:A_PAGE]]
    older = found[A_PAGE - 1].entry.id if len(found) > A_PAGE else ""
    return Looks(looks=listed, older=older, is_newest=not before)


def look_shown(given: Given, visitor: Visitor, look: Look, own: Mapping[str, Words]) -> ShownLook:
    """Return one look as the person reads of it, with those of the texts that still stand and are theirs."""
    member: Member = visitor.member
    entry, zone, language = look.entry, visitor.zone, visitor.language
    seen = [own[each.id] for each in entry.seen if each.id in own] if _tells_of_texts(entry) else []
    return ShownLook(
        day=given.words.day(local_day(entry.at, zone), language),
        hour=f"{local_hour(entry.at, zone):%H:%M}",
        told=look_told(given, member, look, language),
        seen=[short(text_of(given, language, each), LONGEST_SEEN) for each in seen[:MOST_SEEN]],
        more=max(0, len(entry.seen) - len(seen[:MOST_SEEN])) if _tells_of_texts(entry) else 0,
    )


def _tells_of_texts(entry: AuditEntry) -> bool:
    """Whether which texts were seen is worth telling; what a person did themselves, they know."""
    return entry.actor != entry.subject


def _author(written: Words) -> str:
    return written.author if isinstance(written, Reply) else written.member
