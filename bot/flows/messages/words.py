"""What stands beside a person's own words: who reads them, whether they are in the channel, and what can be done."""

from bot.chat.port import Button, Buttons, Note, Part
from bot.coaching.language import Language
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.records.reflection import shown_in
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.rules.reading import deciding
from bot.coaching.words import Words, is_left_out, is_shared, may_be_shared
from bot.flows.context.nudge import Participation
from bot.flows.given import Given
from bot.flows.messages.parts import button, note, reading
from bot.flows.messages.readers import readers_of
from bot.store.port.words import Places

_THERE = frozenset({NudgeState.SENDING, NudgeState.UNCERTAIN, NudgeState.SENT})
_NEVER_CAME = frozenset({NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED})


def readers_line(given: Given, language: Language, words: Words, places: Places) -> str:
    """Return who may read these words, the channel left aside; what answers a coach names them while they are one."""
    if words.scope is Scope.PRIVATE and is_shared(words):
        return given.words.say("scope-private-shared", language)
    if words.scope is Scope.COACH and isinstance(words, Reply) and words.answers is not None:
        coach = places.coaches.get(words.answers)
        if coach is None:
            return given.words.say("scope-private", language)
        return given.words.say("scope-one", language, coach=coach)
    return readers_of(given, language, places.readers.get(words.cohort), deciding(words, None, None))


def channel_line(given: Given, language: Language, words: Words, places: Places) -> list[Note]:
    """Return how the words stand to the channel; nothing when that was never asked."""
    if is_shared(words):
        post = _post_of(places, words) or places.next_posts.get(words.cohort)
        if post is None:
            return [note(given, language, "channel-no-post")]
        if post.state in _THERE:
            return [note(given, language, "channel-stands")]
        return [note(given, language, "channel-goes", day=given.words.day(post.local_date, language))]
    if is_left_out(words):
        return [note(given, language, "channel-left-out")]
    is_said = words.kept_out_at is not None and words.scope is not Scope.PRIVATE
    return [note(given, language, "channel-kept-out")] if is_said else []


def channel_buttons(
    given: Given, language: Language, words: Words, places: Places, *, asks: bool = False
) -> list[Button]:
    """Return the presses by which the author lets the words into the channel, or keeps them out of it.

    Private words are let in from a form. With `asks` both answers stand there as long as neither was given.
    """
    value = f"{words.id}:{words.edition}"
    if is_shared(words):
        return [button(given, language, "words.unshare", value)]
    if words.scope is Scope.PRIVATE or not may_be_shared(words) or words.cohort not in places.next_posts:
        return []
    is_answered = words.kept_out_at is not None or is_left_out(words)
    keep_out = [button(given, language, "words.keep_out", value)] if asks and not is_answered else []
    return [button(given, language, "words.share", value), *keep_out]


def own(
    given: Given, run: Participation, commitment: Commitment, places: Places, *, changes: bool = True
) -> list[Part]:
    """Return who reads a plan or a change, and what its author can do with the words."""
    language = run.language
    buttons = [
        *reading(given, language, commitment),
        *([button(given, language, "plan.change", commitment.id)] if changes else []),
        *channel_buttons(given, language, commitment, places),
        button(given, language, "plan.delete", commitment.id, confirm=True),
    ]
    scope = readers_line(given, language, commitment, places)
    readers = note(given, language, "promise-readers", scope=scope)
    return [readers, *channel_line(given, language, commitment, places), Buttons(tuple(buttons))]


def _post_of(places: Places, words: Words) -> Nudge | None:
    """Return the post that holds these words, there or still to come; None when they wait for the next one."""
    for share in places.shares:
        if share.post.state in _NEVER_CAME or words.id not in shown_in(share.post, share.made):
            continue
        if words.shared_at and words.shared_at <= share.made.made_at:
            return share.post
    return None
