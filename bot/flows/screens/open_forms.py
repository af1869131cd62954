"""Forms that people have open: of each kind the last one counts."""

from dataclasses import replace

from bot.chat.port import (
    Body,
    Command,
    Form,
    FormErrors,
    FormPart,
    Opening,
    Press,
    Sent,
    Submitted,
)
from bot.coaching.language import Language
from bot.coaching.records.open_form import OpenForm
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState
from bot.flows.context.identify import language_of
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.screens.questions import FIELDS, asked
from bot.flows.screens.with_words import digest_of, fill, form_to_author, stand


async def show(ports: Ports, incoming: Command | Press, form: Form, screen: Screen | None = None) -> Sent | Opening:
    """Open a form; one with stored words is known before it stands: it goes when they are taken back.

    `screen` is what it is known as where it shows somebody else's words.
    """
    if screen is None and form.shows:
        screen = form_to_author(ports, incoming, form.shows)
    if screen is None:
        return await _opened(ports, incoming, form)
    form = replace(form, opening=screen.id)
    if ports.chat.has_views(incoming.workspace):
        return await stand(ports, screen, lambda: _opened(ports, incoming, form))
    title = replace(form, submit=None, parts=())
    filled = await fill(ports, screen, form, lambda: _opened(ports, incoming, form, first=title))
    if not isinstance(filled, Sent) and form.submit is not None:  # as below
        await ports.store.keep_form(replace(_known(ports, incoming, form), form=""))
    return filled


def _known(ports: Ports, incoming: Command | Press, form: Form) -> OpenForm:
    return OpenForm(
        workspace=incoming.workspace,
        opening=form.opening or ports.new_id(),
        person=incoming.person,
        form=form.id,
        first_field=next((part.id for part in form.parts if isinstance(part, FIELDS)), ""),
        opened_at=ports.now,
    )


async def _opened(ports: Ports, incoming: Command | Press, form: Form, *, first: Form | None = None) -> Sent | Opening:
    """Open a form, or what stands there `first`.

    One that can be sent in is known before it stands, so that an older one is told from it.
    """
    on_top = isinstance(incoming, Press) and bool(incoming.opening)
    if form.submit is None:
        return await ports.chat.open_form(incoming.workspace, incoming.trigger, first or form, on_top=on_top)
    known = _known(ports, incoming, form)
    await ports.store.keep_form(known)
    form = replace(form, opening=known.opening)
    outcome = await ports.chat.open_form(incoming.workspace, incoming.trigger, first or form, on_top=on_top)
    if not isinstance(outcome, Sent):  # an answer may be lost and the form be there all the same: no other is older
        await ports.store.keep_form(replace(known, form=""))
        if outcome is Opening.NO_ROOM and (opening := await asked(ports, incoming, form)) is not None:
            if opening == known.opening:
                await ports.store.keep_form(known)
            return Opening.ASKED
    return outcome


async def overtaken(ports: Ports, form: Submitted) -> FormErrors | None:
    """Refuse a form when its person had opened another one of its kind after it; what was typed into it stays."""
    if not form.opening:
        return None
    older = await ports.store.overtaken_form(form.workspace, form.person, form.opening, at=form.at)
    if older is None:
        return None
    language = await language_of(ports, form, None, None)
    return FormErrors({older.first_field: ports.words.say("form-older", language)})


async def stays(ports: Ports, form: Submitted) -> None:
    """Know a form that is a message and was not taken: what was typed into it goes when its person is erased."""
    at = form.stands
    if at is None or not form.opening or await ports.store.screen(form.workspace, form.opening):
        return
    if await ports.store.member_of(form.workspace, form.person):
        known = Screen(
            id=form.opening,
            workspace=form.workspace,
            kind=ScreenKind.FORM,
            about="",
            person=form.person,
            conversation=at.conversation,
            message=at.message,
            subjects=(form.opening,),
            state=ScreenState.CURRENT,
            digest=digest_of({}),
        )
        await ports.save(known)


async def answered(ports: Ports, form: Submitted) -> None:
    """Note that a form was sent in: whatever it showed is off the screen."""
    if form.opening:
        await ports.store.drop_screen(form.workspace, form.opening)


def notice(given: Given, language: Language, *parts: FormPart, key: str = "form-closed") -> Form:
    """Return what stands in the place of a form whose words went."""
    words = given.words
    return Form(
        id="form.closed",
        title=words.say("form-closed-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=(Body(words.body(key, language)), *parts),
    )
