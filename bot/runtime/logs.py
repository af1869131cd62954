"""What the process tells its operator: an action and ids on one line each, and never a person's words.

A call is written as words and fields, `log.info("sent nudge=%s kind=%s", …)`. On a terminal that is the line; anywhere
else it is one JSON object with `nudge` and `kind` as fields of their own.
"""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

from pythonjsonlogger.core import RESERVED_ATTRS, merge_record_extra
from pythonjsonlogger.json import JsonFormatter

from bot.store.port import StoreError

NOISY = ("apscheduler", "httpx", "slack_bolt", "aiohttp.access", "uvicorn.access")
WHERE = "where"  # the field of what stands on lines of its own
ONCE_IN = 1.0  # seconds in which an error is written once
MOST_SAID = 1_000  # different errors of a second that are told apart; beyond, those of before are forgotten
DEEPEST = 12  # positions named of an error, innermost first
_SLOT = re.compile(r"(?P<lead>\s*)(?:\b(?P<name>\w+)=)?(?P<slot>%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z])|%%")
_OURS = frozenset({"time", "level", "logger", "message", "pid", "exception"})
_HIDDEN = frozenset({*RESERVED_ATTRS, "taskName", "color_message"})

Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up(stream: TextIO) -> None:
    """Send what is logged to a stream: as text to a terminal, as JSON to anything else."""
    logging.raiseExceptions = False  # a line that cannot be written would be shown with all that was in it
    handler = logging.StreamHandler(stream)
    handler.addFilter(Repeated())
    handler.setFormatter(Text() if stream.isatty() else Objects())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)


def line(stream: TextIO, level: int, message: str) -> str:
    """Return a line that is no log line, as the log's lines are on that stream: text at a terminal, else JSON."""
    if stream.isatty():
        return message
    return Objects().format(logging.LogRecord("bot", level, "", 0, message, None, None))


class Repeated(logging.Filter):
    """Lets an error that repeats itself through once a second, and tells with the next how often it was left out.

    What goes wrong at each request, or each time that nobody can be let in, would fill the disk.
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._said: dict[tuple[object, ...], tuple[float, int]] = {}  # when a line was let through, and left out since

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is written; `left_out` is on it where some were not."""
        if record.levelno < logging.WARNING:
            return True
        kind = record.exc_info[0] if record.exc_info else None
        line = (record.name, record.levelno, record.getMessage(), kind)
        at, left_out = self._said.get(line, (0.0, 0))
        if abs(record.created - at) < ONCE_IN:
            self._said[line] = (at, left_out + 1)
            return False
        if len(self._said) >= MOST_SAID:
            self._said = {each: seen for each, seen in self._said.items() if record.created - seen[0] < ONCE_IN}
        self._said[line] = (record.created, 0)
        if left_out:
            record.left_out = left_out
        return True


class Text(logging.Formatter):
    """Lines for a person at a terminal."""

    def __init__(self) -> None:
        """Take the time of day, for it is read as it happens."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what another formatter made of an error, and left on the record, is not taken over."""
        record.exc_text = None
        left_out = getattr(record, "left_out", 0)
        return super().format(record) + (f" left_out={left_out}" if left_out else "")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """Return what went wrong and where, without what was being handled."""
        return error(ei)


class Objects(JsonFormatter):
    """One JSON object a line."""

    def __init__(self) -> None:
        """Name nothing beforehand: what a line has differs."""
        super().__init__(reserved_attrs=_HIDDEN)

    def add_fields(
        self,
        log_data: dict[str, Any],
        record: logging.LogRecord,
        message_dict: dict[str, Any],  # noqa: ARG002 - we log words and fields, never a dict
    ) -> None:
        """Add when, where and what, and what stood in the line as a field."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        action, fields = told(record)
        log_data |= {"time": at, "level": record.levelname, "logger": record.name, "message": action}
        log_data |= {f"{name}_" if name in _OURS else name: value for name, value in fields.items()}
        merge_record_extra(record, log_data, reserved=_HIDDEN)
        log_data["pid"] = record.process
        if record.exc_info:
            log_data["exception"] = error(record.exc_info)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """Return what went wrong and where, without what was being handled."""
        return error(ei)


def told(record: logging.LogRecord) -> tuple[str, dict[str, object]]:
    """Return the action of a line and its fields, told apart by how the line was written, not by what it says."""
    if not isinstance(record.msg, str) or not isinstance(record.args, tuple) or not record.args:
        return record.getMessage(), {}
    fields: dict[str, object] = {}
    left = iter(record.args)

    def moved(slot: re.Match[str]) -> str:
        if slot["slot"] is None:
            return "%"
        value = next(left)
        name = slot["name"] or (WHERE if "\n" in slot["lead"] else None)
        if name is None:
            return slot["lead"] + slot["slot"] % (value,)
        fields[name] = value if isinstance(value, int | float) or value is None else str(value)
        return ""

    try:
        action = _SLOT.sub(moved, record.msg)
    except StopIteration:
        return record.msg, {}
    return action.strip(), fields


def error(about: Error) -> str:
    """Return the kind of an error and where it came from; its message only where we know that it names nobody."""
    kind, raised, trace = about
    if kind is None or raised is None:
        return ""
    under = raised.__cause__ or raised.__context__
    because = f" because of {_named(under)}" if under is not None else ""
    return f"{_named(raised)}{because} at {' < '.join(_positions(trace))}"


def _named(raised: BaseException) -> str:
    name = type(raised).__name__
    if isinstance(raised, StoreError):
        return f"{name}: {raised}"
    if isinstance(raised, OSError) and raised.strerror:
        return f"{name}: {raised.strerror}"
    return name


def _positions(trace: TracebackType | None) -> Iterator[str]:
    frames = [f"{each.f_code.co_filename}:{line} {each.f_code.co_name}" for each, line in walk_tb(trace)]
    yield from reversed(frames[-DEEPEST:])
