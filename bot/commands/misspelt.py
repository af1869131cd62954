"""Variables that look like ours and that nobody reads, and lines of a .env file that say nothing."""

import io
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import parse_stream

from bot.settings import read_settings

OURS = "PITSTOP_"
PLATFORMS = ("SLACK_", "TEAMS_")  # other programs have names of these kinds too: only a near miss is one of ours


class _Asked(dict[str, str]):
    """An environment that notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return default


def names() -> frozenset[str]:
    """Return every variable that is read."""
    asked = _Asked()
    read_settings(asked, talks=False)
    return frozenset(asked.names)


def misspelt(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each variable that is meant for us and that we do not read."""
    known = names()
    for name in sorted(environ):
        near = get_close_matches(name, known, n=1, cutoff=0.8)
        if name in known or not (name.startswith(OURS) or (near and name.startswith(PLATFORMS))):
            continue
        meant = f" Did you mean {near[0]}?" if near else ""
        yield f"{name} is set, and Pitstop reads no such variable.{meant}"


def unread(path: Path) -> Iterator[str]:
    """Yield a sentence for each line of a .env file that sets nothing; none where there is no file."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for line in parse_stream(io.StringIO(text)):
        is_empty = line.key is not None and line.value is None
        if line.error or is_empty:
            yield f"{path}:{line.original.line} sets nothing. A line is NAME=value, without spaces around the sign."
