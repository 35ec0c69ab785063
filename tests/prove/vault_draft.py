"""kill -9 while somebody types: at most five seconds of it may be lost (R-09).

The real paper and its saving, in processes of their own, are typed into with rests of every
length, and killed. Each letter is timed; afterwards the note must begin with everything typed
more than five seconds before the kill. Control: a paper that is saved once a minute.
"""

import os
import random
import signal
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from invented import note
from prove.evening import DUSK, Clock, begin
from prove.proof import Proof, scratch, tell
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.youths import Age
from desktop.services import youths
from desktop.vault import notes as rows

NAME = "vault-draft"
FULL = 1_000
MAY_BE_LOST = 5.0
AT_ONCE = 12
_SHORTEST, _LONGEST = 1.0, 9.0
_PATIENT = 60_000  # milliseconds
_TYPED = {"quick": (0.05, 0.2), "slow": (0.2, 0.55), "resting": (0.1, 2.0)}


def run(count: int) -> Proof:
    """Type and kill that often, some papers beside each other."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import ui.notes.saving  # noqa: F401 - loaded once, before the papers part

    broken, caught = [], False
    for at in range(0, count, AT_ONCE):
        some = [f"{NAME} {number}" for number in range(at, min(at + AT_ONCE, count))]
        lost, is_caught = _killed(some, with_control=at == 0)
        broken += lost
        caught = caught or is_caught
    tell(NAME, broken)
    return Proof(count, len(broken), caught)


def _killed(seeds, *, with_control) -> tuple[list[str], bool]:
    with scratch("draft") as place:
        papers = [Paper(Path(place) / str(n), seed) for n, seed in enumerate(seeds)]
        control = [Paper(Path(place) / "control", "control", is_patient=True)] * with_control
        living = [*papers, *control]
        for paper in living:
            paper.begin()
        while any(paper.is_alive for paper in living):
            time.sleep(0.01)
            for paper in living:
                paper.kill_if_due()
        lost = [f"{p.seed}: {p.lost()}" for p in papers if p.lost()]
        return lost, any(paper.lost() for paper in control)


@dataclass
class Paper:
    """One process, one paper, one vault."""

    place: Path
    seed: str
    is_patient: bool = False
    is_alive: bool = False
    killed_at: float = 0.0

    def begin(self):
        """Start typing in a process of its own."""
        chance = random.Random(self.seed)
        self._text = note(chance, 2_000, 2_000)
        with closing(by_key(a_closed_vault(self.place / "vault"))) as vault:
            begin(vault, self.seed)
            who = youths.NewYouth("하늘", Age.stated(16))
            self._met = youths.meet(vault, who, "", Clock(chance)())
        lives = _LONGEST if self.is_patient else chance.uniform(_SHORTEST, _LONGEST)
        self._heard, told = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            _type(self, told)
        os.close(told)
        self._said, self.is_alive = b"", True
        self._said += os.read(self._heard, 1)  # the paper is there
        self._due = time.monotonic() + lives

    def kill_if_due(self):
        """kill -9, when its time has come."""
        if self.is_alive and time.monotonic() >= self._due:
            self.killed_at = time.monotonic()
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            with os.fdopen(self._heard, "rb") as pipe:
                self._said += pipe.read()
            self.is_alive = False

    def lost(self) -> str:
        """Compare what is kept with what was typed more than five seconds before the kill."""
        times = [float(line) for line in self._said.split()]
        if not times:
            return "nothing was typed"
        needed = sum(at <= self.killed_at - MAY_BE_LOST for at in times)
        with closing(by_key(self.place / "vault")) as vault, vault.reading() as db:
            kept = rows.about(db, self._met.meeting.id)
        text = kept.note.text if kept else ""
        if not self._text.startswith(text):
            return "something else is kept"
        missing = len(self._text[:needed].rstrip()) - len(text)
        return f"{missing} letters from more than five seconds ago" if missing > 0 else ""


def _type(paper, told):
    """In the child: type until the end."""
    try:
        _typing(paper, told)
    finally:  # a fork must never run on into its parent's code
        os._exit(1)


def _typing(paper, told):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.notes import saving
    from ui.notes.editor import NoteEditor
    from ui.tasks import Tasks

    if paper.is_patient:
        saving.PAUSE = saving.LONGEST = _PATIENT
    program = QApplication([])
    chance, letters = random.Random(f"{paper.seed} typing"), iter(paper._text)
    slowly = _TYPED["quick" if paper.is_patient else chance.choice(sorted(_TYPED))]
    moments = Clock(chance, DUSK + timedelta(hours=1))
    tasks, editor = Tasks(lambda: by_key(paper.place / "vault"), moments), NoteEditor()
    saver = saving.Saver(tasks, editor)
    saver.follow((paper._met.youth.id, paper._met.meeting.id), None)
    editor.show()
    hand = QTimer()

    def strike():
        editor.textCursor().insertText(next(letters))
        os.write(told, f"{time.monotonic()}\n".encode())
        hand.start(round(chance.uniform(*slowly) * 1000))

    hand.setSingleShot(True)
    hand.timeout.connect(strike)
    os.write(told, b" ")
    strike()
    program.exec()
