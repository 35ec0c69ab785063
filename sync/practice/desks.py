"""A practice agency's desk: opens with its own key, and answers kindly, over real HTTP."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event as Signal

from sync.client.addressees import Addressees
from sync.client.backoff import Backoff
from sync.client.directory import renewed
from sync.client.engine import sync_once
from sync.client.errors import DirectoryRefused, LineError, Untrusted
from sync.client.transport import HttpHub
from sync.practice import asking, cues, hearing
from sync.practice.identity import Chance, Clock, Identity
from sync.practice.letters import Case, Letters
from sync.practice.tray import Tray
from sync.protocol.answers import Event
from sync.protocol.bodies import Stage, TaskNote
from sync.protocol.directory import DirectoryBook

WORLD = "practice"
LONG_POLL = 25
LONGEST_REST = timedelta(seconds=3)
_ANSWER = "answer"
_NO_GUARDIAN = " 보호자에게는 알리지 않을게요."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a desk works: the hub, the root it pins, its pace, and the world outside."""

    url: str
    root: bytes
    pace: timedelta
    clock: Clock
    chance: Chance


class Desk:
    """One agency at work. It keeps packets only sealed."""

    def __init__(self, folder: Path, own: Identity, reply: str, around: Surroundings) -> None:
        """Take up work where the folder says it was left."""
        self._own = own
        self._reply = reply
        self._around = around
        self._tray = Tray(folder / "tray.db", self._hear)
        self._hub = HttpHub(around.url, own.keys, WORLD, None)
        self._book: DirectoryBook | None = None
        self._addressees = Addressees()
        self._backoff = Backoff()
        self._asks = ""

    def ask(self, centre: str) -> None:
        """Ask this organisation for help, once for ever: what was asked is in the tray."""
        self._asks = centre

    def work(self, stopping: Signal) -> None:
        """Work until told to stop."""
        while not stopping.is_set():
            try:
                self._work_a_little(stopping)
                self._backoff = self._backoff.after_success()
            except (LineError, Untrusted):
                self._backoff = self._backoff.after_failure()
                luck = self._around.chance(1)[0] / 256
                stopping.wait(min(self._backoff.wait(luck), LONGEST_REST).total_seconds())
        self._hub.close()
        self._tray.close()

    def round(self, wait: int = 0) -> None:
        """Do what is due, then exchange with the hub while there is more."""
        has_more = True
        while has_more:
            self._do_what_is_due()
            outcome = sync_once(self._tray, self._hub, self._around.clock(), wait=wait)
            has_more = outcome.has_more
            if outcome.directory > self._tray.directory():
                self._book = None

    def _work_a_little(self, stopping: Signal) -> None:
        rest = self._until_next_step()
        if rest < 1:
            # A long poll counts whole seconds; shorter rests are taken here.
            stopping.wait(rest)
            self.round()
        else:
            self.round(wait=int(rest))

    def _until_next_step(self) -> float:
        at = self._tray.next_due()
        if self._tray.waiting(1):
            return 0.0
        if at is None:
            return float(LONG_POLL)
        return min(max((at - self._around.clock()).total_seconds(), 0.0), float(LONG_POLL))

    def _letters(self) -> Letters:
        now = self._around.clock()
        if self._book is None:
            kept = self._tray.proven_files()
            found = renewed(kept, self._around.root, self._hub, now, WORLD)
            self._tray.keep_files(found.book.version, found.files)
            self._book = found.book
        return Letters(self._own, self._book, now, self._addressees)

    def _hear(self, event: Event) -> None:
        """Take in one event. What cannot be proven is left alone, and so does no harm.

        Without a directory nothing can be: then all of it waits.
        """
        try:
            hearing.heard(self._tray, self._letters, event, self._around.pace)
        except DirectoryRefused:
            raise
        except Untrusted:
            return

    def _do_what_is_due(self) -> None:
        if self._asks:
            self._ask(self._asks)
        for ref, step in self._tray.due(self._around.clock()):
            with self._tray.transaction():
                self._step(ref, step)

    def _ask(self, centre: str) -> None:
        case = asking.case_of(self._own.device)
        if not self._tray.has_written(case):
            letters = self._letters()
            with self._tray.transaction():
                for message in asking.first_request(letters, centre, self._around.chance):
                    self._tray.write(case, message)
        self._asks = ""

    def _step(self, ref: str, step: str) -> None:
        letters, event = self._letters(), self._tray.packet(ref)
        self._tray.done(ref)
        if event is None:
            return
        case = letters.opened(event)
        cue = cues.of(case.packet.words)
        if cue.is_silent:
            return
        if step == hearing.OPEN:
            self._tray.write(ref, letters.receipt(case, Stage.OPENED))
            self._tray.plan(ref, _ANSWER, letters.now + self._around.pace)
            return
        text = (cue.words or self._reply) + self._promise(case)
        for moved in cue.moves:
            self._tray.write(ref, letters.moved(case, moved))
        said = TaskNote(text, letters.now, cue.appointment(letters.now), cue.asks)
        self._tray.write(ref, letters.note(case, said, self._around.chance))

    def _promise(self, case: Case) -> str:
        return _NO_GUARDIAN if case.packet.keep_from_guardian else ""
