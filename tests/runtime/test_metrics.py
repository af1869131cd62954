"""What monitoring reads."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.coaching.rules.line import Line
from bot.runtime.metrics import Metrics
from bot.store.port.agenda import Queue

NOW = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
QUEUE = Queue(
    planned=1,
    put_off=7,
    ready=2,
    sending=3,
    uncertain=4,
    dead=5,
    oldest_due=NOW - timedelta(seconds=90),
    inbox=6,
    inbox_oldest=NOW - timedelta(seconds=7),
    inbox_dead=8,
    gaps=9,
)
EMPTY: dict[str, Any] = dict.fromkeys(
    ("planned", "put_off", "ready", "sending", "uncertain", "dead", "inbox", "inbox_dead", "gaps"), 0
)


def lines(
    metrics: Metrics, queue: Queue | None = None, *, held: bool = False, told: Mapping[str, Line] | None = None
) -> set[str]:
    """Return the samples of a page."""
    page = metrics.page(queue, told or {}, now=NOW, held=held).decode()
    return {line for line in page.splitlines() if not line.startswith("#")}


@pytest.mark.parametrize(
    "sample",
    [
        'pitstop_nudges{state="due"} 1.0',
        'pitstop_nudges{state="put_off"} 7.0',
        'pitstop_nudges{state="ready"} 2.0',
        'pitstop_nudges{state="sending"} 3.0',
        'pitstop_nudges{state="uncertain"} 4.0',
        'pitstop_nudges{state="dead"} 5.0',
        "pitstop_oldest_due_seconds 90.0",
        "pitstop_inbox 6.0",
        "pitstop_inbox_oldest_seconds 7.0",
        "pitstop_inbox_given_up 8.0",
        "pitstop_gaps 9.0",
        "pitstop_queue_read 1.0",
        "pitstop_claims_held 0.0",
    ],
)
def test_the_queues_are_told_as_they_are(sample: str) -> None:
    assert sample in lines(Metrics(), QUEUE)


def test_each_line_is_told_with_its_state_and_for_how_long_it_has_been_so() -> None:
    broken = Line(carried_at=NOW - timedelta(minutes=6), open_since=NOW - timedelta(days=1), tells=True)
    page = lines(Metrics(), told={"slack": broken})
    assert {
        'pitstop_line{platform="slack",state="down"} 1.0',
        'pitstop_line{platform="slack",state="open"} 0.0',
        'pitstop_line{platform="slack",state="quiet"} 0.0',
        'pitstop_line_since_seconds{platform="slack"} 360.0',
    } <= page


def test_what_this_process_did_is_counted() -> None:
    metrics = Metrics()
    for state in ("sent", "sent", "dead"):
        metrics.settled(state, "whatever the reason")
    metrics.failed("slack", "chat.postMessage", "ratelimited")
    metrics.acknowledged(0.004)
    metrics.acknowledged(0.3)
    metrics.lagged(0.2)
    found = lines(metrics)
    assert 'pitstop_settled_total{state="sent"} 2.0' in found
    assert 'pitstop_settled_total{state="dead"} 1.0' in found
    assert 'pitstop_api_errors_total{error="ratelimited",method="chat.postMessage",platform="slack"} 1.0' in found
    assert 'pitstop_acknowledgement_seconds_bucket{le="0.005"} 1.0' in found
    assert 'pitstop_acknowledgement_seconds_bucket{le="0.5"} 2.0' in found
    assert 'pitstop_loop_lag_seconds_bucket{le="0.1"} 0.0' in found
    assert "pitstop_loop_lag_seconds_count 1.0" in found


def test_queues_that_cannot_be_read_are_said_to_be_so() -> None:
    metrics = Metrics()
    assert "pitstop_queue_read 0.0" in lines(metrics)
    assert "pitstop_claims_held 1.0" in lines(metrics, held=True)


def test_nothing_due_is_no_age_and_a_clock_set_back_is_none_either() -> None:
    ahead = NOW + timedelta(minutes=1)
    for moment in (None, ahead):
        found = lines(Metrics(), Queue(**EMPTY, oldest_due=moment, inbox_oldest=moment))
        assert {"pitstop_oldest_due_seconds 0.0", "pitstop_inbox_oldest_seconds 0.0"} <= found


def test_what_is_no_code_is_nobodys_label() -> None:
    metrics = Metrics()
    metrics.failed("slack", "chat.postMessage", "what a person wrote")
    metrics.failed("slack", "x" * 65, "")
    found = lines(metrics)
    assert 'pitstop_api_errors_total{error="other",method="chat.postMessage",platform="slack"} 1.0' in found
    assert 'pitstop_api_errors_total{error="other",method="other",platform="slack"} 1.0' in found


def test_two_processes_in_one_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.settled("sent")
    assert "pitstop_settled_total" not in str(lines(second))
