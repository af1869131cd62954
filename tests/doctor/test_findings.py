"""From what was found to what is said about it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.slack.examine import Token
from bot.coaching.rules.line import Line
from bot.doctor.disk import LARGE_LOG, content, copies, damaged, disk, zones
from bot.doctor.finding import State, size, span
from bot.doctor.line import line, refused
from bot.doctor.queue import cut_off, heartbeat, queue, tried_again
from bot.doctor.way_in import way_in
from bot.store.port.agenda import CutOff, Queue
from bot.store.sqlite.file.examine import Inside, Outside

NOW = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
NEEDED = frozenset({"chat:write", "im:history"})
LYING = Outside(
    is_there=True,
    size=1_000_000,
    log_size=0,
    is_private=True,
    is_held=True,
    is_writable=True,
    free=10**12,
    reserve=64_000_000,
    copies=(Path("backups/newest.db"),),
    newest_at=NOW - timedelta(hours=5),
)
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("planned", "put_off", "ready", "sending", "uncertain", "dead", "inbox", "inbox_dead", "gaps"), 0),
    "oldest_due": None,
    "inbox_oldest": None,
}


def seconds(count: float) -> timedelta:
    """So many seconds."""
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("granted", "state", "told"),
    [
        (NEEDED, State.GOOD, "may do what Pitstop needs: chat:write, im:history."),
        (NEEDED | {"channels:read"}, State.ATTENTION, "more than Pitstop needs: channels:read."),
        (NEEDED - {"im:history"}, State.BAD, "lacks im:history."),
        (frozenset({"admin"}), State.BAD, "lacks chat:write, im:history."),  # worse comes first
        (frozenset(), State.ATTENTION, "does not say"),  # another kind of Slack, or a proxy
    ],
)
def test_scopes_are_held_against_the_manifest(granted: frozenset[str], state: State, told: str) -> None:
    _, found, _ = line(Token(team_id="T1", team="Example", scopes=granted, at=NOW), NEEDED, NOW)
    assert (found.state, told in found.told) == (state, True)


@pytest.mark.parametrize(
    ("theirs", "state"),
    [
        (NOW, State.GOOD),
        (NOW - seconds(5), State.GOOD),  # the header counts whole seconds, and the call takes time
        (NOW + seconds(6), State.ATTENTION),
        (NOW - seconds(60), State.ATTENTION),
        (NOW + seconds(61), State.BAD),
        (None, State.ATTENTION),
    ],
)
def test_the_clock_is_held_against_slacks(theirs: datetime | None, state: State) -> None:
    token, _, found = line(Token(team_id="T1", team="Example", scopes=NEEDED, at=theirs), NEEDED, NOW)
    assert (token.told, found.state) == ("It is for the workspace Example.", state)


def test_a_token_of_a_whole_organization_is_refused() -> None:
    found, *_ = line(Token(team_id="T1", team="Example", scopes=NEEDED, at=NOW, is_org_wide=True), NEEDED, NOW)
    assert (found.state, "one workspace" in found.told) == (State.BAD, True)


@pytest.mark.parametrize(
    ("error", "remedy"), [("token_revoked", "Install it"), ("TimeoutError", "Look at the network")]
)
def test_a_refusal_says_what_to_do(error: str, remedy: str) -> None:
    found = refused(error)
    assert (found.state, error in found.told, remedy in found.remedy) == (State.BAD, True, True)


def lying(**changes: Any) -> list[tuple[str, State]]:
    """What is said of a file that lies there like this."""
    return [(each.what, each.state) for each in disk(Outside(**{**vars(LYING), **changes}))]


def test_a_file_as_it_lies_there() -> None:
    assert lying() == [("disk", State.GOOD)]
    assert lying(is_there=False) == [("disk", State.GOOD), ("file", State.GOOD)]
    assert lying(free=63_000_000) == [("disk", State.BAD)]
    assert lying(free=65_000_000) == [("disk", State.ATTENTION)]
    assert lying(is_private=False)[1:] == [("permissions", State.ATTENTION)]
    assert lying(is_writable=False)[1:] == [("permissions", State.BAD)]


def test_another_programs_file_is_not_to_be_migrated() -> None:
    found = content(Inside(pending=("0001_records",), unknown=(), zones=(), under_way=(), lost=(), is_strange=True), 1)
    assert (found.state, found.told) == (State.BAD, "It holds another program's data.")
    assert "migrate" not in found.remedy


@pytest.mark.parametrize("found", [replace(LYING, is_writable=False), replace(LYING, is_private=False)])
def test_what_to_do_is_a_whole_sentence(found: Outside) -> None:
    for each in disk(found):
        assert not each.remedy or re.fullmatch(r"[A-Z].*\b(?!to\.)\w+[.]", each.remedy), each.remedy
    assert lying(log_size=LARGE_LOG + 1)[1:] == [("log", State.ATTENTION)]


def test_a_file_that_cannot_be_used_is_told_with_its_newest_copy() -> None:
    assert damaged("it is damaged", LYING).remedy.endswith("restore backups/newest.db")
    assert damaged("it is damaged", None).remedy == "There is no backup beside it."
    assert damaged("it is a folder. Name a file in it.", LYING).remedy == "", "a backup is no help there"


def test_a_file_of_another_version() -> None:
    old = content(Inside(pending=("0002_x",), unknown=(), zones=(), under_way=(), lost=()), 1)
    new = content(Inside(pending=("0002_x",), unknown=("0009_y",), zones=(), under_way=(), lost=()), 1)
    assert (old.state, "0002_x" in old.told) == (State.ATTENTION, True)
    assert (new.state, "0009_y" in new.told) == (State.BAD, True)


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(hours=36), State.GOOD),
        (timedelta(hours=37), State.ATTENTION),
        (timedelta(days=5), State.BAD),
        (None, State.ATTENTION),
    ],
)
def test_copies_grow_old(age: timedelta | None, state: State) -> None:
    newest = None if age is None else NOW - age
    found = Outside(**{**vars(LYING), "newest_at": newest})
    assert copies(found, NOW).state is state
    assert copies(found, NOW, practice=True).state is State.GOOD


def test_zone_data_that_changed_or_lacks_a_zone() -> None:
    assert zones(("A/B",), "2", "2", lambda _: True).state is State.GOOD
    assert zones(("A/B",), "2", None, lambda _: True).state is State.GOOD
    assert zones(("A/B",), "2", "1", lambda _: True).state is State.ATTENTION
    assert zones(("A/B",), "2", "2", lambda _: False).state is State.BAD


def queued(**changes: Any) -> dict[str, State]:
    """What is said of queues like these."""
    return {each.what: each.state for each in queue(Queue(**{**NOTHING, **changes}), (), NOW)}


@pytest.mark.parametrize("reason", ["InvalidBotApiHost", "BotDisabledByAdmin", "http_403", "http_404"])
def test_trouble_of_the_line_is_told_while_it_is_tried_again(reason: str) -> None:
    [found] = tried_again({reason: 3, "http_429": 2})
    assert (found.what, found.state) == ("refused", State.ATTENTION)
    assert f"3 messages are tried again, refused so far: {reason}" in found.told
    assert found.remedy


def test_what_waits_where_we_are_not_connected_is_told_once_a_workspace() -> None:
    empty, full = (CutOff(platform="teams", name=name, messages=count) for name, count in (("Old", 0), ("New", 3)))
    [found] = cut_off([empty, full])
    assert (found.what, found.state) == ("not connected", State.ATTENTION)
    assert "3 messages wait in New (teams)" in found.told


def test_queues() -> None:
    quiet = {"outgoing": State.GOOD, "incoming": State.GOOD}
    assert queued() == quiet
    assert queued(put_off=1) == {**quiet, "put off": State.ATTENTION}
    assert queued(planned=1, oldest_due=NOW - seconds(300)) == quiet
    assert queued(planned=1, oldest_due=NOW - seconds(301)) == {**quiet, "outgoing": State.ATTENTION}
    assert queued(planned=1, oldest_due=NOW - timedelta(hours=2)) == {**quiet, "outgoing": State.BAD}
    assert queued(inbox=1, inbox_oldest=NOW - seconds(60)) == quiet
    assert queued(inbox=1, inbox_oldest=NOW - seconds(61)) == {**quiet, "incoming": State.ATTENTION}
    assert queued(inbox=1, inbox_oldest=NOW - timedelta(hours=2)) == {**quiet, "incoming": State.BAD}
    assert queued(uncertain=1) == {**quiet, "in doubt": State.GOOD}
    assert queued(inbox_dead=1) == {**quiet, "given up": State.ATTENTION}
    assert queued(gaps=1) == {**quiet, "missed": State.GOOD}


@pytest.mark.parametrize(
    ("alive_at", "met", "practice", "state"),
    [
        (NOW - seconds(10), True, False, State.GOOD),
        (NOW - seconds(61), True, False, State.BAD),
        (NOW + timedelta(days=1), True, False, State.GOOD),  # the clock was set back: the next beat mends it
        (None, True, False, State.ATTENTION),
        (None, False, False, State.GOOD),  # before anybody was met
        (None, True, True, State.GOOD),
    ],
)
def test_the_heartbeat(alive_at: datetime | None, met: bool, practice: bool, state: State) -> None:
    noted = alive_at.isoformat() if alive_at else None
    assert heartbeat(noted, NOW, met=met, practice=practice, held=True).state is state


AGO = timedelta(minutes=6)
FLOWING = Line(carried_at=NOW, open_since=NOW - AGO, tells=True)


@pytest.mark.parametrize(
    ("line", "state", "told"),
    [
        (FLOWING, State.GOOD, "reaches Pitstop, since 2026-01-12 07:54 UTC, for 6 minutes"),
        (replace(FLOWING, carried_at=NOW - AGO), State.BAD, "not reach Pitstop, since 2026-01-12 07:54 UTC"),
        (replace(FLOWING, tells=False, deaf_at=NOW), State.BAD, "not reach Pitstop"),
        (replace(FLOWING, tells=False, heard_at=NOW - timedelta(hours=1)), State.GOOD, "Nothing has come in"),
        (replace(FLOWING, tells=False, heard_at=NOW - timedelta(days=4)), State.ATTENTION, "for 4 days"),
    ],
)
def test_the_way_in_is_told_with_since_when(line: Line, state: State, told: str) -> None:
    [finding] = way_in({"slack": line}, NOW.isoformat(), NOW)
    assert (finding.what, finding.state) == ("line", state)
    assert told in finding.told
    assert bool(finding.remedy) is (state is not State.GOOD)
    for silent in (None, (NOW - timedelta(minutes=2)).isoformat()):  # nobody listens: the heartbeat says it
        assert [*way_in({"slack": line}, silent, NOW)] == []


@pytest.mark.parametrize(
    ("length", "told"),
    [(-5, "0 seconds"), (59, "59 seconds"), (60, "1 minute"), (7200, "2 hours"), (86400 * 3, "3 days")],
)
def test_a_length_of_time_is_told_in_its_largest_unit(length: float, told: str) -> None:
    assert span(seconds(length)) == told


def test_a_weight_is_told_in_megabytes_or_gigabytes() -> None:
    assert (size(1_234_567), size(83_900_000_000)) == ("1.2 MB", "83.9 GB")
