"""A Message as fallback text and blocks, a Form as a view: within Slack's limits, whatever the words.

What a person wrote goes into rich_text or plain_text elements, where Slack interprets nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, assert_never

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Choice,
    Facts,
    Form,
    FormPart,
    Heading,
    Line,
    Message,
    Note,
    Part,
    Quote,
    Style,
)
from bot.chat.slack.fields import chosen_option, input_block, options
from bot.chat.slack.markdown import escape, mrkdwn, split
from bot.chat.slack.payload import part, parts, text
from bot.chat.slack.text import cut, plain
from bot.coaching.language import Markdown

EVENT_TYPE = "pitstop_nudge"  # of the metadata by which a nudge is found again
DENY = "✕"  # what a question's second button shows when its author gave no word

_SECTION, _FALLBACK, _TEXT, _HEADER, _LABEL, _TITLE = 3_000, 3_000, 4_000, 150, 75, 24
_BUTTONS, _FACTS = 5, 10  # in one row, in one block
_QUOTES = (3_000, 1_200, 500, 200)  # shorter quotes are tried before any part is left out
_KEPT = 1_000  # authored parts and buttons whose blocks are kept: making them takes longer than all else

Json = dict[str, Any]
Shown = Heading | Body | Note | Line | Quote | Facts | Choice


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
    return 50 * len(blocks) + sum(len(words) for words in _words(blocks))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _words(value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _words(each)


def _bytes(blocks: Sequence[Json]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False).encode())


_MESSAGE = _Room(blocks=50, weight=12_000, weigh=_characters)
_VIEW = _Room(blocks=100, weight=200_000, weigh=_bytes)  # Slack refuses a view of 250,000 bytes


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message as Slack takes it."""

    text: str
    blocks: list[Json]
    metadata: Json | None


def message(message: Message) -> Rendered:
    """Return a message within Slack's limits: long quotes get shorter, then parts are left out at the end."""
    return Rendered(
        text=split(escape(cut(message.fallback, _FALLBACK)), _TEXT)[0],
        blocks=_fitting(message, _MESSAGE),
        metadata=None if message.key is None else {"event_type": EVENT_TYPE, "event_payload": {"nudge": message.key}},
    )


def home(message: Message) -> Json:
    """Return a message as a person's App Home."""
    blocks = _fitting(message, _VIEW)
    if not blocks:
        blocks = [SectionBlock(text=plain(message.fallback, _SECTION)).to_dict()]
    return View(type="home", blocks=blocks).to_dict()


def modal(form: Form) -> Json:
    """Return a form as a modal whose fields answer under their own ids."""
    blocks = [block.to_dict() for part in form.parts for block in _form_blocks(part)]
    return View(
        type="modal",
        callback_id=form.id,
        private_metadata=form.subject,
        title=plain(form.title, _TITLE),
        submit=None if form.submit is None else plain(form.submit, _TITLE),
        close=plain(form.close, _TITLE),
        blocks=blocks[: _VIEW.blocks],
        notify_on_close=False,
    ).to_dict()


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
        for block in _shapes(shown, quote):
            # A menu keeps what was picked as long as its block keeps its name: a new choice needs a new one.
            chosen = f":{shown.chosen}" if isinstance(shown, Choice) else ""
            block_id = f"{message.key or '-'}:{position}{chosen}"[: Block.block_id_max_length]
            group.append({**block, "block_id": block_id})
            position += 1
        groups.append(group)
    return groups


def _shortened(parts: Sequence[Part], groups: Sequence[list[Json]], room: _Room) -> list[Json]:
    """Return as much from the start as fits above the last controls."""
    first, last = _last_controls(parts)
    end = [ContextBlock(elements=[PlainTextObject(text="…")]).to_dict(), *_flat(groups[first:last])]
    while not room.holds(end):
        end.pop()
    kept: list[Json] = []
    for group in (*groups[:first], *groups[last:]):
        if not room.holds([*kept, *group, *end]):
            break
        kept += group
    return kept + end


def _last_controls(parts: Sequence[Part]) -> tuple[int, int]:
    """Return the bounds of the last run of buttons and menus."""
    last = len(parts)
    while last and not isinstance(parts[last - 1], Buttons | Choice):
        last -= 1
    first = last
    while first and isinstance(parts[first - 1], Buttons | Choice):
        first -= 1
    return first, last


def _flat(groups: Iterable[list[Json]]) -> list[Json]:
    return [block for group in groups for block in group]


# --- parts --------------------------------------------------------------------------------------------------


def _shapes(part: Part, quote: int) -> Sequence[Json]:
    """Return a part's blocks as Slack takes them; what is authored, and many are shown, is made once."""
    match part:
        case Heading() | Body() | Note() | Line():
            return _authored(part)
        case Buttons():
            return _rows(part)
        case _:
            return [block.to_dict() for block in _blocks(part, quote)]


@lru_cache(maxsize=_KEPT)
def _authored(part: Heading | Body | Note | Line) -> tuple[Json, ...]:
    return tuple(block.to_dict() for block in _blocks(part, _QUOTES[0]))


def _blocks(part: Shown, quote: int) -> list[Block]:
    blocks: list[Block]
    match part:
        case Heading():
            blocks = [HeaderBlock(text=plain(part.text, _HEADER, emoji=True))]
        case Body():
            blocks = [SectionBlock(text=text, expand=True) for text in _texts(part.text)]
        case Note():
            blocks = [ContextBlock(elements=[text]) for text in _texts(part.text)]
        case Quote():
            blocks = [_quote(part, quote)]
        case Facts():
            blocks = list(_facts(part, quote))
        case Line():
            blocks = [DividerBlock()]
        case Choice():
            blocks = [_menu(part)] if part.options else []
        case _:
            assert_never(part)
    return blocks


def _form_blocks(part: FormPart) -> list[Block]:
    if isinstance(part, Heading | Body | Note | Line | Quote | Facts):
        return _blocks(part, _QUOTES[0])
    return [input_block(part)]


def _quote(part: Quote, longest: int) -> Block:
    elements: list[RichTextSectionElement | RichTextQuoteElement] = []
    if part.label:
        elements.append(RichTextSectionElement(elements=[_bold(cut(part.label, _HEADER))]))
    elements.append(RichTextQuoteElement(elements=[RichTextElementParts.Text(text=cut(part.text, longest))]))
    return RichTextBlock(elements=elements)


def _facts(part: Facts, longest: int) -> Iterator[Block]:
    lines = [
        RichTextSectionElement(
            elements=[
                _bold(cut(label, _HEADER)),
                RichTextElementParts.Text(text=f"  {cut(value, min(longest, 1_000))}"),
            ]
        )
        for label, value in part.rows
    ]
    for start in range(0, len(lines), _FACTS):
        yield RichTextBlock(elements=lines[start : start + _FACTS])


def _rows(part: Buttons) -> list[Json]:
    rows = []
    for start in range(0, len(part.buttons), _BUTTONS):
        seen: dict[str, int] = {}
        elements = []
        for button in part.buttons[start : start + _BUTTONS]:
            seen[button.id] = seen.get(button.id, 0) + 1
            elements.append(_button(button, seen[button.id]))
        rows.append({"type": ActionsBlock.type, "elements": elements})
    return rows


def _button(button: Button, time: int) -> Json:
    shape = _button_shape(button.id, button.label, button.style, button.confirm, button.deny, button.url, time)
    value = button.value[: ButtonElement.value_max_length]
    return {**shape, "value": value} if value else shape


@lru_cache(maxsize=_KEPT)
def _button_shape(  # the value is another for each record; all else is authored
    name: str, label: str, style: Style, question: str | None, deny: str, url: str | None, time: int
) -> Json:
    """Return a button; the second of the same name in a row is told apart, as Slack demands, by "#2"."""
    button = Button(id=name, label=label, style=style, confirm=question, deny=deny, url=url)
    shape: Json = ButtonElement(
        text=plain(button.label, _LABEL, emoji=True),
        action_id=button.id if time == 1 else f"{button.id}#{time}",
        style=None if button.style is Style.PLAIN else button.style.value,
        url=button.url,
        confirm=None if button.confirm is None else _confirm(button, button.confirm),
    ).to_dict()
    return shape


def _confirm(button: Button, question: str) -> ConfirmObject:
    return ConfirmObject(
        title=plain(button.label, ConfirmObject.title_max_length),
        text=plain(question, ConfirmObject.text_max_length),
        confirm=plain(button.label, ConfirmObject.confirm_max_length),
        deny=plain(button.deny or DENY, ConfirmObject.deny_max_length),
        style="danger" if button.style is Style.DANGER else None,
    )


def _menu(part: Choice) -> Block:
    return SectionBlock(
        text=plain(part.label, _SECTION),
        accessory=StaticSelectElement(
            action_id=part.id,
            options=options(part.options),
            initial_option=chosen_option(part.options, part.chosen),
        ),
    )


# --- texts ------------------------------------------------------------------------------------------------


def _texts(words: Markdown) -> list[MarkdownTextObject]:
    # Verbatim: a bare address in a name does not become a link.
    return [MarkdownTextObject(text=piece, verbatim=True) for piece in split(mrkdwn(words), _SECTION)]


def _bold(text: str) -> RichTextElementParts.Text:
    return RichTextElementParts.Text(text=text, style={"bold": True})
