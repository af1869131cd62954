"""Erasing everything about a person, once they said so."""

from collections.abc import Awaitable, Callable

from bot.chat.port import (
    Body,
    ChecksField,
    Command,
    Form,
    FormErrors,
    Option,
    Place,
    Press,
    Submitted,
)
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.verbs import Verb
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import direct
from bot.flows.reading.forgotten import tell_members

AGREED = "yes"


async def forget(ports: Ports, incoming: Command | Press, _rest: str = "") -> None:
    """`/coach forget`, and its button on Home and after leaving: say what goes, and ask once."""
    about = await person_of(ports, incoming, channel="")
    await carry_out(ports, incoming, asked_to_wipe(ports.given(), about, incoming))


def asked_to_wipe(given: Given, about: PersonContext, incoming: Command | Press) -> Decision:
    """Return the form that asks once; a stranger has nothing to wipe."""
    language = about.language(incoming)
    if about.member is None:
        return Decision(says=line(given.words, language, "erase-nothing"))
    return Decision(opens=erase_form(given, language))


def erase_form(given: Given, language: Language) -> Form:
    """Return the form that tells exactly what goes and what stays, with one box to tick."""
    words = given.words
    return Form(
        id="erase.yes",
        title=words.say("form-erase-title", language),
        submit=words.say("form-erase-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("erase-goes", language)),
            Body(words.body("erase-stays", language)),
            ChecksField(
                id="agreed",
                label=words.say("erase-agree", language),
                options=(Option(AGREED, words.say("erase-agree-option", language)),),
                missing=words.say("erase-not-agreed", language),
            ),
        ),
    )


async def erase_confirmed(ports: Ports, form: Submitted) -> FormErrors | None:
    """Wipe everything about the person; sent in a second time there is nothing left to wipe."""
    about = await person_of(ports, form)
    member, language, audit_id = about.member, about.language(form), ports.new_id()
    if member is None:
        # Wiped by this very form, and cut off before it was said.
        if await ports.store.is_noted(form.workspace, audit_id):
            await _last_word(ports, form, await ports.chat.open_direct(form.workspace, form.person), language)
        return None
    if AGREED not in form.values.get("agreed", ()):
        return FormErrors({"agreed": ports.words.say("erase-not-agreed", language)})
    conversation = await direct(ports, member)
    await erased(ports, member, audit_id=audit_id)
    await _last_word(ports, form, conversation, language)
    return None


async def erased(ports: Ports, member: Member, *, audit_id: str, actor: str | None = None) -> int:
    """Wipe everything about a person, mark what shows them, and return how many replies went.

    Who let them read as a coach is told.
    """
    await tell_members(ports, member)
    went = await ports.store.erase(
        member.workspace, member.id, at=ports.now, audit_id=audit_id, actor=actor, hold=ports.hold
    )
    ports.held.extend(await ports.store.held_screens(member.workspace, ports.holder))
    return went


async def _last_word(ports: Ports, form: Submitted, conversation: object, language: Language) -> None:
    if isinstance(conversation, str):
        place = Place(workspace=form.workspace, conversation=conversation)
        await ports.chat.send(place, line(ports.words, language, "erase-done"))


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.FORGET: forget}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"erase.open": forget}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"erase.yes": erase_confirmed}
