"""Whether a process could start is known before it is started."""

import socket
from pathlib import Path

import pytest

from bot.doctor.start import address, database, place, why_not
from bot.store.sqlite.file.open import open_store

FREE = 0  # any port that is free


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "which is no address of this machine"),
        (OSError(99, "Cannot assign requested address"), "HOST is nowhere.invalid, which is no address"),
        (PermissionError(13, "Permission denied"), "Port 80 is not for this user"),
        (OSError(98, "Address already in use"), "something listens there. Stop it, or set PORT to another one"),
        (OSError(97, "Address family not supported"), "Address family not supported. Look at HOST and PORT."),
    ],
)
def test_why_nothing_can_listen_is_told_by_its_own_cause(error: OSError, told: str) -> None:
    assert told in why_not(error, "nowhere.invalid", 80)


@pytest.mark.parametrize(
    ("host", "told"),
    [("127.0.0.1", "http://127.0.0.1:8080"), ("::1", "http://[::1]:8080"), ("pitstop", "http://pitstop:8080")],
)
def test_an_address_is_written_as_a_browser_takes_it(host: str, told: str) -> None:
    assert place(host, 8080) == told


def test_an_address_that_is_free_is_good_and_one_of_somebody_else_is_not() -> None:
    assert list(address("127.0.0.1", FREE)) == []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        other.settimeout(0)  # it never answers: whoever asks gives up
        [told] = address("127.0.0.1", other.getsockname()[1])
    assert "is in use" in told


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///data/pitstop.db", ""),  # not there yet, and can be made
        ("sqlite:///deep/er/pitstop.db", ""),
        ("sqlite:///made.db", ""),
        ("sqlite:///folder", "folder cannot be used: it is a folder. Name a file in it."),
        ("sqlite:///~/pitstop.db", "nothing in it is replaced. Write the path out."),
        ("sqlite:///$HOME/pitstop.db", "nothing in it is replaced. Write the path out."),
        ("sqlite:///pitstop.db?mode=ro", "nothing in it is replaced. Write the path out."),
        ("sqlite:///text.txt", "it is not a database"),
        ("sqlite:///text.txt/pitstop.db", "cannot be written by this user"),  # below a file
        ("postgresql://u:secret@db/p", "is not supported"),
    ],
)
def test_a_file_that_could_not_be_used_is_told_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("text.txt").write_text("words " * 200)
    open_store(Path("made.db"))
    before = sorted(Path().iterdir())
    found = list(database(url))
    assert bool(found) == bool(told), found
    assert all(told in each for each in found), found
    assert not any("secret" in each for each in found)
    assert sorted(Path().iterdir()) == before
