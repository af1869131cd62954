"""The person's own page: where they are, what they said, and everything they can set, take along or wipe."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.chat.port import (
    Body,
    Facts,
    Form,
    FormPart,
    HomeOpened,
    LetIn,
    Press,
    Quote,
)
from bot.coaching.calendar import local_day, local_hour
from bot.coaching.language import Language
from bot.coaching.records.audit import OPERATOR
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen
from bot.coaching.words import is_shared
from bot.flows.context.decision import Decision
from bot.flows.context.identify import known
from bot.flows.context.person import PersonContext, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.messages.own_words import above_from
from bot.flows.messages.parts import note
from bot.flows.participation.in_team import introduce
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.flows.ports import Ports
from bot.flows.screens.new import page_anew, page_turned
from bot.store.port.audit import Look

MOST_LOOKS = 40  # looks listed to the person they were at

LONGEST_PIECE = 2900  # characters in one part of a form


async def opened(ports: Ports, event: HomeOpened) -> None:
    """Show the page of whoever looks at it."""
    await _show(ports, event, await ports.store.page_screen(event.workspace, event.person))


async def let_in(ports: Ports, event: LetIn) -> None:
    """Show their page to whoever let us into a conversation of our own; in a team, say once what this is.

    Told of it once more, the page that stands there already is shown as it is now.
    """
    if not event.is_direct:
        await introduce(ports, event)
        return
    stands = await ports.store.page_screen(event.workspace, event.person)
    if stands is None:
        await _show(ports, event, None)
    else:
        await carry_out(ports, event, Decision(again=stands.subjects))


async def _show(ports: Ports, event: HomeOpened | LetIn, stands: Screen | None) -> None:
    member = await known(ports, event)
    await carry_out(ports, event, Decision(records=page_anew(ports.given(), event, member, stands)))


# --- what the person said ---------------------------------------------------------------------------------------


async def turned(ports: Ports, press: Press) -> None:
    """Show older words, or the newest again, on the page where they stand."""
    member, stands = await known(ports, press), await ports.store.page_screen(press.workspace, press.person)
    await carry_out(ports, press, page_turn(ports.given(), member, stands, press))


def page_turn(given: Given, member: Member | None, stands: Screen | None, press: Press) -> Decision:
    """Return the page turned to the words that were asked for."""
    if member is None or (press.value and above_from(press.value) is None):
        return Decision(refuses="press-stale")
    return Decision(records=[page_turned(given, press, member, stands)])


def whole(text: str) -> tuple[Quote, ...]:
    """Return a text of any length in pieces that each fit."""
    return tuple(Quote(text[start : start + LONGEST_PIECE]) for start in range(0, len(text), LONGEST_PIECE))


async def reply_read(ports: Ports, press: Press) -> None:
    """Show a person their own private note, in a form that only they see."""
    member, reply = await known(ports, press), await ports.store.reply(press.workspace, press.value)
    await carry_out(ports, press, to_be_read(ports.given(), member, reply, press))


def to_be_read(given: Given, member: Member | None, reply: Reply | None, press: Press) -> Decision:
    """Return a person's own note in a form, while it stands."""
    if member is None or reply is None or reply.author != member.id or reply.text is None:
        return Decision(refuses="press-stale")
    language = member.language or press.language or Language.EN
    below = note(given, language, "home-read-shared" if is_shared(reply) else "home-read-note")
    return Decision(opens=replace(to_read(given, language, "note", *whole(reply.text), below), shows=(reply.id,)))


def to_read(given: Given, language: Language, name: str, *parts: FormPart) -> Form:
    """Return a form that only shows something to the person who asked."""
    return Form(
        id=f"{name}.shown",
        title=given.words.say(f"form-{name}-title", language),
        submit=None,
        close=given.words.say("form-close", language),
        parts=parts,
    )


async def audit_open(ports: Ports, press: Press) -> None:
    """Show a person who looked at their words, and when."""
    about = await person_of(ports, press)
    looks = (
        await ports.store.looks_at(about.member.workspace, about.member.id, limit=MOST_LOOKS) if about.member else ()
    )
    await carry_out(ports, press, looks_shown(ports.given(), about, looks, press))


def looks_shown(given: Given, about: PersonContext, looks: Sequence[Look], press: Press) -> Decision:
    """Return a form with the looks at a person's words, newest first."""
    member = about.member
    if member is None:
        return Decision(refuses="press-stale")
    words, language = given.words, about.language(press)
    zone = about.course.zone if about.course else member.zone or DEFAULT_ZONE
    rows = []
    for look in looks:
        day, hour = words.day(local_day(look.entry.at, zone), language), local_hour(look.entry.at, zone)
        rows.append((f"{day} {hour:%H:%M}", look_told(given, member, look, language)))
    listed = Facts(tuple(rows)) if rows else Body(words.body("audit-nobody", language))
    return Decision(opens=to_read(given, language, "audit", Body(words.body("audit-intro", language)), listed))


def look_told(given: Given, member: Member, look: Look, language: Language) -> str:
    """Return who did what with a person's words, as they read it."""
    words, entry = given.words, look.entry
    if entry.actor == member.id:
        return words.say(f"audit-own-{entry.action}", language, count=entry.count)
    nobody = "audit-operator" if entry.actor == OPERATOR else "audit-gone"
    who = look.actor.name if look.actor else words.say(nobody, language)
    return words.say(f"audit-{entry.action}", language, who=who, count=entry.count)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "home.older": turned,
    "home.newer": turned,
    "reply.read": reply_read,
    "audit.open": audit_open,
}
