"""What monitoring reads: how full the queues are, and how this process does. Nothing personal."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.coaching.rules.line import Line, LineState
from bot.store.port.agenda import Queue

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
ACKNOWLEDGED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # seconds; Slack gives up after 3
LAGGED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)  # seconds; more than 0.05 is too much
STATES = ("due", "put_off", "ready", "sending", "uncertain", "dead")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,63}")  # a method, an error: what is not one is somebody's text


class Metrics:
    """The counts and times of one process, on a page of their own."""

    def __init__(self) -> None:
        """Begin at nothing."""
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._all = CollectorRegistry()
        ProcessCollector(registry=self._all)
        self._nudges = Gauge(
            "pitstop_nudges", "Nudges by state; dead: in the last seven days.", ["state"], registry=self._all
        )
        self._oldest_due = self._gauge("pitstop_oldest_due_seconds", "How long the oldest due nudge has been due.")
        self._inbox = self._gauge("pitstop_inbox", "Arrivals that are not handled yet.")
        self._inbox_oldest = self._gauge("pitstop_inbox_oldest_seconds", "Age of the oldest of them.")
        self._given_up = self._gauge("pitstop_inbox_given_up", "Arrivals that could not be handled and are kept.")
        self._gaps = self._gauge("pitstop_gaps", "People whose missed words are still to be read.")
        self._line = Gauge(
            "pitstop_line",
            "1 for the state that a platform's line is in: open, quiet or down.",
            ["platform", "state"],
            registry=self._all,
        )
        self._line_since = Gauge(
            "pitstop_line_since_seconds", "How long the line has been so.", ["platform"], registry=self._all
        )
        self._read = self._gauge("pitstop_queue_read", "1 when the queues could be read just now, else 0.")
        self._held = self._gauge("pitstop_claims_held", "1 while the clock is not trusted and nothing is sent.")
        self._settled = Counter(
            "pitstop_settled", "Sends that this process settled, by outcome.", ["state"], registry=self._all
        )
        self._failed = Counter(
            "pitstop_api_errors",
            "Calls that a platform refused or left unanswered, by method and error.",
            ["platform", "method", "error"],
            registry=self._all,
        )
        acknowledgements = Histogram(
            "pitstop_acknowledgement_seconds",
            "From the request to its durable acknowledgement.",
            buckets=ACKNOWLEDGED,
            registry=self._all,
        )
        self.acknowledged: Callable[[float], None] = acknowledgements.observe  # told the seconds each one took
        self._lag = Histogram(
            "pitstop_loop_lag_seconds", "How late the event loop came to a moment.", buckets=LAGGED, registry=self._all
        )

    def settled(self, state: str, reason: str | None = None) -> None:  # noqa: ARG002 - a reason has too many values
        """Count a send that was settled."""
        self._settled.labels(state=_code(state)).inc()

    def failed(self, platform: str, method: str, error: str) -> None:
        """Count a call that failed."""
        self._failed.labels(platform=platform, method=_code(method), error=_code(error)).inc()

    def lagged(self, seconds: float) -> None:
        """Note how late the loop was."""
        self._lag.observe(seconds)

    def page(self, queue: Queue | None, lines: Mapping[str, Line], *, now: datetime, held: bool) -> bytes:
        """Return everything as Prometheus text; None for queues that could not be read."""
        for platform, line in lines.items():
            for state in LineState:
                self._line.labels(platform=platform, state=state.value).set(line.state(now) is state)
            self._line_since.labels(platform=platform).set(_age(line.since(now), now))
        self._read.set(queue is not None)
        self._held.set(held)
        if queue is not None:
            self._note(queue, now)
        return generate_latest(self._all)

    def _note(self, queue: Queue, now: datetime) -> None:
        counts = (queue.planned, queue.put_off, queue.ready, queue.sending, queue.uncertain, queue.dead)
        for state, count in zip(STATES, counts, strict=True):
            self._nudges.labels(state=state).set(count)
        self._oldest_due.set(_age(queue.oldest_due, now))
        self._inbox.set(queue.inbox)
        self._inbox_oldest.set(_age(queue.inbox_oldest, now))
        self._given_up.set(queue.inbox_dead)
        self._gaps.set(queue.gaps)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(name, what, registry=self._all)


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since) / timedelta(seconds=1))


def _code(told: str) -> str:
    return told if _CODE.fullmatch(told) else "other"
