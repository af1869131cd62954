"""One `Chat` over all platforms: each question goes to the platform of the workspace it is about."""

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.port import Body, Chat, Form, Message, MessageRef, Place
from bot.platforms.registry import Platforms

PLACES = {"w1": "slack", "w2": "teams"}
SAID = Message(fallback="Hi", parts=(Body("Hi"),))


class Noting:
    """A home whose hands note what they are asked for, and answer with their platform's name."""

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.asked: list[str] = []
        self.chat: Any = self

    def __getattr__(self, name: str) -> Any:
        async def later(*_: object, **__: object) -> str:
            self.asked.append(name)
            return self.platform

        def at_once(*_: object, **__: object) -> str:
            self.asked.append(name)
            return self.platform

        return later if inspect.iscoroutinefunction(getattr(Chat, name)) else at_once


def place(workspace: str) -> Place:
    return Place(workspace=workspace, conversation="c")


def ref(workspace: str) -> MessageRef:
    return MessageRef(workspace=workspace, conversation="c", message="m")


SINCE = datetime(2026, 1, 12, tzinfo=UTC)
FORM = Form(id="f", title="t", submit="s", close="c", parts=())
QUESTIONS: dict[str, Any] = {
    "send": lambda chat, w: chat.send(place(w), SAID),
    "looks_back": lambda chat, w: chat.looks_back(w),
    "find": lambda chat, w: chat.find(place(w), "k", since=SINCE),
    "moment_of": lambda chat, w: chat.moment_of(ref(w)),
    "heard": lambda chat, w: chat.heard(place(w), since=SINCE, until=SINCE),
    "told": lambda chat, w: chat.told(w, "{}"),
    "read": lambda chat, w: chat.read(ref(w), thread=None),
    "whisper": lambda chat, w: chat.whisper(place(w), "p", SAID),
    "respond": lambda chat, w: chat.respond(w, "aside", SAID),
    "update": lambda chat, w: chat.update(ref(w), SAID),
    "delete": lambda chat, w: chat.delete(ref(w)),
    "room": lambda chat, w: chat.room(w),
    "open_direct": lambda chat, w: chat.open_direct(w, "p"),
    "has_views": lambda chat, w: chat.has_views(w),
    "open_form": lambda chat, w: chat.open_form(w, "t", FORM),
    "fill_form": lambda chat, w: chat.fill_form(ref(w), FORM),
    "close_form": lambda chat, w: chat.close_form(w, "o", None, FORM),
    "show_home": lambda chat, w: chat.show_home(w, "p", SAID, ref=None),
    "person": lambda chat, w: chat.person(w, "p"),
    "send_file": lambda chat, w: chat.send_file(place(w), "f", b"", ""),
}


def test_nothing_that_a_chat_can_do_is_left_out() -> None:
    assert set(QUESTIONS) == {name for name in vars(Chat) if not name.startswith("_")}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_each_question_goes_where_its_workspace_is(question: str) -> None:
    homes: dict[str, Any] = {platform: Noting(platform) for platform in PLACES.values()}
    chat = Platforms(homes, PLACES.__getitem__)
    for workspace, platform in PLACES.items():
        answer = QUESTIONS[question](chat, workspace)
        assert (await answer if inspect.isawaitable(answer) else answer) == platform
        assert homes[platform].asked == [question]
