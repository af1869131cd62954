"""A Tuesday at ten under Slack's method tiers: everybody presses, and who sees it: python -m bench.tiers [--quick].

1. So many people are enrolled, each with a nudge that was sent an hour ago and stands in the practice Slack.
2. The bot and the practice Slack run in this process, on a port and a SQLite file of their own. Their clock stands.
3. Second by second, whoever presses in that second presses, over HTTP; the bot handles it and does what is due; what
   people see is compared with the records; the clock moves on a second. No machine is too slow for that.
4. After the last press the clock goes on for two minutes.
"""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn

from bench.payloads import direct, nudge, person, posted
from bench.people import Values, count, fill
from bench.process import LOOPBACK, free_port
from bench.report import Table, alone
from bot.practice.app import practice_of
from bot.practice.slack.server import Practice
from bot.practice.slack.triggers import Triggers
from bot.practice.slack.world import BOT_USER, TEAM, Conversation, Kind, Person, Post
from bot.practice.time.clock import TravelClock
from bot.runtime.app import Bot
from bot.settings import Settings
from bot.store.sqlite.rows import moment

TUESDAY = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PATIENCE = 120  # seconds after the last press within which everything is true
PLAN, DONE = "nudge.plan", "nudge.done"
LABELS = {PLAN: "I'll do it", DONE: "Done already", "nudge.later": "Later", "nudge.no": "Not for me"}
INPUTS = ("input", "datepicker", "plain_text_input")  # types of blocks and elements that ask something

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many people press, within how many seconds of the clock."""

    people: int
    seconds: int

    def second_of(self, number: int) -> int:
        """Return in which second the n-th person presses."""
        return number * self.seconds // self.people


FULL = Size(people=2_000, seconds=300)
QUICK = Size(people=360, seconds=54)  # the same pace: enough to go beyond the tiers of updates and of forms


@dataclass(frozen=True, kw_only=True)
class Storm:
    """What came of it."""

    size: Size
    done: int  # people who pressed Done already
    planning: int  # people who pressed I'll do it
    stored: int  # of `done`, as the records say
    changed: int  # of `done`, whose message no longer has the buttons
    asked: int  # of `planning`, who got the form, or its questions in the message
    waited: int  # seconds of the clock, the longest that anybody waited who got what they asked for
    refused: Counter[str]  # calls answered with 429, by method
    early: Counter[str]  # of those, the ones made before an earlier Retry-After had passed


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Let people press, few and many."""
    logging.getLogger("bot").setLevel(logging.ERROR)  # each refusal is a line
    return [table([storm(place / str(size.people), size) for size in ((QUICK,) if quick else (QUICK, FULL))])]


def storm(place: Path, size: Size) -> Storm:
    """Let so many people press, a third of them I'll do it, and return what came of it two minutes after the last."""
    place.mkdir(parents=True, exist_ok=True)
    file = place / "people.db"
    workspace = {"external_id": TEAM, "name": "Practice", "bot": BOT_USER, "practice": True}
    fill(file, size.people, TUESDAY, _sent, special=workspace)
    return asyncio.run(_storm(file, size))


def _sent(number: int) -> Values:
    at = moment(TUESDAY - timedelta(hours=1))
    return {
        "state": "sent",
        "attempt": 1,
        "sent_at": at,
        "due_at": at,
        "conversation": direct(number),
        "message": posted(number),
    }


async def _storm(file: Path, size: Size) -> Storm:
    numbers = range(size.people)
    waiting = dict.fromkeys(numbers, 0)
    waited: dict[int, int] = {}
    async with _living(file, size.people) as (bot, place, press):
        for second in range(size.seconds + PATIENCE):
            await asyncio.gather(*(press(number) for number in numbers if size.second_of(number) == second))
            await bot.ticker.settle()
            served = _served(file)
            for number in list(waiting):
                if size.second_of(number) <= second and _sees(place, number, served):
                    waited[number] = second - size.second_of(number)
                    del waiting[number]
            place.clock.leap(SECOND)
        limits = place.site.limits
        done = [number for number in numbers if _button(number) == DONE]
        return Storm(
            size=size,
            done=len(done),
            planning=size.people - len(done),
            stored=count(file, "SELECT count(*) FROM nudge WHERE answer = 'done'"),
            changed=sum(number in waited for number in done),
            asked=len(waited) - sum(number in waited for number in done),
            waited=max(waited.values(), default=0),
            refused=Counter(limits.refused),
            early=+limits.early,
        )


@asynccontextmanager
async def _living(file: Path, people: int) -> AsyncIterator[tuple[Bot, Practice, Any]]:
    """Hold the bot and its Slack, with people in it, and what presses the n-th person's button."""
    port = free_port()
    settings = Settings(port=port, database_url=f"sqlite:///{file}")
    app, bot, place = practice_of(
        settings,
        clock=TravelClock(TUESDAY, runs=False),
        keep=False,
        deadline=lambda _: asyncio.timeout(3_600.0),  # real seconds, and the machine may be slow
        triggers=Triggers(lifetime=3_600.0),
    )
    for number in range(people):
        _settle_in(place, number)
    server = uvicorn.Server(uvicorn.Config(app, host=LOOPBACK, port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
        if serving.done():
            serving.result()
    base = f"http://{LOOPBACK}:{port}"
    try:
        async with aiohttp.ClientSession(headers={"Origin": base}) as session:

            async def press(number: int) -> None:
                body = {
                    "as": person(number),
                    "channel": direct(number),
                    "ts": posted(number),
                    "block_id": nudge(number),
                    "action_id": _button(number),
                    "value": nudge(number),
                }
                async with session.post(f"{base}/practice/api/press", json=body) as response:
                    assert response.status == 200, await response.text()

            yield bot, place, press
    finally:
        server.should_exit = True
        await serving


def _button(number: int) -> str:
    return DONE if number % 3 else PLAN


def _settle_in(place: Practice, number: int) -> None:
    buttons = [
        {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action, "value": nudge(number)}
        for action, label in LABELS.items()
    ]
    place.world.add(
        Person(id=person(number), name=f"p{number}", real_name="Somebody", tz="Etc/GMT"),
        Conversation(id=direct(number), name=f"p{number}", kind=Kind.DIRECT, members=(person(number), BOT_USER)),
    )
    place.world.put(
        Post(
            ts=posted(number),
            channel=direct(number),
            user=BOT_USER,
            text="One small thing for this week.",
            blocks=({"type": "actions", "block_id": nudge(number), "elements": buttons},),
            metadata={"event_type": "pitstop_nudge", "event_payload": {"nudge": nudge(number)}},
        )
    )


def _served(file: Path) -> set[str]:
    """Return the nudges that are done, as the records say."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM nudge WHERE answer = 'done'")}


def _sees(place: Practice, number: int, served: set[str]) -> bool:
    """Tell whether a person sees what they asked for: the message is true, the form is open or its questions stand."""
    post = place.world.post(direct(number), posted(number))
    assert post is not None
    parts = list(_parts(post.blocks))
    if _button(number) == PLAN:
        return bool(place.world.modals.get(person(number))) or any(part.get("type") in INPUTS for part in parts)
    return nudge(number) in served and not any(part.get("action_id") in (PLAN, DONE) for part in parts)


def _parts(blocks: Sequence[Json]) -> Iterator[Json]:
    for block in blocks:
        yield block
        yield from block.get("elements", ())
        if "element" in block:
            yield block["element"]
        if "accessory" in block:
            yield block["accessory"]


def table(storms: Sequence[Storm]) -> Table:
    """Return what came of several storms, side by side."""

    def row(name: str, *values: str) -> tuple[str, ...]:
        return (name, *values)

    return Table(
        title="Everybody presses under Slack's tiers",
        columns=("", *(f"{each.size.people:,} people in {each.size.seconds} s" for each in storms)),
        rows=[
            row("Done already: stored", *(f"{each.stored:,} of {each.done:,}" for each in storms)),
            row("Done already: message changed", *(f"{each.changed:,} of {each.done:,}" for each in storms)),
            row("I'll do it: form or questions", *(f"{each.asked:,} of {each.planning:,}" for each in storms)),
            row("the longest wait of those, in s", *(f"{each.waited:,}" for each in storms)),
            row("calls answered with 429", *(_counted(each.refused) for each in storms)),
            row("of those before Retry-After had passed", *(_counted(each.early) for each in storms)),
        ],
        notes=(f"Seconds are the practice's, not the machine's. The last look is {PATIENCE} s after the last press.",),
    )


def _counted(calls: Counter[str]) -> str:
    by_method = ", ".join(f"{method} {number:,}" for method, number in calls.most_common())
    return f"{calls.total():,}" + (f" ({by_method})" if by_method else "")


if __name__ == "__main__":
    alone(measure)
