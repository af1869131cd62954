import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from bot.chat.teams.outgoing.bearer import LOCAL, Bearer, NoToken, bearer, microsoft
from bot.chat.teams.settings import TeamsSettings
from tests.waiting import IN_THE_END, turns


class Office:
    """Where tokens are given out."""

    def __init__(self) -> None:
        self.opened = 0
        self.asked = 0
        self.failing: Exception | None = None
        self.wait = asyncio.Event()
        self.wait.set()

    def __call__(self) -> Callable[[], Awaitable[str]]:
        self.opened += 1
        return self.ask

    async def ask(self) -> str:
        self.asked += 1
        await self.wait.wait()
        if self.failing is not None:
            raise self.failing
        return f"token{self.asked}"


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    made = Office()
    yield made
    made.wait.set()


async def test_a_token_is_asked_for_once_and_kept(office: Office) -> None:
    held = Bearer(office)
    assert await asyncio.gather(*(held.token() for _ in range(20))) == ["token1"] * 20
    assert await held.token() == "token1"
    assert office.asked == 1


async def test_a_token_that_was_not_taken_is_asked_for_anew_elsewhere(office: Office) -> None:
    held = Bearer(office)
    await held.token()
    held.forget()
    assert await held.token() == "token2"
    assert office.opened == 2


async def test_without_an_answer_there_is_no_token_and_one_question(office: Office) -> None:
    office.wait.clear()
    held = Bearer(office, patience=0.02)
    for _ in range(3):
        with pytest.raises(NoToken, match="token_timeout"):
            await held.token()
    office.wait.set()
    assert await held.token() == "token1"  # the question that was under way


async def test_who_gives_up_takes_the_question_from_nobody(office: Office) -> None:
    office.wait.clear()
    held = Bearer(office)
    first, second = asyncio.create_task(held.token()), asyncio.create_task(held.token())
    await turns(1)
    first.cancel()
    office.wait.set()
    assert await second == "token1"


async def test_a_refusal_is_no_token_and_the_next_asks_again(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.failing = ValueError("the secret s3cr3t is wrong")
    held = Bearer(office)
    with pytest.raises(NoToken, match="no_token"):
        await held.token()
    assert "s3cr3t" not in caplog.text
    office.failing = None
    assert await held.token() == "token2"


async def test_an_answer_to_an_old_question_is_not_kept(office: Office) -> None:
    office.wait.clear()
    held = Bearer(office)
    old = asyncio.create_task(held.token())
    await turns(1)
    held.forget()
    new = asyncio.create_task(held.token())
    office.wait.set()
    await asyncio.gather(old, new)
    assert await held.token() == "token2"


async def test_a_practice_teams_is_shown_a_word() -> None:
    settings = TeamsSettings(client_id="c", client_secret="s", tenants=("t",), metadata_url="http://127.0.0.1:9/openid")
    assert await bearer(settings).token() == LOCAL


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Everything that is asked of the world outside is heard by somebody who never answers."""
    listening = socket.create_server(("127.0.0.1", 0))
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listening.getsockname()[1]}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")
    end = threading.Timer(IN_THE_END, listening.close)  # should the loop be held up, the test fails and does not hang
    end.start()
    yield listening
    end.cancel()


async def test_a_login_that_hangs_holds_nothing_up(silence: socket.socket) -> None:
    settings = TeamsSettings(client_id="c", client_secret="s", tenants=("7e9a0000-0000-4000-8000-000000000001",))
    held = Bearer(lambda: microsoft(settings), patience=0.3)
    with pytest.raises(NoToken, match="token_timeout"):
        await held.token()
    silence.close()  # so that the thread ends
