"""A window's vault on a disk of a few megabytes of its own, full at the lock; for its test."""

import json
import os
import secrets
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from small_disk_for_tests import fill
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.services import looks, notes, outreach, youths
from ui.lock import Lock
from ui.locking.guard import Guard
from ui.tasks import Tasks
from ui.widgets.frame import Frame

WORDS = "잠들기 전에 들은 말. " * 400


def a_moment():
    """Return a moment like any."""
    return Moment(datetime(2026, 11, 20, 12, 40, tzinfo=UTC), uuid.uuid4())


class Night:
    """Somebody was met; the guard watches over the vault, and the disk fills up."""

    def __init__(self, disk):
        self.disk, self.folder = disk, a_closed_vault(disk / "vault")
        self.app = QApplication([])
        self.tasks, line = Tasks(lambda: by_key(self.folder), a_moment), Tasks(None, a_moment)
        self.frame, self.lock = Frame("", ""), Lock(lambda more: None)
        guard = Guard(self.frame, self.lock)
        guard.watch_over(self.tasks, line, self.rescue, secrets.token_bytes)
        self.done(lambda vault: outreach.begin(vault, outreach.Plan("역"), a_moment()))
        who = youths.NewYouth("하늘", Age.stated(16))
        self.met = self.done(lambda vault: youths.meet(vault, who, "", a_moment()))
        while not (self.folder / "reserve").exists():
            self.app.processEvents()

    def rescue(self):
        """Keep the words that are on the screen."""
        ids = self.met.youth.id, self.met.meeting.id
        self.tasks.run(lambda vault: notes.rescue(vault, *ids, WORDS, a_moment()), lambda _: None)

    def done(self, work):
        """Do `work` with the vault and return its answer."""
        answers = []
        self.tasks.run(work, answers.append)
        while not answers:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return answers[0]

    def look(self):
        """Open the page of who was met; return how many looks are owed."""
        youth = self.met.youth.id
        self.done(lambda vault: youths.open_file(vault, youth, None, a_moment()))
        return self.done(looks.owed)

    def found_again(self):
        """Say what is there when it opens again with room on the disk."""
        (self.disk / "other").unlink()
        again = by_key(self.folder)
        again.verify()
        with again.reading() as db:
            text = db.execute("SELECT text FROM note").fetchone()
        count = len(looks.of(again, self.met.youth.id))
        again.close()
        return {"words": text == (WORDS,), "looks": count}


def main(disk):
    """Look, lock, and say what was kept."""
    night = Night(disk)
    fill(disk / "other")
    told = {"owed": night.look()}
    night.lock.lock()
    sys.stdout.write(json.dumps(told | night.found_again()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
