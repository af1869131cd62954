"""Forms that people have open: of each kind the last one counts, none keeps words that were taken back."""

import logging
from collections.abc import Collection
from dataclasses import replace

from bot.chat.port import (
    Body,
    ChecksField,
    Command,
    DateField,
    Form,
    FormErrors,
    FormPart,
    MessageRef,
    Opening,
    PeopleField,
    Press,
    RadioField,
    SelectField,
    Sent,
    Submitted,
    TextField,
    TimeField,
)
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.open_form import OpenForm
from bot.flows.meet import language_of
from bot.flows.ports import Ports

log = logging.getLogger(__name__)

FIELDS = (TextField, RadioField, SelectField, ChecksField, DateField, TimeField, PeopleField)


async def show(ports: Ports, incoming: Command | Press, form: Form) -> Sent | Opening:
    """Open a form, known before it stands: so that words can be taken out of it, whatever happens meanwhile."""
    if form.submit is None and not form.about:
        return await ports.chat.open_form(incoming.workspace, incoming.trigger, form)
    known = OpenForm(
        workspace=incoming.workspace,
        opening=ports.new_id(),
        person=incoming.person,
        form=form.id,
        first_field=next((part.id for part in form.parts if isinstance(part, FIELDS)), ""),
        about=form.about,
        opened_at=ports.clock.now(),
    )
    await ports.store.keep_form(known)
    outcome = await ports.chat.open_form(incoming.workspace, incoming.trigger, replace(form, opening=known.opening))
    if not isinstance(outcome, Sent):  # an answer may be lost and the form be there all the same: no other is older
        await ports.store.keep_form(replace(known, form=""))
    elif outcome.ref.conversation:
        ref = outcome.ref
        await ports.store.keep_form(replace(known, conversation=ref.conversation, message=ref.message))
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


async def answered(ports: Ports, form: Submitted) -> None:
    """Note that a form was sent in: whatever it showed is off the screen."""
    if form.opening:
        await ports.store.form_shows_nothing(form.workspace, form.opening)


async def close_about(ports: Ports, records: Collection[str]) -> None:
    """Close every form that shows somebody else the words of one of these records."""
    for each in await ports.store.forms_about(records):
        await close(ports, each)


async def close(ports: Ports, form: OpenForm) -> None:
    """Show a notice instead of a form; what cannot be closed now stays known, and is tried again."""
    ref = None
    if form.message:
        ref = MessageRef(workspace=form.workspace, conversation=form.conversation, message=form.message)
    member = await ports.store.member_of(form.workspace, form.person)
    shown = notice(ports, await _language(ports, member))
    outcome = await ports.chat.close_form(form.workspace, form.opening, ref, shown)
    if isinstance(outcome, Sent):
        await ports.store.form_shows_nothing(form.workspace, form.opening)
    else:
        log.warning("form not closed opening=%s about=%s error=%s", form.opening, form.about, outcome.error)


async def _language(ports: Ports, member: Member | None) -> Language:
    if member is None:
        return Language.EN
    cohorts = [] if member.language else await ports.store.coached_by(member.id)
    return member.language or next((cohort.language for cohort in cohorts), Language.EN)


def notice(ports: Ports, language: Language, *parts: FormPart) -> Form:
    """Return what stands in the place of a form whose words went."""
    words = ports.words
    return Form(
        id="form.closed",
        title=words.say("form-closed-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=(Body(words.body("form-closed", language)), *parts),
    )
