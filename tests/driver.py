"""Drives the practice workspace as people do, through the page's JSON API, and finds things on the screen.

    async with Driver.at("http://127.0.0.1:8080") as driver:
        await driver.command("Marit", "it-managers", "start")
        form = await driver.modal("Marit")
        await driver.submit("Marit", form, driver.fill(form, {"cohort.start.language": "nl"}))
        nudge = await driver.until(lambda: driver.last("Sanne", "dm"))
        await driver.click("Sanne", nudge, "Done already")

People are named by id ("U0SANNE") or name ("Sanne"). Conversations by id, by name ("it-managers"), or "dm"
for that person's direct conversation with the bot. Messages and views are the dicts that the state gives; a
message also carries its "channel". Every action raises `Refused` when the practice workspace refuses it.
"""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import aiohttp

from tests.waiting import IN_THE_END
from tests.within import Asking

Json = dict[str, Any]
Given = str | bool | int | date | datetime | time | Iterable[str] | None
Found = TypeVar("Found")

HOME = "home"
SEND = "form.send"  # the button below the questions that a message asks
_COMMAND = re.compile(r"`(/coach[^`]*)`")  # set apart where Slack shows it, which tests need not say
BOT = "U0PITSTOP"  # who a message is from that the bot posted
WITH_OPTIONS = ("static_select", "radio_buttons", "overflow")
WITH_MANY_OPTIONS = ("checkboxes", "multi_static_select")
SHOWN = (  # what holds words besides a text, in reading order
    "label",
    "description",
    "fields",
    "title",
    "elements",
    "accessory",
    "element",
    "options",
    "placeholder",
    "hint",
)
TEXTUAL = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")


class Refused(Exception):
    """The practice workspace answered `ok: false`."""

    def __init__(self, action: str, answer: Json) -> None:
        super().__init__(f"{action}: {answer}")
        self.error: str = answer.get("error", "")
        self.answer = answer


class Driver:
    """One browser for everybody: acts as any person and reads what that person sees."""

    platform = "slack"
    has_threads = True  # in the conversation with the bot
    SEEN: tuple[str, ...] = ("_ids", "_channels")  # what is remembered of what was seen

    def __init__(self, session: Asking, base: str) -> None:
        """Talk to the practice workspace at `base`, with or without the /practice at the end."""
        self._session = session
        self.settled: Callable[[], Awaitable[None]] | None = None  # waits until the bot has done what was asked
        self.has_acted = False
        self.base = base.rstrip("/").removesuffix("/practice") + "/practice"
        self._ids: dict[str, str] = {}
        self._channels: dict[tuple[str, str], str] = {}

    @classmethod
    @asynccontextmanager
    async def at(cls, base: str) -> AsyncIterator["Driver"]:
        """Open a driver with a session of its own."""
        async with aiohttp.ClientSession() as session:
            yield cls(session, base)

    def seen(self) -> Json:
        """Return what is remembered of what was seen, for another driver to go on with."""
        return {name: getattr(self, name) for name in self.SEEN}

    def take_up(self, seen: Json) -> None:
        """Go on where another driver stood; that one acts no more."""
        vars(self).update(seen, has_acted=True)

    # --- what people do -----------------------------------------------------------------------------------

    async def act(self, action: str, **body: Any) -> Json:
        """Do one action of docs/practice.md and return its answer; raises `Refused`."""
        self.has_acted = True
        parts = urlsplit(self.base)
        headers = {"Origin": f"{parts.scheme}://{parts.netloc}"}
        async with self._session.post(f"{self.base}/api/{action}", json=body, headers=headers) as response:
            answer: Json = await response.json()
        if self.settled is not None:
            await self.settled()
        if not answer.get("ok"):
            raise Refused(action, answer)
        return answer

    async def say(self, as_: str, channel: str, text: str, *, thread_ts: str | None = None, files: int = 0) -> str:
        """Type a message and return its ts."""
        person, where = await self._where(as_, channel)
        body: Json = {"as": person, "channel": where, "text": text}
        if thread_ts:
            body["thread_ts"] = thread_ts
        if files:
            body["files"] = files
        return str((await self.act("say", **body))["ts"])

    async def say_with(self, as_: str, channel: str, text: str, **how: str) -> str:
        """Type a message in one of the ways that the practice knows, and return its id."""
        person, where = await self._where(as_, channel)
        answer = await self.act("say", **{"as": person, "channel": where}, text=text, **how)
        return str(answer.get("ts") or answer["id"])

    async def do_with(self, as_: str, channel: str, deed: str, message: str, **how: str) -> None:
        """Do something with an own message, in one of the ways that the practice Teams knows."""
        person, where = await self._where(as_, channel)
        await self.act(deed, **{"as": person, "channel": where}, id=message, **how)

    async def edit(self, as_: str, channel: str, ts: str, text: str) -> None:
        """Change the words of an own message."""
        person, where = await self._where(as_, channel)
        await self.act("edit", **{"as": person, "channel": where, "ts": ts, "text": text})

    async def delete(self, as_: str, channel: str, ts: str) -> None:
        """Take an own message back."""
        person, where = await self._where(as_, channel)
        await self.act("delete", **{"as": person, "channel": where, "ts": ts})

    async def command(self, as_: str, channel: str, text: str = "") -> None:
        """Type `/coach <text>` in a conversation."""
        person, where = await self._where(as_, channel)
        await self.act("command", **{"as": person, "channel": where, "text": text})

    async def press(
        self,
        as_: str,
        *,
        block_id: str,
        action_id: str,
        value: str = "",
        channel: str | None = None,
        ts: str | None = None,
        view: str | None = None,
        state: Json | None = None,
    ) -> None:
        """Press exactly this element, whether or not it is (still) there; `click` looks for it first."""
        person = await self.person(as_)
        body: Json = {"as": person, "block_id": block_id, "action_id": action_id, "value": value}
        if view is not None:
            body["view"] = view
        elif channel is not None:
            body["channel"] = await self.channel(as_, channel)
            body["ts"] = ts
        if state:
            body["state"] = state
        await self.act("press", **body)

    async def click(self, as_: str, where: Json, which: str, /, **state: Given) -> None:
        """Press the button with this label or action id (or prefix of it), on a message, a modal or the Home.

        `state` chooses in the same message: action id (or its last part) to value, dots and dashes as `_`.
        """
        found = self.button(where, which)
        chosen = self._chosen(where, state)
        if "channel" in where:
            await self.press(as_, **found, channel=where["channel"], ts=where["ts"], state=chosen)
        else:
            await self.press(as_, **found, view=where.get("id") or HOME, state=chosen)

    async def send(self, as_: str, message: Json, which: str = SEND, /, **values: Given) -> None:
        """Fill in the questions that a message asks, as `fill` has it, and press the button below them."""
        found = self.button(message, which)
        state = self.fill(message, values)
        await self.press(as_, **found, channel=message["channel"], ts=message["ts"], state=state)

    async def choose(self, as_: str, where: Json, which: str, value: str) -> None:
        """Choose in a drop-down or picker that sends at once, on a message, a modal or the Home."""
        block, element = self._element(where, which)
        body = {
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "value": value,
            "state": {block["block_id"]: {element["action_id"]: value_of(element, value)}},
        }
        if "channel" in where:
            await self.press(as_, **body, channel=where["channel"], ts=where["ts"])
        else:
            await self.press(as_, **body, view=where.get("id") or HOME)

    async def submit(self, as_: str, view: Json | str, state: Json | None = None) -> dict[str, str]:
        """Send a modal in; return the errors by block id, empty when it was accepted."""
        person = await self.person(as_)
        which = view if isinstance(view, str) else view["id"]
        try:
            await self.act("submit", **{"as": person, "view": which, "state": state or {}})
        except Refused as refused:
            if errors := refused.answer.get("errors"):
                return dict(errors)
            raise
        return {}

    async def close(self, as_: str, view: Json | str) -> None:
        """Close a modal without sending it in."""
        which = view if isinstance(view, str) else view["id"]
        await self.act("close", **{"as": await self.person(as_), "view": which})

    async def open_home(self, as_: str) -> None:
        """Look at the app's Home."""
        await self.act("open_home", **{"as": await self.person(as_)})

    async def let_in(self, channel: str) -> None:
        """Bring the bot into a channel."""
        await self.act("invite_bot", channel=await self.channel("Marit", channel))

    async def put_out(self, channel: str) -> None:
        """Take the bot out of a channel."""
        await self.act("remove_bot", channel=await self.channel("Marit", channel))

    async def wipe(self, message: Json) -> None:
        """Remove one of the bot's messages for everybody; the bot is not told."""
        await self.act("wipe", channel=message["channel"], ts=message["ts"])

    async def profile(
        self, as_: str, *, tz: str | None = None, locale: str | None = None, deleted: bool | None = None
    ) -> None:
        """Change the time zone or the locale, or deactivate and reactivate somebody."""
        body: Json = {"as": await self.person(as_)}
        if tz is not None:
            body["tz"] = tz
        if locale is not None:
            body["locale"] = locale
        if deleted is not None:
            body["deleted"] = deleted
        await self.act("profile", **body)

    async def travel(self, to: str = "event") -> datetime:
        """Travel to "event", "day", "monday" or an ISO date or date-time, and return the time on arrival."""
        await self.act("travel", to=to)
        return await self.now()

    async def files(self, as_: str) -> dict[str, bytes]:
        """Take all files out of the conversation with the bot, by their names."""
        found: dict[str, bytes] = {}
        for message in await self.messages(as_, "dm"):
            for file in message["files"]:
                async with self._session.get(urljoin(self.base, file["url"])) as answer:
                    found[file["name"]] = await answer.read()
        return found

    async def reset(self) -> None:
        """Begin a new world."""
        await self.act("reset")

    # --- what people see ----------------------------------------------------------------------------------

    async def state(self, as_: str = "", *, after: int | None = None) -> Json:
        """Return everything a person sees; with `after`, wait (at most some seconds) for a newer version."""
        query: dict[str, str] = {"as": await self.person(as_)} if as_ else {}
        if after is not None:
            query["after"] = str(after)
        async with self._session.get(f"{self.base}/api/state", params=query) as response:
            seen: Json = await response.json()
        if not response.ok:
            raise Refused("state", seen)
        return seen

    async def now(self) -> datetime:
        """Return the time in the practice workspace."""
        return datetime.fromisoformat((await self.state())["now"])

    async def messages(self, as_: str, channel: str, *, thread: str | None = None) -> list[Json]:
        """Return what a person sees in a conversation, oldest first; with `thread`, only its replies."""
        _, where = await self._where(as_, channel)
        found = (await self.state(as_))["messages"].get(where, [])
        return [
            {**message, "channel": where}
            for message in found
            if thread is None or (message["thread_ts"] == thread and message["ts"] != thread)
        ]

    async def last(self, as_: str, channel: str) -> Json | None:
        """Return the newest message a person sees in a conversation, ephemeral ones included."""
        found = await self.messages(as_, channel)
        return found[-1] if found else None

    async def modal(self, as_: str) -> Json | None:
        """Return the modal on top, or None."""
        modals = (await self.state(as_))["modals"]
        return modals[-1] if modals else None

    async def home(self, as_: str) -> Json | None:
        """Return the person's Home as it was last published, or None."""
        found: Json | None = (await self.state(as_))["home"]
        return found

    def named(self, channel: str) -> str:
        """Return what the bot calls a channel."""
        return f"#{channel}"

    def whispers_in(self, channel: str) -> str:
        """Return where stands what only one person is to see of a channel."""
        return channel

    async def until(self, look: Callable[[], Awaitable[Found]], *, within: float = IN_THE_END) -> Found:
        """Look again after each change until there is something true to see, and return it."""
        async with asyncio.timeout(within):
            while True:
                version = (await self.state())["version"]
                if found := await look():
                    return found
                await self.state(after=version)

    # --- finding things on the screen ---------------------------------------------------------------------

    def texts(self, where: Json) -> str:
        """Return all words a person can see on a message, modal or Home, line by line."""
        return _COMMAND.sub(r"\1", "\n".join(_visible(where)))

    def quotes(self, where: Json) -> list[str]:
        """Return people's words on a message, sign by sign as they stand there."""
        rich = [block for block in _blocks(where) if block["type"] == "rich_text"]
        return [run["text"] for block in rich for section in block["elements"] for run in section["elements"]]

    def nudge_of(self, message: Json) -> str | None:
        """Return the id of the row of the agenda that a message came of, or None."""
        return message["metadata"]["event_payload"]["nudge"] if message.get("metadata") else None

    def shown_at(self, message: Json) -> datetime:
        """Return when a message came."""
        return datetime.fromtimestamp(float(message["ts"]), UTC)

    def labels(self, where: Json) -> list[str]:
        """Return the labels of all buttons, in order."""
        return [element["text"]["text"] for _, element in _elements(where) if element.get("type") == "button"]

    def button(self, where: Json, which: str) -> dict[str, str]:
        """Return block_id, action_id and value of the button with this label, action id or prefix of it."""
        try:
            block, element = self._element(where, which, kind="button")
        except LookupError:
            if option := self._in_menu(where, which):
                return option
            raise
        return {
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "value": element.get("value", ""),
        }

    def _in_menu(self, where: Json, which: str) -> dict[str, str] | None:
        """Return what the menu at the end of a row has of this name or label; None when it has nothing."""
        for block, element in _elements(where):
            for option in element["options"] if element["type"] == "overflow" else ():
                if option["value"].partition(" ")[0] == which or option["text"]["text"] == which:
                    return {"block_id": block["block_id"], "action_id": element["action_id"], "value": option["value"]}
        return None

    def fields(self, view: Json) -> list[str]:
        """Return the action ids of a modal's inputs, in order."""
        return [block["element"]["action_id"] for block in _blocks(view) if block["type"] == "input"]

    def preset(self, view: Json, name: str) -> str | None:
        """Return what a modal's input holds at the beginning, by block id; None for nothing."""
        element = next(block["element"] for block in _blocks(view) if block.get("block_id") == name)
        option = element.get("initial_option") or {}
        plain = (element.get(f"initial_{kind}") for kind in ("date", "time", "value"))
        return next((str(each) for each in plain if each), option.get("value"))

    def fill(self, view: Json, values: Mapping[str, Given]) -> Json:
        """Build the Slack state of a modal from plain values by field: block id, action id or label.

        Texts and numbers; an option's value or label; a tuple of them; dates and times, as such or in ISO;
        ids or names of people. What is not given keeps its initial value; None empties a field.
        """
        state: Json = {}
        left = dict(values)
        for block in _blocks(view):
            if block["type"] != "input":
                continue
            element = block["element"]
            names = (block["block_id"], element["action_id"], block["label"]["text"])
            name = next((name for name in names if name in left), None)
            if name is None:
                continue
            given = self._people(element, left.pop(name))
            state.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, given)
        if left:
            raise LookupError(f"no field {sorted(left)} among {self.fields(view)}")
        return state

    # --- names --------------------------------------------------------------------------------------------

    async def person(self, as_: str) -> str:
        """Return the id of a person named by id or name."""
        if as_ in self._ids.values():
            return as_
        if as_ not in self._ids:
            for person in (await self.state())["people"]:
                self._ids[person["name"]] = person["id"]
        return self._ids.get(as_, as_)

    async def channel(self, as_: str, channel: str) -> str:
        """Return the id of a conversation named by id, name or "dm"."""
        known = (await self.person(as_), channel.removeprefix("#"))
        if known not in self._channels:
            for conversation in (await self.state(as_))["conversations"]:
                name = "dm" if conversation["kind"] == "direct" else conversation["name"]
                self._channels[known[0], name] = conversation["id"]
        return self._channels.get(known, channel)

    async def _where(self, as_: str, channel: str) -> tuple[str, str]:
        return await self.person(as_), await self.channel(as_, channel)

    def _people(self, element: Json, given: Given) -> Given:
        if not element["type"].endswith(("users_select", "user_select")) or given is None:
            return given
        names = (given,) if isinstance(given, str) else tuple(str(name) for name in _each(given))
        return tuple(self._ids.get(name, name) for name in names)

    def _element(self, where: Json, which: str, *, kind: str | None = None) -> tuple[Json, Json]:
        found = [pair for pair in _elements(where) if kind is None or pair[1]["type"] == kind]
        tests: tuple[Callable[[Json], bool], ...] = (
            lambda element: element.get("action_id") == which,
            lambda element: element.get("text", {}).get("text") == which,
            lambda element: element.get("action_id", "").startswith(which),
        )
        for test in tests:
            for block, element in found:
                if test(element):
                    return block, element
        names = [f"{e.get('text', {}).get('text', '')} ({e.get('action_id')})" for _, e in found]
        raise LookupError(f"nothing to press called {which!r} among {names} in:\n{self.texts(where)}")

    def _chosen(self, where: Json, state: Mapping[str, Given]) -> Json:
        chosen: Json = {}
        for name, given in state.items():
            for block, element in _elements(where):
                plain = re.sub(r"\W", "_", element.get("action_id", ""))
                if plain == name or plain.endswith(f"_{name}"):
                    chosen.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, given)
                    break
            else:
                raise LookupError(f"nothing to choose called {name!r}")
        return chosen


def value_of(element: Json, given: Given) -> Json:  # noqa: PLR0911 - one line a kind
    """Return the Slack state value of an element for a plain value."""
    kind = element["type"]
    if kind in TEXTUAL:
        return {"type": kind, "value": None if given is None else str(given)}
    if kind in WITH_OPTIONS:
        return {"type": kind, "selected_option": None if given is None else _option(element, str(given))}
    if kind in WITH_MANY_OPTIONS:
        return {"type": kind, "selected_options": [_option(element, name) for name in _each(given)]}
    if kind == "datepicker":
        return {"type": kind, "selected_date": given.isoformat() if isinstance(given, date) else given}
    if kind == "timepicker":
        return {"type": kind, "selected_time": f"{given:%H:%M}" if isinstance(given, time) else given}
    if kind.startswith("multi_"):
        plural = kind.removeprefix("multi_").removesuffix("_select")
        return {"type": kind, f"selected_{plural}": list(_each(given))}
    singular = kind.removesuffix("_select").removesuffix("s")
    return {"type": kind, f"selected_{singular}": next(iter(_each(given)), None)}


def _each(given: Given) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    if isinstance(given, Iterable):
        return tuple(given)
    return (str(given),)


def _option(element: Json, name: str) -> Json:
    options = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    for option in options:
        if name in (option["value"], option["text"]["text"]):
            return dict(option)
    raise LookupError(f"no option {name!r} among {[option['value'] for option in options]}")


def _blocks(where: Json) -> list[Json]:
    return list(where.get("blocks") or [])


def _elements(where: Json) -> Iterator[tuple[Json, Json]]:
    for block in _blocks(where):
        held = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in held:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def _visible(where: Json) -> Iterator[str]:
    if isinstance(title := where.get("title"), str):
        yield title
    if not where.get("blocks"):
        yield html.unescape(where.get("text") or "")
    for block in _blocks(where):
        yield from _words(block)
    yield from (file["name"] for file in where.get("files") or [])
    yield from (str(error) for error in (where.get("errors") or {}).values())
    yield from (where[key] for key in ("submit", "close") if isinstance(where.get(key), str))


def _words(node: Any) -> Iterator[str]:
    """Yield what stands in any Block Kit structure, in reading order."""
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        if isinstance(text := node.get("text"), str):
            yield html.unescape(text)
        elif text is not None:
            yield from _words(text)
        for key in SHOWN:
            if held := node.get(key):
                yield from _words(held)
        if "initial_value" in node:
            yield str(node["initial_value"])
