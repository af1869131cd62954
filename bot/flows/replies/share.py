"""Letting one's own words into the channel, and taking them out of it: one press each, for that very version."""

from datetime import datetime

from bot.chat.port import ChecksField, Option, Press, Submitted
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.words import W, Words, is_shared, kept_out, may_be_shared, shared
from bot.flows.context.decision import Decision
from bot.flows.given import Given
from bot.flows.handling.words import OwnWords, by_press
from bot.flows.reading.one_text import unnamed

YES = "yes"
EITHER: tuple[type[Words], ...] = (Reply, Commitment)


def share_field(given: Given, about: OwnWords[W]) -> list[ChecksField]:
    """Return the box that lets the words of a form into the channel, ticked when they are; nothing without a post."""
    words, language, say = about.words, about.language, given.words.say
    if not may_be_shared(words) or (not is_shared(words) and about.next_post is None):
        return []
    return [
        ChecksField(
            id="share",
            label=say("share-label", language),
            options=(Option(YES, say("share-option", language)),),
            chosen=(YES,) if is_shared(words) else (),
            required=False,
        )
    ]


def filled_from(words: Words) -> str:
    """Return the subject of a form that changes words: which they are, and how they stood when it was filled."""
    return f"{words.id}:{words.edition}:{YES if is_shared(words) else ''}"


def is_filled_from(form: Submitted, words: Words) -> bool:
    """Whether a form was filled from these very words."""
    return _read(form.subject)[0] == str(words.edition)


def is_as_asked(form: Submitted, words: Words) -> bool:
    """Whether who may read the words, and whether they are in the channel, is as a form asks for it."""
    return Scope(str(form.values.get("scope", words.scope))) is words.scope and is_ticked(form) == is_shared(words)


def is_ticked(form: Submitted) -> bool:
    """Whether a form asks for its words in the channel."""
    return YES in form.values.get("share", ())


def _read(subject: str) -> tuple[str, bool]:
    """Return the edition that a form was filled from, and whether that was shared."""
    _, edition, was_shared = [*unnamed(subject).split(":"), "", ""][:3]
    return edition, was_shared == YES


def ticked(form: Submitted, words: W, at: datetime) -> W:
    """Return the words as they come out of a form, let into the channel, or taken out, where the box was changed.

    A box that was ticked already is no press for words that were changed or narrowed beside it.
    """
    was_ticked, now_ticked = _read(form.subject)[1], is_ticked(form)
    if now_ticked and not was_ticked:
        return words if is_shared(words) else shared(words, at)
    return kept_out(words, at) if was_ticked and not now_ticked and words.shared_at is not None else words


def share(given: Given, about: OwnWords[Words], press: Press) -> Decision:
    """Share with the team: exactly the words for which the button was shown."""
    words = about.words
    if key := _why_not(about, press.value.rpartition(":")[2]):
        return Decision(refuses=key, again=(words.id,))
    if is_shared(words):  # pressed twice, or on another device too
        return Decision(again=(words.id,))
    return Decision(records=[shared(words, given.now)], pages=True)


def _why_not(about: OwnWords[Words], edition: str) -> str | None:
    """Return the key of the sentence that says why these words cannot be shared by this press; None when they can."""
    words = about.words
    if about.unchanging:
        return "share-left" if about.is_left else "share-moved"
    if edition != str(words.edition):
        return "share-changed"
    if not may_be_shared(words):
        return "share-answer"
    if words.scope is Scope.PRIVATE:
        return "share-private"
    if not is_shared(words) and about.next_post is None:
        return "channel-no-post"
    return None


def unshare(given: Given, about: OwnWords[Words], _press: Press) -> Decision:
    """Take the words out of the channel, or keep them out of it: whatever version stands there by now."""
    words = about.words
    if words.shared_at is None and words.kept_out_at is not None:
        return Decision(again=(words.id,))
    return Decision(records=[kept_out(words, given.now)], withdraws=True)


def _id_in(value: str) -> str:
    return value.rpartition(":")[0]


PRESSES = {
    "words.share": by_press(share, EITHER, named_by=_id_in),
    "words.unshare": by_press(unshare, EITHER, named_by=_id_in),
    "words.keep_out": by_press(unshare, EITHER, named_by=_id_in),
}
