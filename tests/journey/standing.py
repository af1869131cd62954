"""What must hold of every screen once all is quiet: worked out from the books, the records, and what really stands."""

from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator
from typing import Any

from bot.chat.slack.rendering import render as in_slack
from bot.chat.teams.rendering import render as in_teams
from bot.coaching.language import Language
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState
from bot.flows.screens.render import Rendering, rendered
from tests.content import said
from tests.driver import BOT, Json
from tests.journey.forms import Open, open_forms
from tests.journey.records import records_of
from tests.journey.troubled import PEOPLE, TOKEN
from tests.journey.walk import COACH, Walk
from tests.teams_driver import TeamsDriver


async def check(walk: Walk) -> list[str]:
    """Return all that does not hold; nothing when every screen is true."""
    shown = await everything(walk)
    screens = [found for (name,) in records_of(walk.world, "screens") if (found := await _screen(walk, str(name)))]
    forms = await open_forms(walk.world, *PEOPLE, COACH)
    return [
        *_agrees(walk),
        *_withdrawn(walk, shown, screens),
        *_in_forms(walk, forms),
        *[each async for each in _differs(walk, shown, screens)],
        *_receipts(walk, shown, screens),
        *[f"what was outdated changed records: {each}" for each in walk.books.wrong],
    ]


async def _screen(walk: Walk, name: str) -> Screen | None:
    store = walk.world.bot.ports.store
    found = [await store.screen(workspace.id, name) for workspace in await store.workspaces()]
    return next((screen for screen in found if screen is not None), None)


class Shown:
    """One message or page of the bot, as one person has it before them."""

    def __init__(self, walk: Walk, viewer: str, external: str, where: Json, place: str) -> None:
        kind = "page" if not place or where.get("kind") == "home" else "message"
        self.viewer, self.where, self.kind = viewer, where, kind
        self.conversation = str(where.get("place") or place)
        self.message = str(where.get("post") or where.get("ts") or "")
        self.is_aside = bool(where.get("ephemeral"))
        self.text = walk.world.driver.texts(where)
        if not place:
            self.conversation, self.message = "", external
        self.key = (walk.world.driver.nudge_of(where) or _named(where)) if kind == "message" else None


def _named(where: Json) -> str | None:
    """Return the key that a message's blocks carry: what takes another's place by an answer to a press has no other."""
    names = [str(block.get("block_id", "")) for block in where.get("blocks") or ()]
    return next((key for key in (name.rpartition(":")[0] for name in names) if len(key) > 1), None)


async def everything(walk: Walk) -> list[Shown]:
    """Return what the bot shows to anybody, forms left aside; in Teams each card that was an own page, too."""
    found, driver = [], walk.world.driver
    for viewer in (*PEOPLE, COACH):
        state, external = await driver.state(viewer), await driver.person(viewer)
        for place, messages in state["messages"].items():
            found += [Shown(walk, viewer, external, each, place) for each in messages if each["user"] == BOT]
        if isinstance(driver, TeamsDriver):
            found += [Shown(walk, viewer, external, each, str(each["place"])) for each in await driver.pages(viewer)]
        elif state["home"] is not None:
            found.append(Shown(walk, viewer, external, state["home"], ""))
    return found


# --- the records agree with the books ---------------------------------------------------------------------------


def _standing(walk: Walk) -> dict[str, tuple[Any, ...]]:
    """Return the words that are kept, by token: scope, when they were shared, and whose they are."""
    names = {member: str(name).partition(" ")[0] for member, _, name in records_of(walk.world, "people")}
    rows = [*records_of(walk.world, "replies"), *records_of(walk.world, "promises")]
    return {
        token: (scope, shared_at, names.get(author))
        for _, text, scope, shared_at, _, author in rows
        for token in TOKEN.findall(str(text or ""))
    }


def _agrees(walk: Walk) -> Iterator[str]:
    """What was taken back is in no record, and whose the others are."""
    for token, (_, _, author) in _standing(walk).items():
        if token in walk.books.gone:
            yield f"{token} was taken back, and is kept"
        if author != walk.books.author[token] or author in walk.erased:
            yield f"{token} is kept as {author}'s, and {walk.books.author[token]} typed it"


# --- no withdrawn word stands anywhere --------------------------------------------------------------------------


def _withdrawn(walk: Walk, shown: list[Shown], screens: list[Screen]) -> Iterator[str]:
    standing, given_up = _standing(walk), _given_up(screens)
    for each in shown:
        if (each.conversation, each.message) in given_up:
            continue
        for token in TOKEN.findall(each.text):
            if why := _why_not(walk, standing.get(token), token, each):
                about = f"{token} of {walk.books.author[token]}"
                yield f"{about} is before {each.viewer} ({each.kind}), {why}: {each.text[:90]!r}"


def _in_forms(walk: Walk, forms: list[Open]) -> Iterator[str]:
    """Nobody has words of somebody else before them in a form that they may not read, or their own taken back.

    Own words that were only changed stay, with what was typed into the form; sent in, it is refused.
    """
    standing = _standing(walk)
    walk.books.figures["forms open at the end"] += len(forms)
    for form in forms:
        for token in TOKEN.findall(form.told):
            author = walk.books.author[token]
            is_told = token in standing and standing[token][0] == "coach" and COACH in (form.who, author)
            newest = _newest(walk, token)
            is_kept = bool({newest, walk.books.in_doubt.get(newest)} & standing.keys()) or token in walk.books.refused
            is_own = author == form.who and author not in walk.erased and is_kept
            if not (is_told or is_own):
                yield f"{token} of {author} is before {form.who} in the form {form.kind}"


def _newest(walk: Walk, token: str) -> str:
    """Return the words that took the place of these, as often as that was."""
    while token in walk.books.replaced:
        token = walk.books.replaced[token]
    return token


def _why_not(walk: Walk, kept: tuple[Any, ...] | None, token: str, each: Shown) -> str:
    author = walk.books.author[token]
    if kept is None:
        return "withdrawn"
    scope, shared_at, _ = kept
    if each.kind == "message" and not each.is_aside and _is_channel(walk, each):
        return "" if shared_at else "in the channel without a press"
    if each.viewer == author:
        return "private, and repeated" if scope == "private" and each.kind == "message" else ""
    return "" if COACH in (each.viewer, author) and scope == "coach" else "not theirs to read"


def _is_channel(walk: Walk, each: Shown) -> bool:
    return each.conversation in walk.channels


def _given_up(screens: list[Screen]) -> set[tuple[str, str]]:
    return {(each.conversation, each.message) for each in screens if each.state is ScreenState.STUCK}


# --- what is current shows its records --------------------------------------------------------------------------


async def _differs(walk: Walk, shown: list[Shown], screens: list[Screen]) -> AsyncIterator[str]:
    at = {(each.conversation, each.message): each for each in shown}
    for screen in screens:
        is_waiting_page = screen.kind is ScreenKind.PAGE and screen.state is ScreenState.STALE and screen.due is None
        if screen.state is ScreenState.CURRENT:
            about = f"{screen.kind} {screen.about} ({await _kind(walk, screen)}) is current"
            if wrong := await _untrue(walk, screen, at.get((screen.conversation, screen.message or screen.person))):
                yield f"{about}, and {wrong}"
        elif screen.state is not ScreenState.STUCK and not is_waiting_page:
            yield f"{screen.kind} {screen.id} is left {screen.state}"


async def _untrue(walk: Walk, screen: Screen, stands: Shown | None) -> str:
    """Return what is wrong with a screen that counts as current; empty when it shows its records as they are."""
    if screen.kind in ("form", "log"):  # shown as they are to who asked, and put away when their words change
        return ""
    fresh = await rendered(walk.world.bot.ports.at(screen.workspace), screen)
    if fresh is None:
        return "nothing is to be shown"
    if stands is None:
        return "does not stand there"
    if screen.kind is ScreenKind.PAGE:  # what comes next, and which plan is still ahead, goes with the calendar
        missing = set(TOKEN.findall(_told(walk, fresh))) - set(TOKEN.findall(stands.text))
        return f"lacks {missing}" if missing else ""
    if fresh.digest == screen.digest:
        return "" if _same(walk, stands, fresh) else f"stands otherwise:\n{stands.text}\n{_told(walk, fresh)}"
    walk.books.figures["current, and a line is out of date"] += 1
    apart = _apart(stands.text, _told(walk, fresh))
    return f"is not: {apart}" if apart else ""


# Whether typed words are kept ends with the calendar, too, which marks no screen: who reads that nothing is kept may
# read it for longer than it is so, and nobody reads that words are kept when they are not.
INVITES = (
    *(said(key, language) for key in ("footer-keeps", "coach-word-note") for language in Language),
    *(said("nudge-done-when", language, times=times) for times in range(5) for language in Language),
)
FORGETS = tuple(
    said(key, language)
    for key in ("footer-forgets", "nudge-done-when-forgets", "coach-word-note-home")
    for language in Language
)
STILL_FORGETS = tuple(said("footer-forgets-here", language) for language in Language)  # of the one about home itself
OVER = tuple(said("footer-over", language) for language in Language)


def _apart(stands: str, fresh: str) -> tuple[list[str], list[str]] | None:
    """Return the lines that only one of two texts has, unless those that stand there only say that nothing is kept."""
    one, other = Counter(stands.splitlines()), Counter(fresh.splitlines())
    there, now = sorted((one - other).elements()), sorted((other - one).elements())
    is_cautious = all(_has(line, FORGETS) and not _has(line, INVITES) for line in there)
    if is_cautious and len(there) == len(now) and all(_has(line, (*INVITES, *STILL_FORGETS, *OVER)) for line in now):
        return None
    return (there, now) if there or now else None


def _has(line: str, sentences: Collection[str]) -> bool:
    return any(each in line for each in sentences)


async def _kind(walk: Walk, screen: Screen) -> str:
    row = await walk.world.bot.ports.store.nudge(screen.workspace, screen.about)
    return str(row.kind) if row else "-"


def _told(walk: Walk, fresh: Rendering) -> str:
    return walk.world.driver.texts(_where(walk, fresh))


def _where(walk: Walk, fresh: Rendering) -> Json:
    """Return a rendering in the shape in which the driver tells of a message."""
    if walk.world.driver.platform == "slack":
        return {"blocks": in_slack.message(fresh.message).blocks}
    card = in_teams.message(fresh.message)["attachments"][0]["content"]
    return {"text": "", "card": card, "files": []}


def _same(walk: Walk, stands: Shown, fresh: Rendering) -> bool:
    """Whether the words and the buttons that stand there are those of the rendering."""
    driver, where = walk.world.driver, _where(walk, fresh)
    return stands.text == driver.texts(where) and driver.labels(stands.where) == driver.labels(where)


# --- what is new is neither lost nor doubled --------------------------------------------------------------------


def _receipts(walk: Walk, shown: list[Shown], screens: list[Screen]) -> Iterator[str]:
    """Every kept text that was typed is confirmed: at most twice where nothing can be looked up."""
    receipts = [each for each in screens if each.kind is ScreenKind.RECEIPT]
    there = {(each.conversation, each.message) for each in shown}
    rows, given_up = {each.about for each in receipts}, _given_up(receipts) & there
    in_vain = {each.about for each in receipts if (each.conversation, each.message) in given_up}  # in place of an offer
    stands = Counter({(each.message, each.key) for each in shown if each.key})
    times = Counter(key for _, key in stands)
    most = 2 if walk.world.driver.platform == "teams" else 1
    for name, text, _, _, source, _ in records_of(walk.world, "replies"):
        if times[name] > most:
            yield f"the receipt of {name} stands {times[name]} times"
        # What may not be changed is deleted when words went, and else stays as it is.
        is_closed = walk.books.figures["windows closed"] and (name not in rows or name in in_vain)
        # After two lost answers nobody tells where nothing can be looked up: it may stand, and holds no words.
        is_unknown = name not in rows and not (most > 1 and times[name])
        if text and source and not is_closed and (not times[name] or is_unknown):
            yield f"the receipt of {name} is lost: {text} stands={times[name]} known={name in rows}"
