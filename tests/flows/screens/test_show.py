"""What is shown of several screens at once, and what of a message that nobody may be able to look up."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.port import Body, Button, Buttons, Heading, Message, MessageRef, Part, Quote, Sent
from bot.coaching.language import Markdown
from bot.coaching.records.screen import Screen, ScreenKind, Step
from bot.flows.screens.render import Rendering
from bot.flows.screens.show import show
from bot.store.port import StoreError
from tests.runtime.posting import Amid, HandClock, file_in, ports_of
from tests.store.scene import a_screen, at
from tests.waiting import turns

HEAD = (Heading("Today"), Body(Markdown("Tell me whether it happened.")))
BELOW = (Quote("the queue was long"), Buttons((Button(id="day.done", label="It happened", value="n"),)))


async def test_who_shows_several_leaves_none_of_them_underway_when_one_fails(tmp_path: Path) -> None:
    """Handled again it has the same holder: a call that went on would be a second one for the same screen."""
    settled = []

    async def update(ref: MessageRef, message: Message, *, route: str = "") -> Sent:
        del message, route
        if ref.message == "slow":
            await turns()
        return Sent(ref=ref)

    async def settle_screen(screen: Screen, step: Step, **how: Any) -> None:
        del step, how
        if screen.id == "fails":
            raise StoreError
        settled.append(screen.id)

    store, chat = file_in(tmp_path), SimpleNamespace(update=update)
    ports = ports_of(Amid(store, settle_screen=settle_screen), chat, HandClock())
    here = {"kind": ScreenKind.NOTICE, "detail": "home-moved", "conversation": "D", "lease_until": at(1)}
    with pytest.raises(StoreError):
        await show(ports, [a_screen(name, message=name, **here) for name in ("fails", "slow")])
    assert settled == ["slow"]
    await store.close()


@pytest.mark.parametrize(
    ("parts", "wordless"),
    [
        ((*HEAD, *BELOW), HEAD),
        (BELOW, (Heading("A title"),)),
        ((*HEAD, BELOW[1]), (*HEAD, BELOW[1])),
    ],
)
def test_without_words_a_message_ends_above_the_first_of_them(
    parts: tuple[Part, ...], wordless: tuple[Part, ...]
) -> None:
    message = Message(fallback="A title", parts=parts, key="n")
    rendering = Rendering(message=message, subjects=())
    assert rendering.wordless == replace(message, parts=wordless)
    assert rendering.shows_words == (parts != wordless)
