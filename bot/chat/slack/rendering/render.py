"""A Message as fallback text and blocks, a Form as a view: within Slack's limits, whatever the words."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.chat.fitting import last_controls
from bot.chat.payload import part, parts, text
from bot.chat.port import (
    Asking,
    Chart,
    Choice,
    Form,
    Message,
    Part,
)
from bot.chat.slack.rendering.elements import LONGEST, SECTION, form_shapes, shapes
from bot.chat.slack.rendering.markdown import unmarked
from bot.chat.slack.rendering.questions import question_blocks, weight
from bot.chat.slack.rendering.text import cut, escape, plain, split

EVENT_TYPE = "pitstop_nudge"  # of the metadata by which a nudge is found again

_FALLBACK, _TEXT, _TITLE = 3_000, 4_000, 24
_LEAST = 2_000  # for what stands above a form's questions, however long those are
_QUOTES = (LONGEST, 1_200, 500, 200)  # shorter quotes are tried before any part is left out

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Room:
    """How much Slack takes at once."""

    blocks: int
    weight: int
    weigh: Callable[[Sequence[Json]], int]

    def holds(self, blocks: Sequence[Json]) -> bool:
        return len(blocks) <= self.blocks and self.weigh(blocks) <= self.weight


def _characters(blocks: Sequence[Json]) -> int:
    # Slack does not say how it counts. Of what people measured (slackapi/bolt-js issues 2509 and 2867) everything
    # that was refused weighs more than 12,000 when a block counts for 50 characters beside its texts.
    characters = 50 * len(blocks)
    waiting: list[Any] = list(blocks)
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            words = node.get("text")
            if isinstance(words, str):
                characters += len(words)
            waiting += node.values()
        elif isinstance(node, list | tuple):
            waiting += node
    return characters


def _bytes(blocks: Sequence[Json]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False).encode())


_MESSAGE = _Room(blocks=50, weight=12_000, weigh=_characters)
_VIEW = _Room(blocks=100, weight=200_000, weigh=_bytes)  # Slack refuses a view of 250,000 bytes


def _above(asked: list[Json]) -> _Room:
    """Return the room for a message's own parts above the questions of a form."""
    if not asked:
        return _MESSAGE
    left = max(_LEAST, _MESSAGE.weight - weight(asked))
    return replace(_MESSAGE, blocks=_MESSAGE.blocks - len(asked), weight=left)


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message as Slack takes it."""

    text: str
    blocks: list[Json]
    metadata: Json | None


def message(message: Message) -> Rendered:
    """Return a message within Slack's limits: long quotes get shorter, then parts are left out at the end."""
    asked = question_blocks(message) if isinstance(message, Asking) else []
    shown = _fitting(message, _above(asked))
    drawn = [": ".join(row) for each in message.parts if isinstance(each, Chart) for row in each.facts.rows]
    return Rendered(
        text=split(escape(cut("\n".join([unmarked(message.fallback), *drawn]), _FALLBACK)), _TEXT)[0],
        blocks=[*shown, *asked],
        metadata=None if message.key is None else {"event_type": EVENT_TYPE, "event_payload": {"nudge": message.key}},
    )


def in_words(message: Message) -> Message:
    """Return a message with what is drawn in it said as facts."""
    return replace(message, parts=tuple(each.facts if isinstance(each, Chart) else each for each in message.parts))


def home(message: Message) -> Json:
    """Return a message as a person's App Home."""
    blocks = _fitting(in_words(message), _VIEW)
    if not blocks:
        blocks = [SectionBlock(text=plain(unmarked(message.fallback), SECTION)).to_dict()]
    return View(type="home", blocks=blocks).to_dict()


def modal(form: Form) -> Json:
    """Return a form as a modal whose fields answer under their own ids."""
    blocks = [
        _picked(block, part.chosen) if isinstance(part, Choice) else block
        for part in form.parts
        for block in form_shapes(part)
    ]
    return View(
        type="modal",
        callback_id=form.id,
        private_metadata=form.subject,
        external_id=form.opening or None,
        title=plain(form.title, _TITLE),
        submit=None if form.submit is None else plain(form.submit, _TITLE),
        close=plain(form.close, _TITLE),
        blocks=blocks[: _VIEW.blocks],
        notify_on_close=False,
    ).to_dict()


def _picked(block: Json, chosen: str | None) -> Json:
    """Return a menu's block under a name of what is chosen: under one name Slack keeps what was picked before."""
    menu = part(block, "accessory")
    return {**block, "block_id": f"{text(menu, 'action_id')}:{chosen or ''}"[: Block.block_id_max_length]}


def carries(message: Mapping[str, Any], key: str) -> bool:
    """Tell whether a message of the history is the one that was sent with this key."""
    metadata = part(message, "metadata")
    if text(metadata, "event_type") == EVENT_TYPE and text(part(metadata, "event_payload"), "nudge") == key:
        return True
    return any(text(block, "block_id").startswith(f"{key}:") for block in parts(message, "blocks"))


# --- fitting ------------------------------------------------------------------------------------------------


def _fitting(message: Message, room: _Room) -> list[Json]:
    groups: list[list[Json]] = []
    for quote in _QUOTES:
        groups = _groups(message, quote)
        if room.holds(_flat(groups)):
            return _flat(groups)
    return _shortened(message.parts, groups, room)


def _groups(message: Message, quote: int) -> list[list[Json]]:
    """Return each part's blocks, with ids that carry the key and the place in the whole message."""
    groups = []
    position = 0
    for shown in message.parts:
        group = []
        for block in shapes(shown, quote):
            # A menu keeps what was picked as long as its block keeps its name: a new choice needs a new one.
            chosen = f":{shown.chosen}" if isinstance(shown, Choice) else ""
            block_id = f"{message.key or '-'}:{position}{chosen}"[: Block.block_id_max_length]
            group.append({**block, "block_id": block_id})
            position += 1
        groups.append(group)
    return groups


def _shortened(parts: Sequence[Part], groups: Sequence[list[Json]], room: _Room) -> list[Json]:
    """Return as much from the start as fits above the last controls."""
    first, last = last_controls(parts)
    end = [ContextBlock(elements=[PlainTextObject(text="…")]).to_dict(), *_flat(groups[first:last])]
    while not room.holds(end):
        end.pop()
    kept: list[Json] = []
    for group in (*groups[:first], *groups[last:]):
        if not room.holds([*kept, *group, *end]):
            break
        kept += group
    return kept + end


def _flat(groups: Iterable[list[Json]]) -> list[Json]:
    return [block for group in groups for block in group]
