"""What stands in the log: an action and ids, one object a line, and nobody's words."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from bot.coaching.records.nudge import NudgeState
from bot.runtime.logs import MOST_SAID, Objects, Repeated, Text, error
from bot.store.port import Conflict, Store, StoreError
from tests.conftest import World
from tests.flows.replies.test_typed import TUESDAY
from tests.flows.talk import begin

SECRET = "nobody else's business"
SPOKEN = "grumpelstein"


class Told:
    """A logger of its own, and what came out of it."""

    def __init__(self, formatter: logging.Formatter) -> None:
        """Write with this formatter."""
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(formatter)
        self.log = logging.Logger("bot.some.where")  # noqa: LOG001 - nobody else's handlers
        self.log.addHandler(handler)

    @property
    def line(self) -> dict[str, Any]:
        """The only line, without the fields that every line has."""
        found: dict[str, Any] = json.loads(self.stream.getvalue())
        assert found.pop("time").endswith("+00:00")
        assert found.pop("pid") > 0
        assert (found.pop("level"), found.pop("logger")) != ("", "")
        return found


@pytest.mark.parametrize(
    ("line", "values", "shown"),
    [
        ("words alone", (), {"message": "words alone"}),
        ("sent nudge=%s attempt=%d", ("n1", 3), {"message": "sent", "nudge": "n1", "attempt": 3}),
        (  # a value with spaces stays one value
            "not sent to=%s reason=%s",
            (NudgeState.READY, "ratelimited, 8 attempts"),
            {"message": "not sent", "to": "ready", "reason": "ratelimited, 8 attempts"},
        ),
        ("refused %s error=%s", ("chat.update", "x"), {"message": "refused chat.update", "error": "x"}),
        (
            "failed error=%s\n%s",
            ("KeyError", "at a line"),
            {"message": "failed", "error": "KeyError", "where": "at a line"},
        ),
        ("100%% of=%s", (None,), {"message": "100%", "of": None}),
        ("late by=%.1f", (1.26,), {"message": "late", "by": 1.26}),
        ("mine level=%s pid=%s", ("high", 1), {"message": "mine", "level_": "high", "pid_": 1}),
        ("a lookalike=%s in=%s", ("x=1 y=2", "z"), {"message": "a", "lookalike": "x=1 y=2", "in": "z"}),
    ],
)
def test_words_are_the_action_and_what_has_a_name_is_a_field(
    line: str, values: tuple[object, ...], shown: dict[str, object]
) -> None:
    told = Told(Objects())
    told.log.info(line, *values)
    assert told.line == shown


def test_fields_handed_over_are_fields_too() -> None:
    told = Told(Objects())
    told.log.info("sent", extra={"nudge": "n1"})
    assert told.line == {"message": "sent", "nudge": "n1"}


def test_a_line_on_a_terminal_is_the_line() -> None:
    told = Told(Text())
    told.log.warning("not sent nudge=%s", "n1")
    assert told.stream.getvalue()[8:] == " WARNING bot.some.where not sent nudge=n1\n"


def raised(failure: Exception) -> Exception:
    """An error as it is when it was raised while somebody's words were handled."""
    try:
        try:
            raise KeyError(SECRET)  # noqa: TRY301 - what an error is raised because of
        except KeyError:
            raise failure  # noqa: B904 - it happens
    except Exception as error:
        return error


@pytest.mark.parametrize("formatter", [Objects(), Text()])
@pytest.mark.parametrize(
    ("failure", "shown"),
    [
        (ValueError(SECRET), "ValueError because of KeyError at "),
        (StoreError("nothing was written: disk full"), "StoreError: nothing was written: disk full because of"),
        (Conflict("reply r1: not at version 2"), "Conflict: reply r1: not at version 2 because of"),
        (FileNotFoundError(2, "No such file", SECRET), "FileNotFoundError: No such file because of"),
        (OSError(SECRET), "OSError because of KeyError"),
    ],
)
def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words(
    formatter: logging.Formatter, failure: Exception, shown: str
) -> None:
    told = Told(formatter)
    told.log.error("tick failed tick=%s", "plan", exc_info=raised(failure))
    said = told.stream.getvalue()
    assert shown in said
    assert f"{__file__}:" in said
    assert SECRET not in said
    assert said.count("\n") == (1 if isinstance(formatter, Objects) else 2)


def test_no_error_is_an_empty_word() -> None:
    assert error((None, None, None)) == ""
    assert error(sys.exc_info()) == ""


# --- what repeats itself ---------------------------------------------------------------------------------------


def at(second: float, message: str, level: int = logging.ERROR, **how: Any) -> logging.LogRecord:
    """A line of so many seconds past some moment."""
    record = logging.LogRecord("bot.some.where", level, __file__, 1, message, (), how.get("exc_info"))
    record.created = 1_000_000 + second
    return record


def test_an_error_that_repeats_itself_is_one_line_a_second_and_says_how_often() -> None:
    repeated, written = Repeated(), []
    for thousandth in range(3_001):
        record = at(thousandth / 1000, "nobody can be let in")
        if repeated.filter(record):
            written.append(Text().format(record)[9:])
    line = "ERROR bot.some.where nobody can be let in"
    assert written == [line, *[f"{line} left_out=999"] * 3]


def test_other_errors_and_all_that_is_no_error_are_written_each_time() -> None:
    repeated = Repeated()
    lines = [
        at(0, "not sent nudge=1"),
        at(0.1, "not sent nudge=2"),
        at(0.2, "failed", exc_info=(KeyError, KeyError("a"), None)),
        at(0.3, "failed", exc_info=(ValueError, ValueError("a"), None)),
        at(0.4, "sent", logging.INFO),
        at(0.5, "sent", logging.INFO),
        at(0.6, "not sent nudge=1", logging.WARNING),
        at(-7200, "not sent nudge=1"),  # the clock was set back
    ]
    assert [repeated.filter(line) for line in lines] == [True] * len(lines)


def test_errors_of_the_past_are_not_remembered() -> None:
    repeated = Repeated()
    for count in range(5_000):
        assert repeated.filter(at(count / 100, f"failed {count}"))
    assert len(repeated._said) <= MOST_SAID + 1


# --- a played dialogue ------------------------------------------------------------------------------------------


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """Every line any logger writes, as a process would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Objects())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


class Leaky:
    """A store that cannot find anybody, and says so with everything it knows."""

    def __init__(self, store: Store) -> None:
        """Stand before the real one."""
        self._store = store

    def __getattr__(self, name: str) -> Any:
        """Hand on what is not about finding somebody."""
        return getattr(self._store, name)

    async def heard(self, workspace: str, person: str, **_: Any) -> NoReturn:
        """Fail."""
        raise ValueError(f"no {person} in {workspace}: {SPOKEN}")

    async def around_person(self, workspace: str, person: str, **_: Any) -> NoReturn:
        """Fail."""
        raise ValueError(f"nobody around {person} in {workspace}: {SPOKEN}")


async def test_no_line_of_a_played_dialogue_holds_a_persons_word(everything: io.StringIO, world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", SPOKEN)
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first=f"{SPOKEN} first", second=f"{SPOKEN} then")
    await world.driver.command("Sanne", "dm", SPOKEN)
    leaky: Any = Leaky(world.bot.ports.store)
    world.bot.ports = replace(world.bot.ports, store=leaky)
    await world.driver.say("Sanne", "dm", f"{SPOKEN} again")  # and what fails says nothing of it either
    await world.driver.command("Grace", "dm", SPOKEN)
    await world.bot.inbox.drained()
    lines = [json.loads(line) for line in everything.getvalue().splitlines()]
    assert {line["message"] for line in lines} & {"reply stored", "sent"}
    assert [line for line in lines if line["level"] == "ERROR"], "something was to fail"
    assert SPOKEN not in everything.getvalue()
    assert "Sanne" not in everything.getvalue()


@pytest.mark.parametrize("formatter", [Text(), Objects()], ids=["text", "objects"])
def test_what_another_formatter_left_of_an_error_is_not_taken_over(formatter: logging.Formatter) -> None:
    try:
        int("zeppelin in private words")
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "failed kind=%s", ("Said",), sys.exc_info())
    assert "zeppelin" in logging.Formatter().format(record)
    assert "ValueError" in formatter.format(record)
    assert "zeppelin" not in formatter.format(record)
