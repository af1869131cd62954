"""A form's questions, asked in the message that was pressed: where the platform has no room for the form itself.

The screen knows which form it asks, and none of its words: the form is made anew from the records it is about each time
the message is shown. What somebody typed and what was refused is shown again with what is wrong with it, and stored
nowhere.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TypeVar

from bot.chat.port import (
    CANCEL,
    Asking,
    ChecksField,
    Command,
    DateField,
    Field,
    Form,
    FormErrors,
    FormPart,
    Message,
    MessageRef,
    PeopleField,
    Press,
    RadioField,
    SelectField,
    Submitted,
    TextField,
    TimeField,
)
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.screen import Asks, Screen, ScreenState
from bot.flows.context.identify import language_of
from bot.flows.context.nudge import NudgeContext, PressContext, press_context_of
from bot.flows.given import Given
from bot.flows.ports import Ports, Values

FIELDS = (TextField, RadioField, SelectField, ChecksField, DateField, TimeField, PeopleField)


@dataclass(frozen=True, kw_only=True)
class Questions:
    """A form as it would open now, and whether it would: what it is about may have moved on."""

    form: Form
    are_open: bool = True


C = TypeVar("C", bound=NudgeContext)
Maker = Callable[[Given, C, str], Questions | None]
_MADE: dict[str, Callable[[Ports, str, str], Awaitable[Questions | None]]] = {}


def makes(form: str) -> Callable[[Maker[PressContext]], Maker[PressContext]]:
    """Say of a function that it makes this form anew, from the nudge it is about and its subject."""
    return makes_from(form, press_context_of)


def makes_from(form: str, load: Callable[[Ports, str, str], Awaitable[C | None]]) -> Callable[[Maker[C]], Maker[C]]:
    """Say of a function that it makes this form anew, from what is read around the nudge that its subject begins with.

    Nobody who left is asked anything any more.
    """

    def known(maker: Maker[C]) -> Maker[C]:
        async def made(ports: Ports, workspace: str, subject: str) -> Questions | None:
            about = await load(ports, workspace, subject.partition(":")[0])
            questions = maker(ports.given(), about, subject) if about else None
            if about is None or questions is None or about.enrollment.state is not EnrollmentState.LEFT:
                return questions
            return replace(questions, are_open=False)

        _MADE[form] = made
        return maker

    return known


async def asked(ports: Ports, incoming: Command | Press, form: Form) -> str | None:
    """Let the message that was pressed ask a form's questions; return of which opening, None when it does not.

    Not in a channel, where others see it; not for a command or on Home, where there is no message that can be shown
    anew by an address of its own; and no form that shows private words, which stand in no message.
    """
    if not isinstance(incoming, Press):
        return None
    screen = await _pressed(ports, incoming.ref)
    asks = Asks(form=form.id, subject=form.subject, opening=form.opening)
    if screen is None or screen.person != incoming.person or await _questions(ports, screen.workspace, asks) is None:
        return None
    known = screen.asks
    if known is not None and (known.form, known.subject) == (form.id, form.subject):
        at = ports.now
        older = await ports.store.overtaken_form(screen.workspace, screen.person, known.opening, at=at)
        if older is None:  # it asks them already: what was typed into them stays
            await ports.ask(screen, known)
            return known.opening
    await ports.ask(screen, asks)
    return asks.opening


async def shown(ports: Ports, screen: Screen, message: Message) -> tuple[Message, Message]:
    """Return a message with the questions its screen asks: as they stand, and with what was just typed into them."""
    asks = screen.asks
    questions = await _questions(ports, screen.workspace, asks) if asks else None
    if asks is None or questions is None or not (questions.are_open or asks.errors):
        return message, message
    subject = asks.subject if asks.errors else questions.form.subject  # what was refused stays what it was filled from
    form = replace(questions.form, opening=asks.opening, subject=subject)
    plain = Asking(
        fallback=message.fallback,
        parts=message.parts,
        key=message.key,
        form=form,
        round=asks.round,
        errors=asks.errors,
    )
    typed = ports.typed.get(screen.id)
    return plain, plain if typed is None else replace(plain, form=_filled(form, typed))


async def wrong(ports: Ports, form: Submitted) -> FormErrors | None:
    """Return what is wrong with the fields of a form that was asked in a message, where the platform checks nothing."""
    questions = await _questions(ports, form.workspace, _asks(form))
    language = await language_of(ports, form, None, None)
    if questions is None:
        return FormErrors({"": ports.words.say("form-stale", language)})
    errors = {}
    for field in _fields(questions.form.parts):
        given = form.values.get(field.id, "")
        if field.required and not given:
            errors[field.id] = field.missing or ports.words.say("field-missing", language)
        elif isinstance(field, TextField) and len(given) > field.longest:
            errors[field.id] = ports.words.say("field-too-long", language, most=field.longest)
    return FormErrors(errors) if errors else None


async def refused(ports: Ports, form: Submitted, errors: FormErrors) -> bool:
    """Show what is wrong where it was asked, with what was typed, and tell whether it is shown."""
    screen = await _pressed(ports, form.ref)
    asks = _asks(form)
    questions = await _questions(ports, form.workspace, asks)
    if screen is None or questions is None or screen.person != form.person:
        return False
    if form.attempt > 1 and not questions.are_open:  # done, and cut off before that was shown
        await ports.ask(screen, None)
        return True
    known = screen.asks
    if known is None and not form.values:  # there is nothing that it would keep
        return False
    times = known.round + 1 if known is not None and known.opening == asks.opening else 1
    ports.typed[screen.id] = form.values
    await ports.ask(screen, replace(asks, round=times, errors=tuple(errors.errors.items())))
    return True


async def answered(ports: Ports, form: Submitted) -> None:
    """Ask no questions of this kind any more: they were answered, wherever that was; the form is off the screen."""
    if form.opening and await ports.store.screen(form.workspace, form.opening) is not None:
        await ports.store.drop_screen(form.workspace, form.opening)
    for screen in await ports.store.asking_screens(form.workspace, form.person):
        if screen.asks is not None and screen.asks.form == form.form:
            await ports.ask(screen, None)


async def canceled(ports: Ports, press: Press) -> None:
    """Ask no questions in this message any more."""
    screen = await _pressed(ports, press.ref)
    if screen is None or screen.person != press.person:
        return
    if screen.asks is None:  # pressed twice, or on a message that was shown anew elsewhere
        await ports.again(screen.workspace, screen.about)
        return
    await ports.ask(screen, None)


async def _pressed(ports: Ports, ref: MessageRef | None) -> Screen | None:
    if ref is None or ref.aside is not None:
        return None
    screen = await ports.store.screen_at(ref.workspace, ref.conversation, ref.message)
    return None if screen is None or screen.state is ScreenState.CLOSING else screen


def _asks(form: Submitted) -> Asks:
    return Asks(form=form.form, subject=form.subject, opening=form.opening)


async def _questions(ports: Ports, workspace: str, asks: Asks) -> Questions | None:
    """Return the form anew; None when nobody makes it, or what it is about is gone."""
    made = _MADE.get(asks.form)
    return await made(ports, workspace, asks.subject) if made else None


def _fields(parts: tuple[FormPart, ...]) -> list[Field]:
    return [part for part in parts if isinstance(part, FIELDS)]


def _filled(form: Form, typed: Values) -> Form:
    """Return a form with what was typed into it."""
    return replace(form, parts=tuple(_with(part, typed) if isinstance(part, FIELDS) else part for part in form.parts))


def _with(field: Field, typed: Values) -> Field:
    given = typed.get(field.id)
    several = given if isinstance(given, tuple) else ()
    one = given if isinstance(given, str) else ""
    match field:
        case TextField():
            return field if len(one) > field.longest else replace(field, value=one)  # longer, it stays as it stands
        case RadioField() | SelectField():
            return replace(field, chosen=one or None)
        case ChecksField():
            return replace(field, chosen=several)
        case DateField():
            return replace(field, value=_day(one))
        case TimeField():
            return replace(field, value=_hour(one))
        case PeopleField():
            return replace(field, chosen=several)


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _hour(text: str) -> time | None:
    with suppress(ValueError):
        return time.fromisoformat(text)
    return None


PRESSES = {CANCEL: canceled}
