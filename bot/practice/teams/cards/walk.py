"""Finds its way through a card: what holds what, what can be pressed, and which inputs go with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.practice.teams.world import Json

LISTS = ("body", "items", "columns", "rows", "cells", "images", "inlines", "actions")
SINGLES = ("selectAction", "inlineAction", "card")
HOLDING = (*LISTS, *SINGLES, "fallback")


@dataclass(frozen=True)
class Pressable:
    """Something that can be pressed, and the inputs that are sent with it."""

    action: Json
    inputs: tuple[Json, ...]

    def carries(self, data: Json, verb: str) -> bool:
        """Return whether this is what is pressed."""
        return (self.action.get("data") or {}) == data and (self.action.get("verb") or "") == verb


def held(node: Json, at: str = "") -> Iterator[tuple[str, Any, str]]:
    """Yield what an element holds: the place, the element, and a pointer to it."""
    for place in LISTS:
        children = node.get(place)
        for index, child in enumerate(children if isinstance(children, list) else ()):
            if not _is_plain(node, place, child):
                yield place, child, f"{at}/{place}/{index}"
    for place in SINGLES:
        if node.get(place) is not None:
            yield place, node[place], f"{at}/{place}"
    fallback = node.get("fallback")
    if isinstance(fallback, dict):
        is_action = str(node.get("type", "")).startswith("Action.")
        yield "action fallback" if is_action else "body fallback", fallback, f"{at}/fallback"


def _is_plain(node: Json, place: str, child: object) -> bool:
    """Return whether this is no element: words of a text run, or the measure of a table's column."""
    return (place == "inlines" and isinstance(child, str)) or (place == "columns" and node.get("type") == "Table")


def pressables(card: Json, kind: str) -> Iterator[Pressable]:
    """Yield everything of a kind of action that can be pressed; Action.Submit as the fallback of another too."""
    yield from _pressables(card, kind, ())


def inputs_of(card: Json) -> tuple[Json, ...]:
    """Return the inputs of a card, without those of cards that it only shows when asked."""
    found: list[Json] = []
    for place, child, _ in held(card):
        if place == "card" or place.endswith("fallback") or not isinstance(child, dict):
            continue
        if str(child.get("type", "")).startswith("Input."):
            found.append(child)
        found.extend(inputs_of(child))
    return tuple(found)


def _pressables(card: Json, kind: str, above: tuple[Json, ...]) -> Iterator[Pressable]:
    inputs = (*above, *inputs_of(card))
    for action in _actions(card):
        if action.get("type") == kind:
            yield Pressable(action, () if action.get("associatedInputs") == "none" else inputs)
        if isinstance(action.get("card"), dict):
            yield from _pressables(action["card"], kind, inputs)


def _actions(node: Json) -> Iterator[Json]:
    for place, child, _ in held(node):
        if place == "card" or not isinstance(child, dict):
            continue
        if str(child.get("type", "")).startswith("Action."):
            yield child
        yield from _actions(child)
