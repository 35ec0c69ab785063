"""The real hub in this process, at the end of a line that loses, repeats and cuts."""

import random
from contextlib import contextmanager
from dataclasses import replace

from sync.client.errors import Lying, TooSlow, Unreachable
from sync.client.pace import Pace
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.codec import Unreadable, packed, unpacked
from sync.protocol.messages import Kind
from sync.server.batch import Caller
from sync.server.desk import Desk
from sync.server.shelf import Shelf

FAULTS = (
    "question lost", "answer lost", "answer cut", "question twice", "question twice, first answer",
    "hub dies before commit",
)  # fmt: skip


class HubDied(BaseException):
    """The hub's process ended. Nobody may catch it but the line."""


class DyingStore:
    """A store whose process dies between the last statement and COMMIT."""

    def __init__(self, store):
        self._store = store

    @contextmanager
    def writing(self):
        with self._store.writing() as db:
            yield db
            raise HubDied

    def __getattr__(self, name):
        return getattr(self._store, name)


class GoodLine:
    """Everything arrives. As `HttpHub`, but there is no HTTP in between."""

    pace = Pace()

    def __init__(self, hub, clock, caller: Caller | None = None):
        self._desk, self._hub, self._clock, self._caller = Desk(hub), hub, clock, caller
        self.offset = None
        self.questions, self.broken = 0, []

    def hello(self):
        """Say that somebody is there; asked before a batch when the line was down."""

    def enrol(self, asked):
        return self._desk.enrol(asked, self._clock())

    def published(self, path, most):
        leaf = Shelf(self._hub).leaf(path, self._clock())
        return leaf.content if leaf else None

    def exchange(self, asked: Exchange, now) -> Exchanged:
        self.questions += 1
        self._watch(asked)
        return self._asked(asked)

    def close(self):
        pass

    def _asked(self, asked, desk=None):
        question = unpacked(Exchange, packed(asked))
        answer = (desk or self._desk).exchange(self._caller, question, self._clock()).answer
        return unpacked(Exchanged, packed(answer))

    def _watch(self, asked):
        """A withdrawal overtakes everything that waits beside it (I5, R-38)."""
        kinds = [
            b'"kind":"' + Kind.CONSENT_WITHDRAWN.value.encode() in m.header for m in asked.items
        ]
        if kinds != sorted(kinds, reverse=True):
            self.broken.append("a withdrawal stood behind something else")


class BadLine(GoodLine):
    """Half of what is said meets with one of the faults, until `is_good`."""

    def __init__(self, hub, clock, caller, chance: random.Random):
        super().__init__(hub, clock, caller)
        self._chance, self.is_good = chance, False

    def hello(self):
        if not self.is_good and self._chance.random() < 0.1:
            raise Unreachable

    def exchange(self, asked, now):
        self.questions += 1
        self._watch(asked)
        if self.is_good or self._chance.random() < 0.5:
            return self._asked(asked)
        return self._with(self._chance.choice(FAULTS), asked)

    def _with(self, fault, asked):
        if fault == "question lost":
            raise Unreachable
        if fault == "hub dies before commit":
            self._dying(asked)
        answer = self._asked(asked)
        if fault == "answer lost":
            raise TooSlow
        if fault == "answer cut":
            return self._cut(answer)
        again = self._asked(asked)
        return answer if "first" in fault else again

    def _dying(self, asked):
        desk = Desk(replace(self._hub, store=DyingStore(self._hub.store)))
        try:
            self._asked(asked, desk)
        except HubDied as death:
            raise Unreachable from death
        raise Unreachable

    def _cut(self, answer):
        whole = packed(answer)
        try:
            return unpacked(Exchanged, whole[: self._chance.randrange(len(whole))])
        except Unreadable as error:
            raise Lying("body") from error
