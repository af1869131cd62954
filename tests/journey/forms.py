"""The forms that people have open, on whatever device."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.flows.privacy.retention import WORDS_SHOWN
from tests.conftest import World
from tests.driver import Json
from tests.journey.records import records_of
from tests.teams_driver import OURS


@dataclass(frozen=True)
class Open:
    """One form, as somebody has it before them."""

    who: str
    kind: str  # which form it is
    opening: str
    where: Json  # as the driver knows it
    told: str  # all that is in it


async def open_forms(world: World, *people: str) -> list[Open]:
    """Return the forms that people have open."""
    found = []
    for who in people:
        if world.driver.platform == "slack":
            found += list(_views(world, who, await world.driver.person(who)))
        else:
            modals = (await world.driver.state(who))["modals"]
            found += [
                Open(who, *_sent_by(each["card"]), each, json.dumps(each["card"], ensure_ascii=False))
                for each in modals
            ]
    return found


def _views(world: World, who: str, person: str) -> Iterator[Open]:
    month_ago = (world.bot.ports.now - WORDS_SHOWN).timestamp()
    for view in world.practice.world.open_modals():
        if view.user == person and float(view.hash.partition(".")[0]) > month_ago:  # nobody keeps one open for longer
            body = view.body
            where = {"id": view.id, "blocks": body["blocks"], "errors": dict(view.errors)}
            told = json.dumps(body, ensure_ascii=False)
            yield Open(who, str(body.get("callback_id")), str(body.get("external_id")), where, told)


def _sent_by(card: Json) -> tuple[str, str]:
    """Return which form a card is, and which opening, by what its buttons carry."""
    carried = [each[OURS] for each in _within(card) if isinstance(each.get(OURS), dict)]
    return next(((str(ours["form"]), str(ours.get("opening", ""))) for ours in carried if "form" in ours), ("", ""))


def _within(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _within(each)


def is_overtaken(world: World, form: Open) -> bool:
    """Whether its person opened another form of its kind after it, as far as anybody knows that it was shown."""
    rows = list(records_of(world, "forms"))
    place = next((place for place, row in enumerate(rows) if row[0] == form.opening), len(rows))
    return any((person, kind) == rows[place][1:] for _, person, kind in rows[place + 1 :])
