"""The person's own page: where they are, what they said, and everything they can set, take along or wipe."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.port import (
    Body,
    Facts,
    Form,
    FormErrors,
    FormPart,
    HomeOpened,
    LetIn,
    Press,
    Quote,
    Submitted,
)
from bot.coaching.audit import AuditEntry
from bot.coaching.calendar import local_day, local_hour
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.words import is_shared
from bot.flows.compose.own_words import above_from
from bot.flows.compose.parts import note
from bot.flows.given import Given
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.scene import current_run
from bot.flows.screens.new import page_anew, page_turned
from bot.flows.show import refuse
from bot.flows.start import DEFAULT_ZONE
from bot.flows.tell import open_form

MOST_LOOKS = 40  # looks listed to the person they were at
OPERATOR = "operator"  # the command line's name in the audit
LONGEST_PIECE = 2900  # characters in one part of a form


async def opened(ports: Ports, event: HomeOpened) -> None:
    """Show the page of whoever looks at it."""
    await _show(ports, event)


async def let_in(ports: Ports, event: LetIn) -> None:
    """Show their page to whoever let us into a conversation of our own; in a channel nobody asked for anything yet.

    Told of it once more, the page that stands there already is shown as it is now.
    """
    if not event.is_direct:
        return
    stands = await ports.store.page_screen(event.workspace, event.person)
    if stands is None:
        await _show(ports, event)
    else:
        await ports.again(*stands.subjects)


async def _show(ports: Ports, event: HomeOpened | LetIn) -> None:
    member, stands = await known(ports, event), await ports.store.page_screen(event.workspace, event.person)
    await ports.save(*page_anew(ports, event, member, stands))


# --- what the person said ---------------------------------------------------------------------------------------


async def turned(ports: Ports, press: Press) -> None:
    """Show older words, or the newest again, on the page where they stand."""
    member = await known(ports, press)
    before = above_from(press.value)
    if member is None or (before is None and press.value):
        await refuse(ports, press)
        return
    stands = await ports.store.page_screen(press.workspace, press.person)
    await ports.save(page_turned(ports, press, member, stands))


def whole(text: str) -> tuple[Quote, ...]:
    """Return a text of any length in pieces that each fit."""
    return tuple(Quote(text[start : start + LONGEST_PIECE]) for start in range(0, len(text), LONGEST_PIECE))


async def reply_read(ports: Ports, press: Press) -> None:
    """Show a person their own private note, in a form that only they see."""
    member = await known(ports, press)
    reply = await ports.store.reply(press.value)
    if member is None or reply is None or reply.author != member.id or reply.text is None:
        await refuse(ports, press)
        return
    language = await language_of(ports, press, None, None)
    form = to_read(
        ports,
        language,
        "note",
        *whole(reply.text),
        note(ports, language, "home-read-shared" if is_shared(reply) else "home-read-note"),
    )
    await open_form(ports, press, replace(form, shows=(reply.id,)))


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
    member = await known(ports, press)
    if member is None:
        await refuse(ports, press)
        return
    words, language = ports.words, await language_of(ports, press, None, None)
    run = await current_run(ports, member)
    zone = run.zone if run else member.zone or DEFAULT_ZONE
    rows = []
    for entry in await ports.store.audit_of(member.id, limit=MOST_LOOKS):
        day, hour = words.day(local_day(entry.at, zone), language), local_hour(entry.at, zone)
        rows.append((f"{day} {hour:%H:%M}", await _look(ports, member, entry, language)))
    listed = Facts(tuple(rows)) if rows else Body(words.body("audit-nobody", language))
    form = to_read(ports, language, "audit", Body(words.body("audit-intro", language)), listed)
    await open_form(ports, press, form)


async def _look(ports: Ports, member: Member, entry: AuditEntry, language: Language) -> str:
    words = ports.words
    if entry.actor == member.id:
        return words.say(f"audit-own-{entry.action}", language, count=entry.count)
    actor = await ports.store.member(entry.actor)
    who = actor.name if actor else words.say("audit-operator" if entry.actor == OPERATOR else "audit-gone", language)
    return words.say(f"audit-{entry.action}", language, who=who, count=entry.count)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "home.older": turned,
    "home.newer": turned,
    "reply.read": reply_read,
    "audit.open": audit_open,
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {}  # both forms only show
