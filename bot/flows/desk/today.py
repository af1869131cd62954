"""What a coach finds first: what is new since they read the log last, and whose plans and changes come due."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.coaching.calendar import local_day, local_hour
from bot.coaching.records.audit import SeenText
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import ReplyKind
from bot.coaching.words import Words
from bot.flows.coach.digest import looked
from bot.flows.coach.wanted import taken
from bot.flows.desk.entry import Visitor
from bot.flows.desk.tokens import hashed
from bot.flows.given import Given
from bot.flows.messages.parts import short, text_of
from bot.flows.ports import Ports
from bot.store.port import Conflict
from bot.store.port.shown import NewText, ShownDigest

LONGEST_PROMISE = 300  # characters of one


@dataclass(frozen=True, kw_only=True)
class News:
    """How much somebody shared that is new."""

    person: str  # member id
    name: str
    told: Sequence[str]  # how many texts, how many answers to the coach


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A plan or a change whose day comes."""

    line: str  # its id
    name: str
    day: str
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Somebody who asked for a word with their coach."""

    request: str  # its id
    name: str
    day: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class Team:
    """What is new in one team."""

    id: str
    channel: str
    since: str  # the day on which its log was read last; empty: never
    news: Sequence[News]
    promises: Sequence[Promise]
    post: str  # what is said of the team's next post; empty: there is none


@dataclass(frozen=True, kw_only=True)
class Today:
    """The first page of a coach."""

    day: str
    asking: Sequence[Asking]  # a word with a coach passes while nobody reads, too
    teams: Sequence[Team] | None  # None while the gate is shut


async def today(ports: Ports, visitor: Visitor) -> Today:
    """Return a coach's first page, noted as looks before it leaves.

    What is new in a team is what came after its log was read last. The same page once more is the same look.
    """
    words, language = ports.words, visitor.language
    channels = {each.id: each.channel_name for each in visitor.about.coached}
    asking = [
        Asking(
            request=each.id,
            name=each.name,
            day=words.day(local_day(each.at, visitor.zone), language),
            channel=channels[each.cohort],
        )
        for each in await ports.store.wishes(visitor.member.workspace, visitor.member.id)
    ]
    is_shut = await ports.store.gate(visitor.member.workspace) is None
    return Today(
        day=words.day(local_day(ports.now, visitor.zone), language),
        asking=asking,
        teams=None if is_shut else await _teams(ports, visitor),
    )


async def _teams(ports: Ports, visitor: Visitor) -> list[Team]:
    coach, teams = visitor.member, visitor.about.coached
    read_at = {each.id: await ports.store.looked_before(coach.workspace, coach.id, each.id, "-") for each in teams}
    given = ports.given()
    new = await ports.store.new_texts(coach.workspace, coach.id, read_at, given.now)
    about = await ports.store.digest_made(_as_digest(given, visitor), given.now, since=given.now)
    shown: list[tuple[Words | NewText, str]] = [(each, each.person) for each in new]
    shown += [(each, who.id) for each, who in about.promises]
    told = {each.id: (each, person) for each, person in shown}
    if looks := looked(given, coach, list(told.values())):
        await ports.store.note([replace(each, id=_same(visitor, each.seen)) for each in looks])
    return [_team(given, visitor, each, about, read_at[each.id], new) for each in teams]


async def take(ports: Ports, visitor: Visitor, request: str) -> bool:
    """Let a coach take a request for a word; False when it is none of theirs, or another coach was faster."""
    found = await ports.store.reply(visitor.member.workspace, request)
    if found is None or found.kind is not ReplyKind.REQUEST:
        return False
    decision = taken(found, await ports.store.coach(found.workspace, found.cohort, visitor.member.id))
    with suppress(Conflict):
        if decision.records:
            await ports.save(*decision.records)
            return True
    return False


def _as_digest(given: Given, visitor: Visitor) -> Nudge:
    """Return the digest that would be made today; it is neither kept nor sent."""
    day, hour = local_day(given.now, visitor.zone), local_hour(given.now, visitor.zone)
    return Nudge(
        id="today",
        workspace=visitor.member.workspace,
        cohort=visitor.about.coached[0].id,
        member=visitor.member.id,
        kind=Kind.COACH_DIGEST,
        prompt="coach/digest",
        occurrence="today",
        week=0,
        local_date=day,
        local_time=hour.replace(second=0, microsecond=0),
        zone=visitor.zone,
        due_at=given.now,
        expires_at=given.now,
    )


def _same(visitor: Visitor, seen: Sequence[SeenText]) -> str:
    """Return an id that this session has for a look at these very texts."""
    return hashed(" ".join(f"{each.id}.{each.edition}" for each in seen), of=visitor.session.id)[:32]


def _team(
    given: Given,
    visitor: Visitor,
    team: Cohort,
    about: ShownDigest,
    read_at: datetime | None,
    new: Sequence[NewText],
) -> Team:
    words, language = given.words, visitor.language
    post = about.posts.get(team.id)
    return Team(
        id=team.id,
        channel=team.channel_name,
        since=words.day(local_day(read_at, visitor.zone), language) if read_at else "",
        news=_news(given, visitor, [each for each in new if each.cohort == team.id]),
        promises=[_promise(given, visitor, each, who) for each, who in about.promises if each.cohort == team.id],
        post=words.day(local_day(post.due_at, post.zone), language) if post else "",
    )


def _news(given: Given, visitor: Visitor, new: Sequence[NewText]) -> list[News]:
    """Return how much is new, person by person, in the order of their names: nobody is ranked."""
    words, language = given.words, visitor.language
    people = {each.person: each.name for each in new}
    answers = Counter(each.person for each in new if each.is_answer)
    texts = Counter(each.person for each in new if not each.is_answer)
    found = []
    for person, name in sorted(people.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        told = [words.say("digest-texts", language, count=texts[person])] if texts[person] else []
        told += [words.say("digest-answers", language, count=answers[person])] if answers[person] else []
        found.append(News(person=person, name=name, told=told))
    return found


def _promise(given: Given, visitor: Visitor, promise: Commitment, who: Member) -> Promise:
    words, language = given.words, visitor.language
    return Promise(
        line=promise.id,
        name=who.name,
        day=words.day(promise.due_on, language),
        kind=words.say(f"log-kind-{promise.kind}", language),
        text=short(text_of(given, language, promise), LONGEST_PROMISE),
    )
