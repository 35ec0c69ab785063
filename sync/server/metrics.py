"""Figures for whoever watches over the hub (Prometheus). No label holds an id of anything."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import start_http_server

from sync.protocol.answers import Event, Result
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import Kind, Message
from sync.server.passing import Passed
from sync.server.standing import Standing

LOOPBACK = "127.0.0.1"
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_KINDS = frozenset(kind.value for kind in Kind)
_NAME = "bammajung_hub_"


class _KindOnly(msgspec.Struct):
    kind: str


@dataclass(frozen=True, slots=True)
class Served:
    """Figures that can be asked for."""

    url: str
    close: Callable[[], None]


class Metrics:
    """One hub's figures since it started."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._registry = CollectorRegistry()
        self._requests = self._counter(
            "requests", "Requests, by endpoint and how they ended", "endpoint", "status", "problem"
        )
        self._seconds = Histogram(
            f"{_NAME}request_seconds",
            "How long an answer took, without what was only waited for news",
            ["endpoint"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._bytes = self._counter("bytes", "Bytes of bodies", "way")
        self._messages = self._counter(
            "messages", "Messages brought, by kind and answer", "kind", "outcome", "reason"
        )
        self._events = self._counter("events", "Mailbox events handed out, by kind", "kind")
        self._upkeep = self._counter("upkeep", "Turns of the upkeep, by how they ended", "ended")
        self._purged = self._counter(
            "purged_stretches", "Stretches of mailboxes whose packets were destroyed, long read"
        )
        self._reminded = self._counter("reminded_mailboxes", "Mailboxes that upkeep put news into")
        self._waiting = self._gauge("waiting", "Long polls that wait for news")
        self._oldest = self._gauge(
            "unanswered_seconds", "Age of the oldest referral without an answer", "priority"
        )
        self._duties = self._gauge("erasure_duties", "Duties to destroy, not attested", "state")
        self._backups = self._gauge("backup_bytes", "Bytes of sealed backups that are kept")
        self._left = self._gauge("directory_seconds_left", "Until keepers must sign it anew")

    def passed(self, request: Passed) -> None:
        """Count one request."""
        ended = f"{request.status // 100}xx"
        self._requests.labels(request.endpoint, ended, request.problem).inc()
        self._seconds.labels(request.endpoint).observe((request.ms - request.waited_ms) / 1000)
        self._bytes.labels("in").inc(request.bytes_in)
        self._bytes.labels("out").inc(request.bytes_out)

    def brought(self, messages: Sequence[Message], results: Sequence[Result]) -> None:
        """Count what became of each message."""
        for message, result in zip(messages, results, strict=False):
            kind, outcome = _kind_of(message), result.outcome.value
            self._messages.labels(kind, outcome, result.reason).inc()

    def handed_out(self, events: Iterable[Event]) -> None:
        """Count what was read from a mailbox."""
        for kind, count in Tally(event.kind.value for event in events).items():
            self._events.labels(kind).inc(count)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count who waits for news."""
        with self._waiting.track_inprogress():
            yield

    def looked_after(self, ended: str, mailboxes: int = 0, purged: int = 0) -> None:
        """Count one turn of the upkeep; `ended` is `well`, or the type of what went wrong."""
        self._upkeep.labels(ended).inc()
        self._reminded.inc(mailboxes)
        self._purged.inc(purged)

    def stand(self, standing: Standing) -> None:
        """Take how things stand."""
        for priority, seconds in standing.unanswered.items():
            self._oldest.labels(priority).set(seconds)
        self._duties.labels("open").set(standing.open)
        self._duties.labels("overdue").set(standing.overdue)
        self._backups.set(standing.backups)

    def lasts(self, seconds: float) -> None:
        """Take for how long the directory still counts."""
        self._left.set(seconds)

    def text(self) -> str:
        """Return every figure as Prometheus reads them."""
        return generate_latest(self._registry).decode()

    def serve(self, port: int) -> Served:
        """Serve the figures on loopback, on a thread of their own; 0 chooses a free port.

        Not at the hub's own address: a proxy that hands everything on would show them to all.
        """
        server, thread = start_http_server(port, LOOPBACK, self._registry)

        def close() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return Served(f"http://{LOOPBACK}:{server.server_port}/metrics", close)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"{_NAME}{name}", words, labels, registry=self._registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"{_NAME}{name}", words, labels, registry=self._registry)


def _kind_of(message: Message) -> str:
    try:
        kind = read_json(_KindOnly, message.header).kind
    except Unreadable:
        return "unreadable"
    return kind if kind in _KINDS else "unreadable"
