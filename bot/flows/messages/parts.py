"""Pieces that several messages share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.chat.port import Body, Button, Buttons, Facts, Heading, Message, Note, Part, Quote, Style
from bot.coaching.journey import Text
from bot.coaching.language import Language
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.rules.if_then import bare
from bot.coaching.verbs import Verb
from bot.coaching.words import Words, is_shared
from bot.flows.context.nudge import AgendaContext, Participation, at_home
from bot.flows.context.pending import standing
from bot.flows.given import Given
from bot.flows.messages.readers import scope_line
from bot.words.port import Value

MOST_CHANGES = 3  # open ones that are shown at a time
LONGEST_SHOWN = 600  # characters of one text where several fit on one screen


def button(
    given: Given,
    language: Language,
    name: str,
    value: str,
    *,
    style: Style = Style.PLAIN,
    confirm: bool = False,
) -> Button:
    """Return a button by its id; its label is the phrase "<id with dashes>-button"."""
    key = name.replace(".", "-")
    words = given.words
    return Button(
        id=name,
        label=words.say(f"{key}-button", language),
        value=value,
        style=style,
        confirm=words.say(f"{key}-confirm", language) if confirm else None,
        deny=words.say("keep-it-button", language) if confirm else "",
    )


def labelled(given: Given, language: Language, shown: Button, key: str) -> Button:
    """Return a button under another label: what it does is asked for in other words here."""
    return replace(shown, label=given.words.say(key, language))


def opening(given: Given, text: Text, language: Language, week: int) -> list[Part]:
    """Return an authored text as heading, when it has one, and body."""
    title = given.words.title_of(text, language, week=week)
    parts: list[Part] = [Heading(title)] if title else []
    return [*parts, Body(given.words.body_of(text, language, week=week))]


def message(given: Given, text: Text, language: Language, week: int, *parts: Part) -> Message:
    """Return an authored text followed by more parts; its title is the notification."""
    words = given.words
    title = words.title_of(text, language, week=week)
    fallback = title or words.say("message-fallback", language)
    return Message(fallback=fallback, parts=(*opening(given, text, language, week), *parts))


def help_parts(given: Given, language: Language) -> list[Part]:
    """Return every verb with what it does."""
    words = given.words
    rows = tuple((words.say(f"help-{verb}-usage", language), words.say(f"help-{verb}", language)) for verb in Verb)
    return [
        Heading(words.say("help-title", language)),
        Body(words.body("help-intro", language)),
        Facts(rows),
        Note(words.body("help-note", language)),
    ]


def note(given: Given, language: Language, key: str, /, **values: Value) -> Note:
    """Return a phrase as a small line."""
    return Note(given.words.body(key, language, **values))


def same_before(about: AgendaContext, row: Nudge) -> int:
    """Return how many of its kind had the same answer in the run before it did: its receipt differs by it.

    By when they were answered: whoever answers an older message later changes no receipt that stands already.
    """
    same = [each for each in about.agenda if each.kind is row.kind and each.answer is row.answer]
    return answered_before(same, row.answered_at)


def answered_before(nudges: Iterable[Nudge], at: datetime | None) -> int:
    """Return how many of them were answered before a moment."""
    return sum(at is not None and each.answered_at is not None and each.answered_at < at for each in nudges)


def footer(given: Given, about: AgendaContext) -> Note:
    """Return the small line under a question: which week, what happens to typed words, until when they answer it."""
    week = about.nudge.week
    if at_home(given, about) or not about.keeps_words:
        key = "footer-forgets" if at_home(given, about) else "footer-forgets-here"
        return note(given, about.language, key, week=week)
    stands = standing(given, about)
    if not stands.is_pending:
        return note(given, about.language, "footer-over", week=week)
    scope = scope_line(given, about, about.enrollment.scope)
    day = given.words.day(stands.until, about.language)
    return note(given, about.language, "footer-keeps", week=week, scope=scope, day=day)


def promise(given: Given, run: Participation, commitment: Commitment) -> list[Part]:
    """Return a plan or a transfer as it may be shown in the person's own conversation.

    Words kept to oneself are never echoed into the chat: they open in a form.
    """
    words, language = given.words, run.language
    day = words.day(commitment.due_on, language)
    if commitment.deleted_at is not None:
        return [note(given, language, "promise-deleted")]
    if not commitment.first:
        return [note(given, language, "plan-day-only", day=day)]
    label = words.say(f"promise-{commitment.kind}-label", language, day=day)
    if commitment.scope is Scope.PRIVATE:
        key = "shared" if is_shared(commitment) else "private"
        return [note(given, language, f"promise-{commitment.kind}-{key}", day=day)]
    return [Quote(text_of(given, language, commitment), label=label)]


def changes(given: Given, run: Participation, promises: Iterable[Commitment]) -> list[Part]:
    """Return the changes among these that are open, the soonest first, each with done, another day, and drop."""
    mine = [each for each in promises if each.kind is CommitmentKind.TRANSFER and each.is_open and each.first]
    parts: list[Part] = []
    for each in sorted(mine, key=lambda made: (made.due_on, made.id))[:MOST_CHANGES]:
        names = ("change.done", "change.move", "change.drop")
        choices = [button(given, run.language, name, each.id) for name in names]
        parts += [*promise(given, run, each), Buttons((*reading(given, run.language, each), *choices))]
    return parts


def named(given: Given, run: Participation, commitment: Commitment) -> list[Part]:
    """Return a plan or a transfer by its day, for an answer that nothing takes back: the words open in a form."""
    if not commitment.first:
        return promise(given, run, commitment)
    day = given.words.day(commitment.due_on, run.language)
    is_private = commitment.scope is Scope.PRIVATE
    told = note(given, run.language, f"promise-{commitment.kind}-label", day=day)
    read = Buttons((button(given, run.language, "plan.read", commitment.id),))
    return [*(promise(given, run, commitment) if is_private else [told]), read]


def reading(given: Given, language: Language, commitment: Commitment) -> list[Button]:
    """Return the button that opens a promise's words where they may not stand in the chat."""
    hidden = commitment.scope is Scope.PRIVATE and bool(commitment.first)
    return [button(given, language, "plan.read", commitment.id)] if hidden else []


def text_of(given: Given, language: Language, words: Words) -> str:
    """Return a reply's words, or the two halves of a commitment as one text; only ever shown as a quote."""
    if isinstance(words, Reply):
        return words.text or ""
    return promise_text(given, language, words.kind, words.first, words.second)


def promise_text(given: Given, language: Language, kind: CommitmentKind, first: str, second: str) -> str:
    """Return the two halves of a promise as one text; a plan's inside the sentence that already begins them."""
    if kind is CommitmentKind.PLAN:
        first, second = bare(first, second, language)
    return given.words.say(f"promise-{kind}-text", language, first=first, second=second)


def newest(commitments: list[Commitment] | tuple[Commitment, ...]) -> Commitment | None:
    """Return the newest commitment that was not dropped."""
    return next((each for each in commitments if each.state != "dropped"), None)


def label_of(given: Given, run: Participation, row: Nudge) -> str:
    """Return what a message is called when it is spoken of: its item, else its own title."""
    item = run.journey.items.get(row.item) if row.item else None
    text = item.theme if item else run.journey.texts.get(row.prompt)
    title = given.words.title_of(text, run.language, week=row.week) if text else ""
    if not title and row.kind is Kind.REFLECTION:
        return given.words.say("reflection-label", run.language)
    return title or given.words.say("message-fallback", run.language)


def about_of(given: Given, run: Participation, words: Words) -> str:
    """Return the name of the experiment that words belong to; of a note about none, its week."""
    item = run.journey.items.get(words.item) if words.item else None
    if item is not None:
        return given.words.title_of(item.theme, run.language, week=words.week)
    return given.words.say("about-week", run.language, week=words.week)


def short(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Return a text cut to a length at which several fit on one screen."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
