"""A form's questions below a message: as input blocks, each with what was wrong with it, and two buttons."""

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ContextBlock, DividerBlock, HeaderBlock

from bot.chat.port import CANCEL, SEND, Asking, Body, Buttons, Chart, Choice, Facts, Heading, Line, Note, Quote, Row
from bot.chat.slack.incoming.filled_in import digest, sending
from bot.chat.slack.rendering.elements import form_shapes
from bot.chat.slack.rendering.text import plain

_LABEL, _TITLE, _ERROR = 75, 150, 2_000
_SHOWN = (Heading, Body, Note, Line, Quote, Facts, Chart, Buttons, Row, Choice)

Json = dict[str, Any]


def question_blocks(message: Asking) -> list[Json]:
    """Return the questions as blocks.

    A field keeps its block id as long as it is filled from the same record: Slack keeps what was typed into it then.
    """
    form = message.form
    stem = f"{message.key or '-'}:{form.opening[:16]}:{digest(form.subject)[:8]}"
    blocks = []
    for number, (name, block) in enumerate(_blocks(message)):
        block_id = f"{stem}:{name or number}"[: Block.block_id_max_length]
        blocks.append({**block, "block_id": block_id})
    return blocks


def weight(blocks: list[Json]) -> int:
    """Return how much room they take, all their texts counted: what stands in a field may weigh as much as words."""
    return sum(len(json.dumps(block, ensure_ascii=False)) for block in blocks)


def _blocks(message: Asking) -> Iterator[tuple[str, Json]]:
    form, errors = message.form, {error[0]: error[1] for error in message.errors}
    yield "line", DividerBlock().to_dict()
    yield "title", HeaderBlock(text=plain(form.title, _TITLE, emoji=True)).to_dict()
    for shown in form.parts:
        for block in form_shapes(shown):
            yield "" if isinstance(shown, _SHOWN) else shown.id, block
        if not isinstance(shown, _SHOWN) and (wrong := errors.pop(shown.id, "")):
            yield f"wrong:{shown.id}:{message.round}", _wrong(wrong)
    for name, wrong in errors.items():  # of a field that is not asked any more
        yield f"wrong:{name}:{message.round}", _wrong(wrong)
    yield f"buttons:{message.round}", ActionsBlock(elements=_buttons(message)).to_dict()


def _wrong(sentence: str) -> Json:
    block: Json = ContextBlock(elements=[plain(f"⚠️ {sentence}", _ERROR, emoji=True)]).to_dict()
    return block


def _buttons(message: Asking) -> list[ButtonElement]:
    form = message.form
    send = plain(form.submit or "", _LABEL, emoji=True)
    return [
        ButtonElement(action_id=SEND, text=send, value=sending(message), style="primary"),
        ButtonElement(action_id=CANCEL, text=plain(form.close, _LABEL, emoji=True), value=form.opening),
    ]
