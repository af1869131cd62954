"""What is shown, as blocks: in a message, on App Home, and above, below and between the fields of a form.

What a person wrote goes into rich_text or plain_text elements, where Slack interprets nothing.
"""

from collections.abc import Iterator, Sequence
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
    Option,
    OverflowMenuElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
)

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Chart,
    Choice,
    Facts,
    FormPart,
    Heading,
    Line,
    Note,
    Part,
    Quote,
    Row,
    Style,
)
from bot.chat.slack.rendering.fields import chosen_option, input_block, options
from bot.chat.slack.rendering.markdown import mrkdwn
from bot.chat.slack.rendering.text import cut, plain, split
from bot.coaching.language import Markdown

MORE = "more"  # the menu at the end of a row
DENY = "✕"  # what a question's second button shows when its author gave no word
LONGEST = 3_000  # characters of a quote where there is room
SECTION = 3_000

_HEADER, _LABEL = 150, 75
_CHART_TITLE, _CHART_LABEL = 50, 20
_BUTTONS, _FACTS = 5, 10  # in one row, in one block
_KEPT = 1_000  # authored parts and buttons whose blocks are kept: making them takes longer than all else

Json = dict[str, Any]
Shown = Heading | Body | Note | Line | Quote | Facts | Choice


def shapes(part: Part, quote: int) -> Sequence[Json]:
    """Return a part's blocks as Slack takes them; what is authored, and many are shown, is made once."""
    match part:
        case Heading() | Body() | Note() | Line():
            return _authored(part)
        case Buttons():
            return _rows(part)
        case Row():
            return _row(part)
        case Chart():
            return [_chart(part)]
        case _:
            return [block.to_dict() for block in _blocks(part, quote)]


@lru_cache(maxsize=_KEPT)
def _authored(part: Heading | Body | Note | Line) -> tuple[Json, ...]:
    return tuple(block.to_dict() for block in _blocks(part, LONGEST))


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


def form_shapes(part: FormPart) -> Sequence[Json]:
    """Return a form's part as blocks as Slack takes them; a view has no charts."""
    if isinstance(part, Chart):
        return shapes(part.facts, LONGEST)
    if isinstance(part, Heading | Body | Note | Line | Quote | Facts | Buttons | Row | Choice):
        return shapes(part, LONGEST)
    return [input_block(part).to_dict()]


def _chart(part: Chart) -> Json:
    """Return a chart as a block; slack_sdk has no model of it."""
    title, labels = cut(part.title, _CHART_TITLE), [cut(label, _CHART_LABEL) for label, _ in part.rows]
    data = [{"label": label, "value": figure} for label, (_, figure) in zip(labels, part.rows, strict=True)]
    series = {"name": cut(part.title, _CHART_LABEL), "data": data}
    chart = {"type": "bar", "series": [series], "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "title": title, "chart": chart}


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


def _row(part: Row) -> list[Json]:
    words = _texts(part.text)[:1]
    if not words:
        return _rows(Buttons((part.button,)))
    return [{**SectionBlock(text=words[0]).to_dict(), "accessory": _button(part.button, 1)}]


def _rows(part: Buttons) -> list[Json]:
    rows: list[Json] = []
    for start in range(0, len(part.buttons), _BUTTONS):
        seen: dict[str, int] = {}
        elements = []
        for button in part.buttons[start : start + _BUTTONS]:
            seen[button.id] = seen.get(button.id, 0) + 1
            elements.append(_button(button, seen[button.id]))
        rows.append({"type": ActionsBlock.type, "elements": elements})
    if part.more:
        if rows and len(rows[-1]["elements"]) < _BUTTONS:
            rows[-1]["elements"].append(_more(part.more))
        else:
            rows.append({"type": ActionsBlock.type, "elements": [_more(part.more)]})
    return rows


def _more(buttons: Sequence[Button]) -> Json:
    """Return a menu of buttons; what was chosen says which it is, and what it is about."""
    shown = buttons[: OverflowMenuElement.options_max_length]
    shape = _menu_shape(tuple(button.label for button in shown))
    options = [
        {**option, "value": f"{button.id} {button.value}"}
        for option, button in zip(shape["options"], shown, strict=True)
    ]
    return {**shape, "options": options}


@lru_cache(maxsize=_KEPT)
def _menu_shape(labels: tuple[str, ...]) -> Json:  # the values are others for each record; all else is authored
    options = [Option(text=plain(label, Option.label_max_length), value=MORE) for label in labels]
    shape: Json = OverflowMenuElement(action_id=MORE, options=options).to_dict()
    return shape


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
        text=plain(part.label, SECTION),
        accessory=StaticSelectElement(
            action_id=part.id,
            options=options(part.options),
            initial_option=chosen_option(part.options, part.chosen),
        ),
    )


def _texts(words: Markdown) -> list[MarkdownTextObject]:
    # Verbatim: a bare address in a name does not become a link.
    return [MarkdownTextObject(text=piece, verbatim=True) for piece in split(mrkdwn(words), SECTION)]


def _bold(text: str) -> RichTextElementParts.Text:
    return RichTextElementParts.Text(text=text, style={"bold": True})
