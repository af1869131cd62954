"""Drives the practice Teams as `Driver` drives the practice Slack: the same deeds, the same plain values.

What a person sees is told in the shape that `Driver` gives it: a message has a "ts", a "user", a "thread_ts", and
"ephemeral" says that it is an answer only this person sees. In Teams such an answer stands in the personal chat; it
is found here under the channel in which it was asked for. A form is a card; it is a modal here as long as it is open.
The card of the own page is the Home. Commands are typed: as words in the personal chat, by mention in a channel.
Texts are told as in Slack: bold is *bold*, what begins with "@Pitstop" here begins with "/coach", and people have their
first names.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any

import aiohttp

from bot.chat.teams.incoming.text_input import command
from bot.practice.teams.fixed import PEOPLE
from tests.driver import BOT, Driver, Given, Json, Refused
from tests.within import Asking

OURS = "pitstop"
CLOSE = "form.close"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060"))


class TeamsDriver(Driver):
    """One client for everybody: acts as any person and reads what that person sees."""

    platform = "teams"
    has_threads = False
    SEEN = (*Driver.SEEN, "_asked", "_asides", "_homes", "_forms")

    def __init__(self, session: Asking, base: str) -> None:
        """Talk to the practice Teams at `base`."""
        super().__init__(session, base)
        self.base += "/teams"
        self._asked: set[str] = set()  # what was typed to ask for something
        self._asides: dict[str, str] = {}  # answers that stand in a personal chat, and the channel they belong to
        self._homes: set[str] = set()  # every card that was an own page
        self._forms: dict[str, Json] = {}  # every form that was seen open, with what stood in its inputs

    @classmethod
    @asynccontextmanager
    async def at(cls, base: str) -> AsyncIterator["TeamsDriver"]:
        """Open a driver with a session of its own."""
        async with aiohttp.ClientSession() as session:
            yield cls(session, base)

    # --- what people do -----------------------------------------------------------------------------------

    async def say(self, as_: str, channel: str, text: str, *, thread_ts: str | None = None, files: int = 0) -> str:
        """Type a message and return its id; in a personal chat one quotes what elsewhere has a thread."""
        person, where = await self._where(as_, channel)
        body: Json = {"as": person, "channel": where, "text": text}
        if thread_ts:
            body["thread" if _is_channel(where) else "quotes"] = thread_ts
        if files:
            body["files"] = files
        return str((await self.act("say", **body))["id"])

    async def edit(self, as_: str, channel: str, ts: str, text: str) -> None:
        """Change the words of an own message."""
        person, where = await self._where(as_, channel)
        await self.act("edit", **{"as": person, "channel": where, "id": ts, "text": text})

    async def delete(self, as_: str, channel: str, ts: str) -> None:
        """Take an own message back."""
        person, where = await self._where(as_, channel)
        await self.act("delete", **{"as": person, "channel": where, "id": ts})

    async def command(self, as_: str, channel: str, text: str = "") -> None:
        """Ask for something: in words alone where those are enough, else by name."""
        person, where = await self._where(as_, channel)
        words = text if command(text, date(2026, 1, 12)) is not None else f"/coach {text}"
        async with self._aside(person, where):
            await self._ask(person, where, f"@Pitstop {text}" if _is_channel(where) else words)

    @asynccontextmanager
    async def _aside(self, person: str, where: str) -> AsyncIterator[None]:
        """Take what comes in the personal chat meanwhile for an answer where it was asked for."""
        personal = await self.channel(person, "dm")
        before = {each["id"] for each in await self._posts(person, personal)}
        yield
        for each in await self._posts(person, personal):
            if each["id"] not in before and _is_answer(each):
                self._asides[each["id"]] = where

    async def _ask(self, person: str, where: str, words: str) -> None:
        answer = await self.act("say", **{"as": person, "channel": where, "text": words})
        self._asked.add(answer["id"])
        if not answer["acknowledged"]:
            raise Refused("say", {"error": "dispatch_failed"})

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
        """Press a button of this name and value, whether or not it is (still) there."""
        del block_id
        person = await self.person(as_)
        where = await self.channel(as_, channel if channel is not None and ts not in self._asides else "dm")
        post = next(each for each in await self._posts(person, where) if each["id"] == (ts or view))
        data = {"button": action_id, "value": value, "aside": ts in self._asides}
        found = next((a for _, a in _pressables(post) if _named(a) == (action_id, value)), None)
        about: Json = {"as": person, "channel": where, "id": post["id"], "inputs": state or {}}
        async with self._aside(person, self._asides.get(post["id"], where)):
            if found is not None:
                try:
                    await self.act("press", **about, data=found["data"], verb=found["verb"])
                except Refused as refused:  # it went at this very moment: another device still shows it
                    if refused.answer.get("error") != "action_not_found":
                        raise
                else:
                    return
            await self.act("press", **about, data=found["data"] if found else {OURS: data}, forged=True)

    async def click(self, as_: str, where: Json, which: str, /, **state: Given) -> None:
        """Press the button with this label or name (or prefix of it), on a message, a form or the own page."""
        person = await self.person(as_)
        action = self._action(where, which)
        elements = ((self._input(where, name), value) for name, value in state.items())
        inputs = {element["id"]: _typed(element, value) for element, value in elements}
        about = {"as": person, "channel": where["place"], "id": where["post"]}
        async with self._aside(person, where["channel"]):
            await self.act("press", **about, data=action["data"], verb=action["verb"], inputs=inputs)

    async def submit(self, as_: str, view: Json | str, state: Json | None = None) -> dict[str, str]:
        """Send a form in; return the errors by field, empty when it was accepted."""
        person = await self.person(as_)
        post = await self._form_of(person, view)
        action = next((a for _, a in _pressables(post) if "form" in _ours(a)), None)
        if action is None:
            raise Refused("submit", {"error": "view_not_found"})
        about = {"as": person, "channel": await self.channel(person, "dm"), "id": post["id"]}
        try:
            await self.act("press", **about, data=action["data"], verb=action["verb"], inputs=state or {})
        except Refused as refused:
            if errors := refused.answer.get("errors"):
                return dict(errors)
            raise
        after = await self._form_of(person, view)
        return dict(_errors(after["card"]))

    async def close(self, as_: str, view: Json | str) -> None:
        """Put a form away without sending it in."""
        person = await self.person(as_)
        post = await self._form_of(person, view)
        action = next(a for _, a in _pressables(post) if _named(a)[0] == CLOSE)
        about = {"as": person, "channel": await self.channel(person, "dm"), "id": post["id"]}
        await self.act("press", **about, data=action["data"], verb=action["verb"], inputs={})

    async def open_home(self, as_: str) -> None:
        """Ask for the own page."""
        person, where = await self._where(as_, "dm")
        before = {each["id"] for each in await self._posts(person, where)}
        await self._ask(person, where, "my page")
        self._homes |= {each["id"] for each in await self._posts(person, where) if each["card"]} - before

    async def let_in(self, channel: str) -> None:
        """Bring the bot into the team, and so into all its channels."""
        del channel
        await self.act("add_to_team", **{"as": await self.person("Marit")})

    async def forget_chat(self, as_: str) -> None:
        """Remove the history of one's own chat: what it becomes has another id."""
        person = await self.person(as_)
        await self.act("forget_chat", **{"as": person})
        self._channels.pop((person, "dm"), None)

    async def put_out(self, channel: str) -> None:
        """Take the bot out of the team."""
        del channel
        await self.act("remove_from_team", **{"as": await self.person("Marit")})

    async def wipe(self, message: Json) -> None:
        """Remove one of the bot's messages for everybody; the bot is not told."""
        await self.act("wipe", channel=message["place"], id=message["post"])

    async def files(self, as_: str) -> dict[str, bytes]:
        """Say yes to all files that are offered, and take them, by their names."""
        person, where = await self._where(as_, "dm")
        offered = [each for each in await self._posts(person, where) if (each["file"] or {}).get("state") == "asked"]
        for each in offered:
            await self.act("accept_file", **{"as": person, "channel": where, "id": each["id"]})
        await self.until(lambda: self._all_there(person, where, {each["file"]["name"] for each in offered}))
        return await super().files(as_)

    async def _all_there(self, person: str, where: str, names: set[str]) -> bool:
        """Tell whether the bot has handed over what was offered under these names, and stopped offering it."""
        files = [each["file"] for each in await self._posts(person, where) if each["file"]]
        there = {each["name"] for each in files if each["kind"] != "consent"}
        return there >= names and all(each["kind"] != "consent" for each in files)

    # --- what people see ----------------------------------------------------------------------------------

    async def state(self, as_: str = "", *, after: int | None = None) -> Json:
        """Return everything a person sees; with `after`, wait (at most some seconds) for a newer version."""
        seen = await super().state(as_, after=after)
        posts = [(place, post) for place, all_ in seen["messages"].items() for post in all_]
        shown = [self._shown(place, post, seen["bot"]["id"]) for place, post in posts if post["id"] not in self._asked]
        messages: dict[str, list[Json]] = {each["id"]: [] for each in seen["conversations"]}
        for each in sorted(shown, key=lambda each: int(each["ts"])):
            if each["kind"] == "message" and (each["card"] or each["text"] or each["files"]):
                messages[each["channel"]].append(each)
        modals = [_modal(each) for each in shown if each["kind"] == "form"]
        homes = [each for each in shown if each["kind"] == "home"]
        return {**seen, "messages": messages, "modals": modals, "home": homes[-1] if homes else None}

    def named(self, channel: str) -> str:
        """Return what the bot calls a channel."""
        return channel

    def whispers_in(self, channel: str) -> str:
        """Return the personal chat: in a channel everybody sees everything."""
        del channel
        return "dm"

    async def home(self, as_: str) -> Json | None:
        """Return the person's own page as it stands, asked for when it was never shown."""
        if (await self.state(as_))["home"] is None:
            await self.open_home(as_)
        found: Json | None = (await self.state(as_))["home"]
        return found

    async def pages(self, as_: str) -> list[Json]:
        """Return every card that was the person's own page, as it stands now, oldest first."""
        seen = await super().state(as_)
        posts = [(place, post) for place, all_ in seen["messages"].items() for post in all_]
        shown = [self._shown(place, post, seen["bot"]["id"]) for place, post in posts]
        return [each for each in shown if each["kind"] == "home"]

    def _shown(self, place: str, post: Json, bot: str) -> Json:
        aside, form = self._asides.get(post["id"]), _form(post)
        if form:
            self._forms.setdefault(post["id"], {each["id"]: each.get("value", "") for each in _inputs(post["card"])})
        if _is_home(post):
            self._homes.add(post["id"])
        kind = "home" if post["id"] in self._homes else "message"
        if post["id"] in self._forms:
            kind = "form" if form else "closed form"
        return {
            "ts": post["id"],
            "post": post["id"],
            "place": place,
            "channel": aside or place,
            "user": BOT if post["from"] == bot else post["from"],
            "text": post["text"],
            "card": post["card"],
            "files": [post["file"]] if post["file"] and "name" in post["file"] else [],
            "thread_ts": post["thread"],
            "ephemeral": aside is not None,
            "kind": kind,
            "summary": post["summary"],
        }

    # --- finding things on the screen ---------------------------------------------------------------------

    def texts(self, where: Json) -> str:
        """Return all words a person can see on a message, form or own page, line by line."""
        lines = [where["text"], *_words(where["card"] or {}), *(each["name"] for each in where["files"])]
        text = "\n".join(line.translate(INVISIBLE) for line in lines if line)
        for name, whole, *_ in PEOPLE:
            text = text.replace(whole, name)
        return text.replace("**", "*").replace("@Pitstop", "/coach")

    def quotes(self, where: Json) -> list[str]:
        """Return people's words on a message, sign by sign as they stand there."""
        return [run if isinstance(run, str) else run["text"] for run in _runs(where["card"] or {})]

    def nudge_of(self, message: Json) -> str | None:
        """Return the id of the row of the agenda that a message came of, or None."""
        return (message["card"] or {}).get("id")

    def shown_at(self, message: Json) -> datetime:
        """Return when a message came."""
        return datetime.fromtimestamp(int(message["ts"]) / 1000, UTC)

    def labels(self, where: Json) -> list[str]:
        """Return the labels of all buttons, in order."""
        return [label for label, _ in _labeled(where)]

    def button(self, where: Json, which: str) -> dict[str, str]:
        """Return name and value of the button with this label, name or prefix of it."""
        name, value = _named(self._action(where, which))
        return {"block_id": "", "action_id": name, "value": value}

    def fields(self, view: Json) -> list[str]:
        """Return the names of a form's inputs, in order."""
        return [each["id"] for each in _inputs(view["card"])]

    def preset(self, view: Json, name: str) -> str | None:
        """Return what a form's input holds at the beginning; None for nothing."""
        return self._forms[view["id"]][name] or None

    def fill(self, view: Json, values: Mapping[str, Given]) -> Json:
        """Build what a form sends from plain values by field, name or label; the rest as it was when it opened."""
        elements = ((self._input(view, name), given) for name, given in values.items())
        return self._forms[view["id"]] | {each["id"]: self._people_or(each, given) for each, given in elements}

    def _people_or(self, element: Json, given: Given) -> str:
        if element.get("choices.data") and given is not None:
            names = (given,) if isinstance(given, str) else tuple(map(str, _each(given)))
            return ",".join(self._ids.get(name, name) for name in names)
        return _typed(element, given)

    def _input(self, where: Json, name: str) -> Json:
        inputs = list(_inputs(where["card"]))
        plain = {re.sub(r"\W", "_", each["id"]): each for each in inputs}
        by_label = {each.get("label", ""): each for each in inputs}
        short = name.rpartition(".")[2]
        for each in (plain.get(name), plain.get(short), by_label.get(name)):
            if each is not None:
                return each
        tail = next((each for key, each in plain.items() if key.endswith(f"_{name}")), None)
        if tail is None:
            raise LookupError(f"no field {name!r} among {list(plain)}")
        return tail

    def _action(self, where: Json, which: str) -> Json:
        found = list(_labeled(where))
        by_name, by_label, by_prefix = (
            [action for _, action in found if _named(action)[0] == which],
            [action for label, action in found if label == which],
            [action for _, action in found if _named(action)[0].startswith(which)],
        )
        for action in (*by_name, *by_label, *by_prefix):
            return action
        names = [f"{label} ({_named(action)[0]})" for label, action in found]
        raise LookupError(f"nothing to press called {which!r} among {names} in:\n{self.texts(where)}")

    # --- names --------------------------------------------------------------------------------------------

    async def channel(self, as_: str, channel: str) -> str:
        """Return the id of a conversation named by id, name or "dm"."""
        known = (await self.person(as_), channel.removeprefix("#"))
        if known not in self._channels:
            for conversation in (await super().state(as_))["conversations"]:
                name = "dm" if conversation["kind"] == "personal" else conversation["name"]
                self._channels[known[0], name] = conversation["id"]
        return self._channels.get(known, channel)

    async def _posts(self, person: str, where: str) -> list[Json]:
        return list((await super().state(person))["messages"].get(where, []))

    async def _form_of(self, person: str, view: Json | str) -> Json:
        name = view if isinstance(view, str) else view["id"]
        personal = await self.channel(person, "dm")
        return next(each for each in await self._posts(person, personal) if each["id"] == name)


# --- cards ----------------------------------------------------------------------------------------------------------


def _ours(action: Json) -> Json:
    return dict((action.get("data") or {}).get(OURS) or {})


def _named(action: Json) -> tuple[str, str]:
    ours = _ours(action)
    return str(ours.get("button") or ours.get("form") or ""), str(ours.get("value") or "")


def _actions(node: Json) -> Iterator[Json]:
    """Yield the buttons of a card in order, without what only a pressed one shows."""
    for place in ("body", "items", "columns"):
        for each in node.get(place) or ():
            yield from _actions(each)
    yield from node.get("actions") or ()


def _labeled(post: Json) -> Iterator[tuple[str, Json]]:
    """Yield each button's label and what pressing it sends; behind a question it is the button that says yes."""
    for action in _actions(post.get("card") or {}):
        if action["type"] == "Action.ShowCard":
            yield action["title"], action["card"]["actions"][0]
        else:
            yield action["title"], action


def _pressables(post: Json) -> Iterator[tuple[str, Json]]:
    return ((label, action) for label, action in _labeled(post) if action["type"] == "Action.Execute")


def _form(post: Json) -> str:
    """Return which form a message is, if it is an open one."""
    pressed = [(_ours(action), _named(action)) for _, action in _pressables(post)]
    return next((str(ours["form"]) for ours, _ in pressed if "form" in ours), "") or (
        CLOSE if any(name == CLOSE for _, (name, _) in pressed) else ""
    )


def _is_home(post: Json) -> bool:
    return any(_ours(action).get("home") for _, action in _pressables(post))


def _modal(shown: Json) -> Json:
    title = next((each["text"] for each in shown["card"]["body"] if each["type"] == "TextBlock"), "")
    return {**shown, "id": shown["ts"], "title": title, "errors": dict(_errors(shown["card"]))}


def _is_answer(post: Json) -> bool:
    """Tell whether a message is neither of the agenda nor a form, a page or a file."""
    return bool(post["card"]) and "id" not in post["card"] and not _form(post) and not _is_home(post)


def _is_channel(conversation: str) -> bool:
    return conversation.startswith("19:")


def _runs(node: Json) -> Iterator[Any]:
    for place in ("body", "items", "columns"):
        for each in node.get(place) or ():
            yield from each.get("inlines") or ()
            yield from _runs(each)


def _inputs(node: Json) -> Iterator[Json]:
    for place in ("body", "items", "columns"):
        for each in node.get(place) or ():
            if str(each.get("type", "")).startswith("Input."):
                yield each
            yield from _inputs(each)


def _errors(card: Json) -> Iterator[tuple[str, str]]:
    """Yield what is wrong: a line of warning above its field."""
    above = ""
    for each in card.get("body") or ():
        runs = each.get("inlines") or ()
        if runs and isinstance(runs[0], dict) and runs[0].get("color", "").lower() == "attention":
            above = runs[0]["text"]
        elif above:
            yield each.get("id", ""), above
            above = ""


def _words(node: Any) -> Iterator[str]:
    """Yield what stands on a card, in reading order."""
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        if node.get("type") == "RichTextBlock":
            yield from (each if isinstance(each, str) else each["text"] for each in node["inlines"])
        for key in ("title", "label", "text", "placeholder"):
            if isinstance(node.get(key), str):
                yield node[key]
        if str(node.get("type", "")).startswith("Input.") and isinstance(node.get("value"), str):
            yield node["value"]
        for key in ("choices", "body", "items", "columns", "actions"):
            if held := node.get(key):
                yield from _words(held)


def _typed(element: Json, given: Given) -> str:
    """Return what an input sends for a plain value."""
    if given is None:
        return ""
    if isinstance(given, date | time):
        return f"{given:%H:%M}" if isinstance(given, time) else given.isoformat()
    if isinstance(given, bool):
        return "true" if given else "false"
    if element["type"] == "Input.ChoiceSet":
        return ",".join(_option(element, name) for name in _each(given))
    return str(given)


def _option(element: Json, name: str) -> str:
    for choice in element["choices"]:
        if name in (choice["value"], choice["title"]):
            return str(choice["value"])
    raise LookupError(f"no option {name!r} among {[each['value'] for each in element['choices']]}")


def _each(given: Given) -> Iterable[str]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        return (str(given),)
    return tuple(given)
