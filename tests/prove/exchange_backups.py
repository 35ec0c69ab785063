"""Backups left at the hub over a line that is cut, by a program that is killed, come back whole.

A vault is written on, backed up and left, again and again. Each time the line is cut at random
bytes, or the process is killed (kill -9), before it is left over a whole line. Then every set that
the hub keeps is brought to a stick and restored with the recovery code, and holds exactly what was
acknowledged when it was made. No piece is brought that the hub had, and after a purge no set is
left from before it. In the end the hub's folder is
searched for all that was written, and its pieces for a way in other than the code. Control: a hub
that keeps a set with a piece missing.
"""

import random
import secrets
import shutil
import sqlite3
import sys
import time
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import msgspec
from builders import a_moment
from living_for_tests import clock, living
from network_of_one import enrolment_of
from prove.evening import DUSK, differences, found_in
from prove.killed import said_before_death
from prove.proof import Proof, scratch, spread
from prove.severed import ASKED, TOLD, Severed
from prove.sieve import hits
from prove.vault_backup import Trial
from vaults_for_tests import PASSPHRASE, by_key, code

from desktop.domain.backups import named
from desktop.domain.youths import Age
from desktop.errors import AppError, BackupDamaged, HubAway
from desktop.services import backups, lost_laptops, notes, office_backups, unlocking, youths
from desktop.services.office_backups import Outcome, Watch
from desktop.vault import enrolment
from desktop.vault import header as headers
from desktop.vault import sweep as remains
from desktop.vault.slots import RecoverySlot
from sync.client.transport import HttpHub
from sync.protocol.backups import Handful, Pieces
from sync.server import backup_sets, blobs

NAME = "exchange-backups"
FULL = 300
BACKUPS_A_HUB = 6
REACH = ((ASKED, 600), (ASKED, 20_000), (ASKED, 900_000), (TOLD, 400), (TOLD, 2_000))
"""After how many bytes at most: within a head, within a question, within a handful of pieces."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def run(count: int) -> Proof:
    """Leave that many backups."""
    broken = spread(trials, count, BACKUPS_A_HUB, NAME)
    with forgetful():
        is_caught = bool(trials("control", 2))
    return Proof(count, len(broken), is_caught)


def trials(seed: str, count: int) -> list[str]:
    """Leave backups at one hub, in one way or another; return what broke."""
    with scratch("office") as place, living(Path(place) / "hub") as hub:
        severed = Severed(int(hub.url.rpartition(":")[2]))
        try:
            trial = Left(Path(place), seed, hub, severed)
            wrong = [problem for number in range(count) for problem in trial.leave(number)]
            if seed.endswith(" 0"):
                told = f"{trial.cuts} lines cut, {trial.kills} programs killed on the way"
                print(f"  {NAME}: {told}, {trial.sent} in {count} backups", file=sys.stderr)
            return wrong + list(trial.given_away())
        finally:
            severed.close()


class Left(Trial):
    """A laptop that leaves its backups, and a hub to look into."""

    def __init__(self, place, seed, hub, severed):
        super().__init__(place, seed)
        self.hub, self.severed = hub, severed
        self.sent = self.cuts = self.kills = self.purged = 0
        """Bytes of pieces, lines that were cut, programs killed before they were done."""
        self.again = 0
        """Pieces brought that the hub had."""
        self.truths = {}
        """By the name of each backup: what was acknowledged by then."""
        with closing(by_key(self.folder)) as vault, vault.transaction() as db:
            enrolment.keep(db, msgspec.json.encode(self._enrolment()).decode())
        with closing(by_key(self.folder)) as vault, self.line() as line:
            self._grow(vault)
            office_backups.decide(vault, line, clock(), is_on=True)

    @contextmanager
    def line(self):
        """A line of this laptop that can be cut, and that is watched."""
        own = self._enrolment()
        line = HttpHub(self.severed.url, own.keys, "practice", own.hub)
        with closing(line):
            line.ask = partial(self._watched, line.ask)
            yield line

    def leave(self, number):
        """Write, back up, leave it badly and then well; return what does not hold."""
        with closing(by_key(self.folder)) as vault:
            night = self.night(vault)
            for _ in range(self.chance.randrange(1, 12)):
                self.write(vault, night)
            if self.chance.random() < 0.5:
                self._grow(vault)
            if self.chance.random() < 0.2:
                with vault.transaction() as db:
                    remains.owe(db, self.now())
                made = backups.after_purge(vault, self.now())
                self.purged = made.seq
            else:
                made = backups.make(vault, self.now())
        self.truths[made.name] = dict(self.book.at(made.seq))
        self.again = 0
        try:
            for _ in range(self.chance.randrange(1, 4)):
                self.chance.choice((self._cut, self._killed))()
            wrong = [*self._whole(made), *self._come_back()]
        except AppError as error:
            wrong = [type(error).__name__]
        if self.again:
            wrong.append(f"{self.again} pieces were brought again")
        return [f"backup {number}: {problem}" for problem in wrong]

    def given_away(self):
        """Name what the hub could read, or come in by."""
        words = {text.partition(" ")[2] for text in self.book.at(sys.maxsize).values()}
        needles = {f"text {n}": word for n, word in enumerate(words) if len(word) > 8}
        needles |= {"passphrase": PASSPHRASE, "code": code(), "slot": '"passphrase"'}
        yield from hits([self.place / "hub"], needles)
        kinds = [
            type(slot)
            for piece in self._rows("SELECT content FROM blob_content")
            if (told := headers.decode(piece))
            for slot in told.header.slots
        ]
        if not kinds or set(kinds) != {RecoverySlot}:
            yield f"the hub may try {sorted(kind.__name__ for kind in set(kinds))}"

    def _cut(self):
        """The line ends after so many bytes of some question, or of some answer."""
        calls = self.chance.randrange(1, 6)
        way, most = self.chance.choice(REACH)
        with closing(by_key(self.folder)) as vault, self.line() as line:
            ask = line.ask

            def asked(*what):
                nonlocal calls
                calls -= 1
                if not calls:
                    line.close()  # what was carried is counted anew
                    self.severed.cut = way, self.chance.randrange(most)
                return ask(*what)

            line.ask = asked
            try:
                office_backups.leave(vault, line, Watch(clock, lambda: True))
            except HubAway:
                self.cuts += 1
            finally:
                self.severed.cut = None

    def _killed(self):
        """kill -9, somewhere on the way."""
        lines, pause = self.chance.randrange(1, 3), self.chance.uniform(0, 0.01)
        self.kills += b"done" not in said_before_death(self._leave_for_ever, lines, pause)

    def _leave_for_ever(self, say):
        with closing(by_key(self.folder)) as vault, self.line() as line:
            watch = Watch(clock, lambda: True, lambda progress: say(b"more"))
            office_backups.leave(vault, line, watch)
        while True:
            say(b"done")
            time.sleep(0.01)

    def _whole(self, made):
        with closing(by_key(self.folder)) as vault, self.line() as line:
            left = office_backups.leave(vault, line, Watch(clock, lambda: True))
            if left.outcome not in (Outcome.LEFT, Outcome.THERE):
                yield f"it is {left.outcome}"
            if office_backups.standing(vault).newest != made:
                yield "it does not know that it is there"

    def _come_back(self):
        """Bring every set that is kept to a stick, and restore it."""
        with closing(by_key(self.folder)) as vault, self.line() as line:
            kept = lost_laptops.lost(vault, line, clock())
            if not kept:
                yield "nothing was kept"
            for which in kept:
                if which.generation.seq < self.purged:
                    yield "what was purged here is still there"
                watch = Watch(clock, lambda: True)
                with scratch("stick") as stick:
                    path = lost_laptops.bring(vault, line, which, Path(stick), watch)
                    yield from self._restored(path)

    def _restored(self, path):
        place = self.place / "restored"
        found, keys = backups.opened_by(
            unlocking.by_code(place, code(), clock()), backups.found_at(path)
        )
        try:
            backups.restore(found, place, keys, clock())
        except BackupDamaged:
            yield f"{path.name} is damaged"
            return
        with closing(by_key(place)) as vault:
            yield from differences(self.truths[path.name], found_in(vault))
            if named(path.name).seq != backups.restored(vault).seq:
                yield f"{path.name} is another"
        shutil.rmtree(place)

    def _watched(self, ask, path, kind, now, asked=None):
        if isinstance(asked, Handful):
            there = set(self._rows("SELECT sha256 FROM blob"))
            self.sent += sum(len(piece.content) for piece in asked.pieces)
            self.again += sum(piece.digest.hex() in there for piece in asked.pieces)
        return ask(path, kind, now, asked)

    def _rows(self, query):
        with closing(sqlite3.connect(self.place / "hub" / "hub" / "hub.db")) as db:
            return [value for (value,) in db.execute(query)]

    def _grow(self, vault):
        """Write so much that a backup is several handfuls of pieces."""
        for _ in range(4):
            who = youths.NewYouth(f"별{secrets.token_hex(4).translate(_LETTERS)}", Age.stated(16))
            met = youths.meet(vault, who, "", a_moment(DUSK))
            text = f"커다란 {secrets.token_hex(150_000).translate(_LETTERS)}"
            notes.save(vault, met.youth.id, met.meeting.id, text, a_moment(DUSK))
            self.book.write(vault.session.head.seq, f"met {who.alias}", "")
            self.book.write(vault.session.head.seq, f"note {who.alias}", f"open {text}")

    def _enrolment(self):
        founded = self.hub.founded
        return msgspec.structs.replace(
            enrolment_of(founded, self.hub.centre), url=self.severed.url
        )


@contextmanager
def forgetful():
    """A hub that says it has what it has not, and keeps a set without looking."""
    was, sized = blobs.missing, backup_sets._size
    chance = random.Random("forgetful")

    def missing(db, by, asked):
        lacking = list(was(db, by, asked).digests)
        if lacking:
            lacking.pop(chance.randrange(len(lacking)))
        return Pieces(tuple(lacking))

    blobs.missing, backup_sets._size = missing, lambda *_: 1
    try:
        yield
    finally:
        blobs.missing, backup_sets._size = was, sized
