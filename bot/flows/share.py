"""Letting one's own words into the channel, and taking them out of it: one press each, for that very version."""

from datetime import datetime

from bot.chat.port import ChecksField, Incoming, Option, Press, Submitted
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.coaching.words import W, Words, has_words, is_shared, kept_out, may_be_shared, shared
from bot.flows.ports import Ports
from bot.flows.show import refuse

YES = "yes"


async def own_words(ports: Ports, incoming: Incoming, words_id: str) -> Words | None:
    """Return a reply or commitment when its words stand and are the person's own."""
    member = await ports.store.member_of(incoming.workspace, incoming.person)
    words: Words | None = await ports.store.reply(words_id) or await ports.store.commitment(words_id)
    if words is None or member is None or not has_words(words):
        return None
    if isinstance(words, Reply) and words.kind is ReplyKind.COACH:  # a coach's word is the person's it was sent to
        return None
    author = words.author if isinstance(words, Reply) else words.member
    return words if author == member.id else None


async def share_field(ports: Ports, language: Language, words: Words) -> list[ChecksField]:
    """Return the box that lets the words of a form into the channel, ticked when they are; nothing without a post."""
    if not may_be_shared(words) or (not is_shared(words) and await ports.store.next_post(words.cohort) is None):
        return []
    say = ports.words.say
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


def read_subject(subject: str) -> tuple[str, str, bool]:
    """Return whose id a form's subject carries, the edition it was filled from, and whether that was shared."""
    words_id, edition, was_shared = [*subject.split(":"), "", ""][:3]
    return words_id, edition, was_shared == YES


def ticked(form: Submitted, words: W, at: datetime) -> W:
    """Return the words as they come out of a form, let into the channel, or taken out, where the box was changed.

    A box that was ticked already is no press for words that were changed or narrowed beside it.
    """
    was_ticked, is_ticked = read_subject(form.subject)[2], YES in form.values.get("share", ())
    if is_ticked and not was_ticked:
        return shared(words, at)
    return kept_out(words, at) if was_ticked and not is_ticked and words.shared_at is not None else words


async def share(ports: Ports, press: Press) -> None:
    """Share with the team: exactly the words for which the button was shown."""
    words_id, _, edition = press.value.rpartition(":")
    words = await own_words(ports, press, words_id)
    if words is None:
        await refuse(ports, press)
        return
    if key := await _why_not(ports, words, edition):
        await refuse(ports, press, key)
        await ports.again(words.id)
    elif is_shared(words):  # pressed twice, or on another device too
        await ports.again(words.id)
    else:
        await ports.save(shared(words, ports.now), pages=True)


async def _why_not(ports: Ports, words: Words, edition: str) -> str | None:
    """Return the key of the sentence that says why these words cannot be shared by this press; None when they can."""
    run = await ports.store.enrollment(words.enrollment)
    if run is None or run.state is EnrollmentState.LEFT:
        return "share-left"
    if edition != str(words.edition):
        return "share-changed"
    if not may_be_shared(words):
        return "share-answer"
    if words.scope is Scope.PRIVATE:
        return "share-private"
    if not is_shared(words) and await ports.store.next_post(words.cohort) is None:
        return "channel-no-post"
    return None


async def unshare(ports: Ports, press: Press) -> None:
    """Take the words out of the channel, or keep them out of it: whatever version stands there by now."""
    words = await own_words(ports, press, press.value.rpartition(":")[0])
    if words is None:
        await refuse(ports, press)
    elif words.shared_at is None and words.kept_out_at is not None:
        await ports.again(words.id)
    else:
        await ports.save(kept_out(words, ports.now), withdraws=True)


PRESSES = {"words.share": share, "words.unshare": unshare, "words.keep_out": unshare}
