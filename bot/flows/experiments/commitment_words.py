"""The words of a plan or a change: changed, narrowed, let into the channel, or taken back."""

from dataclasses import replace

from bot.chat.port import Form, FormPart, Press, Submitted, TextField
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer
from bot.coaching.records.reply import Scope
from bot.coaching.words import narrowed, taken_back, withdrawn
from bot.flows.context.decision import Decision
from bot.flows.experiments.commitment import LABELS, LONGEST, halves, missing
from bot.flows.given import Given
from bot.flows.handling.nudge import stays_open
from bot.flows.handling.words import OwnWords, by_form, by_press
from bot.flows.messages.phrase import line
from bot.flows.reading.one_text import is_outdated, lets_read, naming, scope_field
from bot.flows.replies.share import filled_from, is_as_asked, is_filled_from, share_field, ticked
from bot.store.port import Record


def change(given: Given, about: OwnWords[Commitment], _press: Press) -> Decision:
    """Open the words of a plan or change; its day is moved elsewhere."""
    return Decision(refuses=about.unchanging) if about.unchanging else Decision(opens=_form(given, about))


def _form(given: Given, about: OwnWords[Commitment]) -> Form:
    words, language, made = given.words, about.language, about.words
    first, second = (words.say(f"{name}-label", language) for name in LABELS[made.kind])
    no_first, no_second = (words.say(f"{name}-missing", language) for name in LABELS[made.kind])
    parts: list[FormPart] = [
        TextField(id="first", label=first, value=made.first, longest=LONGEST, missing=no_first),
        TextField(id="second", label=second, value=made.second, longest=LONGEST, missing=no_second),
        scope_field(given, about, made.scope, made),
        *share_field(given, about),
    ]
    return Form(
        id="plan.changed",
        subject=naming(about, filled_from(made)),
        title=words.say(f"form-{made.kind}-title", language),
        submit=words.say("form-change-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
        shows=(made.id,),
    )


def changed(given: Given, about: OwnWords[Commitment], form: Submitted) -> Decision:
    """Keep the change; changed words leave the channel unless they are let in anew."""
    made, (first, second), now = about.words, halves(form), given.now
    are_same = (first, second) == (made.first, made.second)
    if about.unchanging:
        return stays_open(given, about, "first", about.unchanging)
    if not is_filled_from(form, made):
        is_done = are_same and is_as_asked(form, made)  # and cut off before it was shown
        return Decision() if is_done else stays_open(given, about, "first", "form-changed")
    if incomplete := missing(given, about, made.kind, first, second):
        return Decision(wrong=incomplete)
    if is_outdated(about, form):
        return stays_open(given, about, "scope", "scope-readers-changed")
    fresh = narrowed(made, Scope(str(form.values.get("scope", made.scope))), now)
    if not are_same:
        fresh = replace(withdrawn(fresh, now), first=first, second=second, edition=made.edition + 1)
    fresh = ticked(form, fresh, now)
    words_stand = are_same and fresh.scope is not Scope.PRIVATE
    records: list[Record] = [*([fresh] if fresh != made else []), *lets_read(given, about, form, fresh)]
    return Decision(records=records, withdraws=not words_stand, pages=True) if records else Decision()


def delete(given: Given, about: OwnWords[Commitment], press: Press) -> Decision:
    """Take the words of a plan or change back for good; what was still open is dropped with them."""
    made, now = about.words, given.now
    gone = taken_back(made, now)
    records: list[Record] = []
    if made.is_open:
        gone = replace(gone, state=CommitmentState.DROPPED, closed_at=now)
        if made.kind is CommitmentKind.PLAN and about.nudge.answer is Answer.PLANNED:
            records.append(replace(about.nudge, answer=None, answered_at=None))
    says = None if press.at_home else line(given.words, about.language, "promise-deleted")
    return Decision(records=[gone, *records], withdraws=True, says=says)


PRESSES = {
    "plan.change": by_press(change, Commitment),
    "plan.delete": by_press(delete, Commitment, again=True),
}
FORMS = {"plan.changed": by_form(changed, Commitment, "first")}
