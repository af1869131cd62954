"""What a person wrote, a reply or a commitment: who may read it, and whether its author let it into the channel."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.reply import Reply, ReplyKind, Scope

Words = Reply | Commitment
W = TypeVar("W", bound=Words)


def has_words(words: Words) -> bool:
    """Whether there is something to read: a deleted text has nothing, nor has a plan of which only the day is kept."""
    return bool(words.text) if isinstance(words, Reply) else bool(words.first + words.second)


def written_at(words: Words) -> datetime:
    """Return when they were written."""
    return words.received_at if isinstance(words, Reply) else words.made_at


def may_be_shared(words: Words) -> bool:
    """Whether its author may let it into the channel; what coach and member write to each other is theirs alone."""
    is_between = isinstance(words, Reply) and (words.answers is not None or words.kind is ReplyKind.COACH)
    return has_words(words) and not is_between


def is_shared(words: Words) -> bool:
    """Whether it may stand in the channel now: its author let it in, and no coach left it out of the post."""
    return words.shared_at is not None and not is_left_out(words) and may_be_shared(words)


def is_left_out(words: Words) -> bool:
    """Whether a coach left what its author let into the channel out of the post."""
    return words.left_out_at is not None


def shared(words: W, at: datetime) -> W:
    """Return the words as their author let them into the channel; a press after a coach left them out counts anew."""
    return replace(words, shared_at=at, kept_out_at=None, left_out_at=None, left_out_by=None)


def kept_out(words: W, at: datetime) -> W:
    """Return the words as their author keeps them out of the channel, or takes them out of it."""
    return replace(words, shared_at=None, kept_out_at=at, left_out_at=None, left_out_by=None)


def left_out(words: W, coach: str, at: datetime) -> W:
    """Return the words as a coach leaves them out of the post; what they say, and their author's press, stay."""
    return replace(words, left_out_at=at, left_out_by=coach)


def put_back(words: W) -> W:
    """Return the words as a coach lets them stand in the post after all."""
    return replace(words, left_out_at=None, left_out_by=None)


def withdrawn(words: W, at: datetime) -> W:
    """Return the words out of the channel, when they were let into it; else as they are."""
    return words if words.shared_at is None else kept_out(words, at)


def narrowed(words: W, scope: Scope, at: datetime) -> W:
    """Return the words with this scope; what becomes private leaves the channel with it."""
    fresh = replace(words, scope=scope)
    narrows = scope is Scope.PRIVATE and words.scope is not Scope.PRIVATE
    return withdrawn(fresh, at) if narrows else fresh


def reworded(reply: Reply, text: str, at: datetime) -> Reply:
    """Return the reply with other words: they are asked for anew before they stand in the channel."""
    return replace(withdrawn(reply, at), text=text, edited_at=at, edition=reply.edition + 1)


def taken_back(words: W, at: datetime) -> W:
    """Return the words deleted for good; a tombstone stays."""
    fresh = replace(withdrawn(words, at), deleted_at=at, edition=words.edition + 1)
    return replace(fresh, text=None) if isinstance(fresh, Reply) else replace(fresh, first="", second="")
