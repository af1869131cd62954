"""A Message as an activity with one card: within Teams' limits, whatever the words.

Buttons carry what they are about in their data, twice: as Action.Execute, and for older clients as Action.Submit.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from microsoft_teams.cards import (
    Action,
    AdaptiveCard,
    ChoiceSetInput,
    ExecuteAction,
    OpenUrlAction,
    ShowCardAction,
    SubmitAction,
)

from bot.chat.fitting import last_controls
from bot.chat.port import Body, Button, Buttons, Choice, Message, Part, Row, Style
from bot.chat.teams.rendering.elements import LONGEST, Json, dumped, elements, question, ruled
from bot.chat.teams.rendering.fields import ACTIVITY, LARGEST, OURS, adaptive, choices, chosen_among, weight
from bot.chat.teams.rendering.text import cut, plain, unmarked

ADAPTIVE = "application/vnd.microsoft.card.adaptive"

_FALLBACK, _LABEL, _VALUE = 3_000, 75, 2_000
_BUTTONS = 6  # in one row
_QUOTES = (LONGEST, 3_000, 1_200, 500, 200)  # shorter quotes are tried before any part is left out
_KEPT = 1_000  # shapes of authored buttons that are kept
_STYLES: Final = {Style.PLAIN: None, Style.PRIMARY: "positive", Style.DANGER: "destructive"}


def message(message: Message, *, home: bool = False, aside: bool = False) -> Json:
    """Return a message within Teams' limits; `home` and `aside` come back with each press of its buttons."""
    summary = _summary(message)
    return activity(adaptive(_body(message, _mark(message, home=home, aside=aside)), name=message.key), summary)


def activity(card: Json, summary: str) -> Json:
    """Return a card as a message whose notification says the summary; a client that shows no such card says it, too."""
    shown = {**card, "fallbackText": summary} if summary else card
    return {"type": "message", "summary": summary, "attachments": [{"contentType": ADAPTIVE, "content": shown}]}


def _summary(message: Message) -> str:
    return cut(unmarked(message.fallback), _FALLBACK)


def _mark(message: Message, *, home: bool, aside: bool) -> Json:
    """Return what every button of a message carries."""
    told: Json = {"nudge": message.key} if message.key else {}
    return told | ({"home": True} if home else {}) | ({"aside": True} if aside else {})


# --- fitting ----------------------------------------------------------------------------------------------------


def _body(message: Message, mark: Json) -> list[Json]:
    room = LARGEST - ACTIVITY - 2 * weight(_summary(message))
    groups: list[Sequence[Json]] = []
    for quote in _QUOTES:
        groups = _groups(message, mark, quote)
        if weight(groups) <= room:
            break
    else:
        groups = _shortened(message.parts, groups, room)
    return ruled(each for group in groups for each in group) or [question(_summary(message))]


def _groups(message: Message, mark: Json, quote: int) -> list[Sequence[Json]]:
    """Return each part's elements; of two menus of one name the first, for Teams takes no more."""
    menus: set[str] = set()
    groups: list[Sequence[Json]] = []
    for part in message.parts:
        if isinstance(part, Choice):
            groups.append([] if part.id in menus else _menu(part))
            menus.add(part.id)
        elif isinstance(part, Buttons):
            groups.append(_rows(part, mark))
        elif isinstance(part, Row):
            groups.append(_row(part, mark))
        else:
            groups.append(elements(part, quote))
    return groups


def _shortened(parts: Sequence[Part], groups: Sequence[Sequence[Json]], room: int) -> list[Sequence[Json]]:
    """Return as much from the start as fits above the last controls."""
    first, last = last_controls(parts)
    end: list[Sequence[Json]] = [[question("…")], *groups[first:last]]
    while weight(end) > room:
        end.pop()
    kept: list[Sequence[Json]] = []
    taken = weight(end)
    for group in (*groups[:first], *groups[last:]):
        taken += weight(group) + 1
        if taken > room:
            break
        kept.append(group)
    return [*kept, *end]


# --- controls ---------------------------------------------------------------------------------------------------


def _menu(part: Choice) -> list[Json]:
    made = choices(part.options)
    if not made:
        return []
    chosen = chosen_among(made, [] if part.chosen is None else [part.chosen])
    label = plain(part.label, 2 * _LABEL)
    return dumped([ChoiceSetInput(id=part.id, label=label, choices=made, value=chosen, style="compact")])


def _rows(part: Buttons, mark: Json) -> list[Json]:
    actions = [_button(button, mark) for button in part.buttons]
    rows: list[Json] = [
        {"type": "ActionSet", "actions": actions[start : start + _BUTTONS]}
        for start in range(0, len(actions), _BUTTONS)
    ]
    if part.more:
        menu = [_behind(_button(button, mark)) for button in part.more]
        if rows and len(rows[-1]["actions"]) + len(menu) <= _BUTTONS:
            rows[-1]["actions"] += menu
        else:
            rows.append({"type": "ActionSet", "actions": menu})
    return rows


def _behind(action: Json) -> Json:
    """Return an action as it stands in the menu at the end of its row; clients without one show it as a button."""
    fallback = {"fallback": {**action["fallback"], "mode": "secondary"}} if "fallback" in action else {}
    return {**action, **fallback, "mode": "secondary"}


def _row(part: Row, mark: Json) -> list[Json]:
    """Return a line with its button at the right."""
    words, buttons = elements(Body(part.text)), _rows(Buttons((part.button,)), mark)
    if not words:
        return buttons
    middle = {"type": "Column", "verticalContentAlignment": "Center"}
    columns = [{**middle, "width": "stretch", "items": [*words]}, {**middle, "width": "auto", "items": buttons}]
    return [{"type": "ColumnSet", "columns": columns}]


def _button(button: Button, mark: Json) -> Json:
    shape = _shape(button.id, button.label, button.style, button.confirm, button.url)
    if button.url is not None:
        return shape
    words = {"words": button.carries} if button.carries else {}
    return _with_data(shape, {OURS: {"button": button.id, "value": button.value[:_VALUE], **words, **mark}})


def _with_data(shape: Json, data: Json) -> Json:
    """Return an action with what it carries, wherever it stands in it."""
    if shape["type"] != "Action.ShowCard":
        return {**shape, "data": data, "fallback": {**shape["fallback"], "data": data}}
    inside = shape["card"]
    return {**shape, "card": {**inside, "actions": [_with_data(each, data) for each in inside["actions"]]}}


@lru_cache(maxsize=_KEPT)
def _shape(name: str, label: str, style: Style, confirm: str | None, url: str | None) -> Json:
    """Return an action without its data, which is another for each record; all else is authored."""
    title = plain(label, _LABEL)
    made: Action
    if url is not None:
        made = OpenUrlAction(title=title, url=url, style=_STYLES[style])
    elif confirm is None:
        fallback = SubmitAction(title=title, style=_STYLES[style])
        made = ExecuteAction(title=title, verb=name, style=_STYLES[style], fallback=fallback)
    else:
        made = ShowCardAction(title=title, style=_STYLES[style], card=AdaptiveCard(version="1.5"))
    shape: Json = made.model_dump(by_alias=True, exclude_none=True)
    if confirm is not None and url is None:
        sure = _shape(name, label, style, None, None)
        shape["card"] = {**shape["card"], "body": [question(confirm)], "actions": [sure]}
    return shape
