"""An empty folder, and one with a database where commands look for it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.reply import ReplyKind, Scope
from tests.commands.cli import OURS, SECRET, fill, port_held
from tests.store.scene import a_commitment, a_reply, at, cast


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment that knows nothing of us."""
    for name in os.environ:
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def database(here: Path) -> Path:
    """What a team of two said and promised, in the place where commands look for it."""
    file = here / "data" / "pitstop.db"
    fill(
        file,
        *cast(),
        a_reply("r1", text="=SUM(A1:A9)", received_at=at(1)),
        a_reply(
            "r2", member="bram", text="for all\nof us", scope=Scope.COACH, received_at=at(2), week=2, item="listen"
        ),
        a_reply("r3", text=SECRET, scope=Scope.PRIVATE, received_at=at(3)),
        a_reply("r4", text=None, deleted_at=at(5), received_at=at(4)),
        a_reply("r5", text="1e5 \x1b[31mred\x9b0m", received_at=at(5), kind=ReplyKind.DEBRIEF, question=2),
        a_commitment("p1", made_at=at(6)),
        a_commitment("p2", made_at=at(7), first=SECRET, scope=Scope.PRIVATE),
        a_commitment("t1", "bram", made_at=at(8), kind=CommitmentKind.TRANSFER, first="Call back", second="Bram"),
    )
    return file


@pytest.fixture
def port() -> Iterator[str]:
    """A port for a process of this test."""
    with port_held() as port:
        yield port


@pytest.fixture
def taken_port() -> Iterator[str]:
    """A port that somebody else listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield str(listening.getsockname()[1])
