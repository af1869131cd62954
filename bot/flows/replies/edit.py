"""Changing a stored reply: its words, its scope, the channel, the nudge it belongs to; or taking it back."""

from dataclasses import replace

from bot.chat.port import Form, FormPart, Option, Press, SelectField, Submitted, TextField
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.words import narrowed, reworded, taken_back
from bot.flows.context.debrief import root_of
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, keeps_words
from bot.flows.debrief.dialogue import LONGEST
from bot.flows.given import Given
from bot.flows.handling.nudge import stays_open
from bot.flows.handling.words import OwnWords, by_form, by_press
from bot.flows.messages.parts import label_of
from bot.flows.messages.phrase import line
from bot.flows.reading.one_text import is_outdated, lets_read, naming, scope_field
from bot.flows.replies.held import released
from bot.flows.replies.share import filled_from, is_as_asked, is_filled_from, share_field, ticked
from bot.store.port import Record

MOVABLE_TO = frozenset({Kind.NUDGE, Kind.DEBRIEF, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.REFLECTION})
BY_ITSELF = "none"  # the option of words that belong to no message
MOST_OFFERED = 20  # messages, the newest, to which a reply may be moved


def change(given: Given, about: OwnWords[Reply], _press: Press) -> Decision:
    """Open a reply to change it."""
    return Decision(refuses=about.unchanging) if about.unchanging else Decision(opens=_form(given, about))


def _form(given: Given, about: OwnWords[Reply]) -> Form:
    words, language, reply = given.words, about.language, about.words
    text = reply.text or ""
    parts: list[FormPart] = []
    if len(text) <= LONGEST:  # a longer one came by message and is edited there
        label = words.say("answer-label", language)
        left = words.say("words-missing", language)
        parts.append(TextField(id="text", label=label, value=text, multiline=True, longest=LONGEST, missing=left))
    parts.append(scope_field(given, about, reply.scope, reply))
    parts += share_field(given, about)
    if reply.answers is None:  # what answers a coach stays with that
        parts.append(_where(given, about))
    return Form(
        id="reply.changed",
        subject=naming(about, filled_from(reply)),
        title=words.say("form-change-title", language),
        submit=words.say("form-change-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
        shows=(reply.id,),
    )


def _where(given: Given, about: OwnWords[Reply]) -> SelectField:
    words, language, reply = given.words, about.language, about.words
    sent = sorted((row.sent_at, place, row) for place, row in enumerate(about.agenda) if row.sent_at is not None)
    newest = [root_of(about.agenda, row) for *_, row in reversed(sent) if _takes(about, row)][:MOST_OFFERED]
    own = [Option(BY_ITSELF, words.say("reply-note-button", language))] if _is_by_itself(reply) else []
    chosen = BY_ITSELF if own else reply.nudge
    offered = {option.label: option for option in own}
    for row in newest if own else (about.nudge, *newest):  # a place stands there once, however often it was asked about
        about_it = label_of(given, about, row)
        label = words.say("belongs-option", language, week=row.week, about=about_it, kind=row.kind)
        offered.setdefault(label, Option(row.id, label))
    options = tuple(offered.values())
    return SelectField(id="nudge", label=words.say("belongs-label", language), options=options, chosen=chosen)


def _is_by_itself(reply: Reply) -> bool:
    """Whether words belong to no message: what is held waits for its place."""
    return reply.kind in (ReplyKind.NOTE, ReplyKind.HELD)


def _takes(run: Participation, row: Nudge) -> bool:
    """Whether a reply may be moved to this message."""
    item = run.journey.items.get(row.item) if row.item else None
    return row.kind in MOVABLE_TO and row.sent_at is not None and keeps_words(item, row.kind)


def changed(given: Given, about: OwnWords[Reply], form: Submitted) -> Decision:
    """Keep the change; narrowing works at once, and changed words leave the channel unless they are let in anew."""
    reply = about.words
    asked = str(form.values.get("nudge", BY_ITSELF))
    to = _moved_to(about, asked)
    if to is None:
        return stays_open(given, about, "nudge")
    if about.unchanging:
        return stays_open(given, about, "scope", about.unchanging)
    if not is_filled_from(form, reply):
        is_done = form.values.get("text") == reply.text and is_as_asked(form, reply)  # and cut off before it was shown
        return Decision() if is_done else stays_open(given, about, "scope", "form-changed")
    if is_outdated(about, form):
        return stays_open(given, about, "scope", "scope-readers-changed")
    fresh = _as_asked(given, form, reply)
    lets = lets_read(given, about, form, fresh)
    words_stand = fresh.text == reply.text and fresh.scope is not Scope.PRIVATE
    if to.id != reply.nudge or (_is_by_itself(reply) and asked != BY_ITSELF):
        moved = _moved(about, fresh, to, words_stand=words_stand)
        return replace(moved, records=[*moved.records, *lets])
    records: list[Record] = [*([fresh] if fresh != reply else []), *lets]
    return Decision(records=records, withdraws=not words_stand, pages=True) if records else Decision()


def _moved_to(about: OwnWords[Reply], nudge: str) -> Nudge | None:
    """Return the message to which a reply is to belong; None where it may not."""
    if nudge in (about.words.nudge, BY_ITSELF):
        return about.nudge
    to = next((row for row in about.agenda if row.id == nudge), None)
    may = to is not None and about.words.answers is None and _takes(about, to)
    return to if may else None


def _as_asked(given: Given, form: Submitted, reply: Reply) -> Reply:
    """Return the reply as the form asks for it."""
    now, text = given.now, str(form.values.get("text", reply.text))
    fresh = narrowed(reply, Scope(str(form.values.get("scope", reply.scope))), now)
    if text != reply.text:
        fresh = reworded(fresh, text, now)
    if fresh != reply and reply.kind is ReplyKind.HELD:  # who says how it is to be needs not be asked any more
        fresh = released(fresh, ReplyKind.NOTE)
    return ticked(form, fresh, now)


def _moved(about: OwnWords[Reply], reply: Reply, to: Nudge, *, words_stand: bool) -> Decision:
    """Let a reply belong to another message; a question it seemed to answer is asked again."""
    moved, root = replace(reply, nudge=to.id, item=to.item, week=to.week), about.nudge
    if _is_by_itself(reply):
        moved = replace(moved, kind=ReplyKind.TYPED)
    if reply.kind is not ReplyKind.DEBRIEF:
        return Decision(records=[moved], withdraws=not words_stand, pages=True)
    unasked: list[Record] = [replace(root, question=root.question - 1)] if root.question == reply.question else []
    typed = replace(moved, kind=ReplyKind.TYPED, question=None)
    return Decision(records=[typed, *unasked], withdraws=not words_stand, pages=True, also=(root.id,))


def delete(given: Given, about: OwnWords[Reply], press: Press) -> Decision:
    """Take a reply back for good."""
    gone = taken_back(about.words, given.now)
    is_seen = about.is_confirmed or press.at_home
    says = None if is_seen else line(given.words, about.language, "card-deleted")
    return Decision(records=[gone], withdraws=True, says=says)


PRESSES = {
    "reply.change": by_press(change, Reply),
    "reply.move": by_press(change, Reply),
    "reply.delete": by_press(delete, Reply, again=True),
}
FORMS = {"reply.changed": by_form(changed, Reply, "scope")}
