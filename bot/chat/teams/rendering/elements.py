"""What is shown, as elements of an Adaptive Card: in a message, and above and between the fields of a form.

What a person wrote goes into text runs, where Teams interprets nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, assert_never

from microsoft_teams.cards import (
    CardElement,
    Container,
    RichTextBlock,
    Spacing,
    TextBlock,
    TextRun,
    VerticalBarChart,
    VerticalBarChartDataValue,
)

from bot.chat.payload import text
from bot.chat.port import Body, Chart, Facts, Heading, Line, Note, Quote
from bot.chat.teams.rendering.markdown import blocks, inert
from bot.chat.teams.rendering.text import cut, plain

Json = dict[str, Any]
Shown = Heading | Body | Note | Line | Quote | Facts | Chart

RULE: Json = {"type": "Rule"}  # until `ruled` hangs it onto what comes below
LONGEST = 10_000  # characters of a quote where there is room
_HEADING, _TEXT = 150, 10_000
_FACT = 1_000
_LABEL = 20  # of a bar
IN_SIGHT = 3  # of the last inputs of a form
_KEPT = 1_000  # authored parts whose elements are kept: making them takes longer than all else


def elements(part: Shown, quote: int = LONGEST) -> Sequence[Json]:
    """Return what Teams shows for a part, its quotes at most so long; what is authored is made once."""
    match part:
        case Heading() | Body() | Note():
            return _authored(part)
        case Line():
            return [RULE]
        case Chart():
            return [_chart(part)]
        case Quote() | Facts():
            return dumped(_personal(part, quote))
        case _:
            assert_never(part)


def ruled(body: Iterable[Json]) -> list[Json]:
    """Return a card's elements, those below a dividing line with that line."""
    shown: list[Json] = []
    below = False
    for each in body:
        if each is RULE:
            below = bool(shown)
            continue
        shown.append({**each, "separator": True} if below else each)
        below = False
    return shown


def title(text: str) -> Json:
    """Return the title of a whole card."""
    shown = TextBlock(text=_heading(text), size="Large", weight="Bolder", wrap=True, style="heading")
    return dumped([shown])[0]


def small(text: str) -> Json:
    """Return a small gray line, plain."""
    return dumped([_small(plain(text, _TEXT))])[0]


def question(text: str) -> Json:
    """Return a line of plain text."""
    return dumped([_rich(TextRun(text=plain(text, _TEXT)))])[0]


def warning(words: str) -> Json:
    """Return a line that says what is wrong."""
    run = TextRun(text=plain(words, _TEXT), color="Attention", weight="Bolder")
    return dumped([_rich(run, spacing="Medium")])[0]


def far_up(body: Sequence[Mapping[str, Any]], errors: Mapping[str, str]) -> list[Json]:
    """Return what is wrong with fields that are out of sight where the buttons are, to be said there once more."""
    inputs = [each for each in body if text(each, "type").startswith("Input.")]
    wrong = (each for each in inputs[:-IN_SIGHT] if text(each, "id") in errors)
    return [warning(f"{text(each, 'label')}: {errors[text(each, 'id')]}") for each in wrong]


def dumped(made: Sequence[CardElement]) -> list[Json]:
    """Return elements as they go over the line."""
    return [each.model_dump(by_alias=True, exclude_none=True) for each in made]


@lru_cache(maxsize=_KEPT)
def _authored(part: Heading | Body | Note) -> tuple[Json, ...]:
    made: list[CardElement]
    match part:
        case Heading():
            made = [TextBlock(text=_heading(part.text), size="Medium", weight="Bolder", wrap=True, style="heading")]
        case Body():
            made = [TextBlock(text=text, wrap=True) for text in _pieces(part.text)]
        case Note():
            made = [TextBlock(text=text, wrap=True, size="Small", is_subtle=True) for text in _pieces(part.text)]
        case _:
            assert_never(part)
    return tuple(dumped(made))


def _personal(part: Quote | Facts, longest: int) -> list[CardElement]:
    if isinstance(part, Facts):
        return [
            _rich(
                TextRun(text=plain(label, _HEADING), weight="Bolder"),
                TextRun(text=f"  {plain(value, min(longest, _FACT))}"),
                spacing="Small" if at else None,
            )
            for at, (label, value) in enumerate(part.rows)
        ]
    inside: list[CardElement] = [_small(plain(part.label, _HEADING), bold=True)] if part.label else []
    inside.append(_rich(TextRun(text=plain(part.text, longest)), spacing="Small" if inside else None))
    return [Container(style="emphasis", items=inside)]


def _chart(part: Chart) -> Json:
    """Return a chart; a client that draws none shows the same in words."""
    data = [VerticalBarChartDataValue(x=cut(label, _LABEL), y=figure) for label, figure in part.rows]
    said = Container(items=_personal(part.facts, _FACT))
    drawn = VerticalBarChart(title=cut(part.title, _HEADING), data=data, show_bar_values=True, fallback=said)
    return dumped([drawn])[0]


def _rich(*runs: CardElement, spacing: Spacing | None = None) -> RichTextBlock:
    return RichTextBlock(inlines=[*runs], spacing=spacing)


def _small(text: str, *, bold: bool = False) -> RichTextBlock:
    return _rich(TextRun(text=text, size="Small", is_subtle=True, weight="Bolder" if bold else None), spacing="Small")


def _heading(text: str) -> str:
    return inert(cut(text, _HEADING).replace("\n", " "))


def _pieces(words: str) -> list[str]:
    return [text if len(text) <= _TEXT else cut(text, _TEXT) for text in blocks(words)]
