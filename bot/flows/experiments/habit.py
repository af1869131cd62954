"""Week 11: the one habit to keep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.port import Form, Option, Press, RadioField, Submitted, TextField
from bot.coaching.journey import Item
from bot.coaching.records.commitment import CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext
from bot.flows.debrief.dialogue import confirmed
from bot.flows.given import Given
from bot.flows.handling.nudge import by_form, by_press, outdated, stays_open
from bot.flows.messages.parts import short
from bot.flows.reading.one_text import is_outdated, lets_read, naming, scope_field
from bot.flows.screens.questions import Questions, makes

LONGEST = 500
LONGEST_OPTION = 75  # that every platform shows


def write(given: Given, about: PressContext, _press: Press) -> Decision:
    """Ask for the habit in a form."""
    return (
        outdated(about)
        if about.nudge.answer is not None
        else Decision(opens=_form(given, about, offered(given, about)))
    )


@makes("keep.save")
def keep_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew; in a message nothing private is offered."""
    offers = [each for each in offered(given, about) if each.scope is not Scope.PRIVATE]
    return Questions(form=_form(given, about, offers), are_open=about.nudge.answer is None)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something of the person's own journey that can become the habit."""

    id: str
    text: str
    scope: Scope | None = None  # of their own words; None: it is not in their words
    about: str = ""  # the experiment it is from


def offered(given: Given, about: PressContext) -> list[Offer]:
    """Return one thing for each experiment, in the journey's order.

    What they said they would do again, else the change they made of it, else the experiment itself, once it was done.
    """
    found = (_of_item(given, about, item) for item in about.journey.items.values())
    return [each for each in found if each is not None]


def _of_item(given: Given, about: PressContext, item: Item) -> Offer | None:
    theme = given.words.title_of(item.theme, about.language, week=about.nudge.week)
    again = [said for said in about.answers if said.item == item.slug and said.question == len(item.questions)]
    if again and again[-1].text:
        return Offer(id=again[-1].id, text=again[-1].text, scope=again[-1].scope, about=theme)
    for made in about.promises:
        is_change = made.kind is CommitmentKind.TRANSFER and made.state is not CommitmentState.DROPPED
        if is_change and made.item == item.slug and made.first:
            return Offer(id=made.id, text=made.first, scope=made.scope, about=theme)
    done = any(row.kind is Kind.NUDGE and row.item == item.slug and row.answer is Answer.DONE for row in about.agenda)
    return Offer(id=item.slug, text=theme) if done else None


def _form(given: Given, scene: NudgeContext, offers: Sequence[Offer]) -> Form:
    words, language = given.words, scene.language
    options = tuple(
        Option(each.id, short(each.text, LONGEST_OPTION), short(each.about, LONGEST_OPTION)) for each in offers
    )
    chosen = (RadioField(id="from", label=words.say("keep-from", language), options=options, required=False),)
    label = words.say("keep-own-label" if offers else "keep-label", language)
    return Form(
        id="keep.save",
        subject=naming(scene, scene.nudge.id),
        title=words.say("form-keep-title", language),
        submit=words.say("form-keep-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            *(chosen if offers else ()),
            TextField(
                id="text",
                label=label,
                multiline=True,
                longest=LONGEST,
                required=not offers,
                missing=words.say("words-missing", language),
            ),
            scope_field(given, scene, scene.enrollment.scope),
        ),
        shows=tuple(each.id for each in offers if each.scope is not None),
    )


def saved(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the habit: in own words where there are some, else what was picked."""
    row, now = about.nudge, given.now
    picked = (each.text for each in offered(given, about) if each.id == form.values.get("from"))
    text = str(form.values.get("text", "")) or next(picked, "")[:LONGEST]
    if row.answer is not None or not text:
        told = "form-sent" if row.answer is Answer.DONE else "form-stale"
        return stays_open(given, about, "text", told if text else "words-missing")
    if is_outdated(about, form):
        return stays_open(given, about, "scope", "scope-readers-changed")
    reply = Reply(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=about.enrollment.id,
        member=about.member.id,
        author=about.member.id,
        nudge=row.id,
        item=None,
        week=row.week,
        kind=ReplyKind.KEEP,
        text=text,
        scope=Scope(str(form.values["scope"])),
        received_at=now,
    )
    answered = replace(row, answer=Answer.DONE, answered_at=now)
    lets = lets_read(given, about, form, reply)
    return Decision(records=[reply, answered, *lets, confirmed(given, about, reply)])


PRESSES = {"keep.write": by_press(write, Kind.KEEP)}
FORMS = {"keep.save": by_form(saved, "text", Kind.KEEP)}
