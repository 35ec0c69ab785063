"""One bit rots in a file of a vault or of a backup: it is noticed, or changes nothing (R-15).

Half of the vaults were closed in good order and half killed, so that much is only in the WAL.
What is shown after the flip must be what was written, or nothing; a backup must be refused.
Control: the same words in plain SQLite, which shows others without a word. That every bit of
header and anchor is noticed by itself is `vault-bits`.
"""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from invented import note
from prove.evening import DUSK
from prove.proof import Proof, scratch, spread
from prove.vault_rollback import a_night_with_a_past, ours, truth_of
from vaults_for_tests import a_vault, by_key

from desktop.errors import BackupDamaged
from desktop.services import backups

NAME = "vault-flips"
BACKUP = "backup"
FILES = ("notes.db", "notes.db-wal", "hdr.a", "hdr.b", "anchor", BACKUP)
FULL = 10_000 * len(FILES)
FLIPS_A_VAULT = 250


def run(count: int) -> Proof:
    """Flip that many bits, one at a time, each in a vault of its own."""
    with scratch("flips") as place:
        a_vault(Path(place) / "vault").close()  # once, before the workers part
    broken = spread(flips, count, FLIPS_A_VAULT, NAME)
    return Proof(count, len(broken), is_shown_by_plain_sqlite())


def flips(seed: str, count: int) -> list[str]:
    """Flip bits of copies of one night; return those that were shown."""
    with scratch("flips") as place:
        night = Rotting(Path(place), seed)
        said = [night.flip(FILES[number % len(FILES)]) for number in range(count)]
        return [each for each in said if each]


class Rotting:
    """One night, as it was when its process was killed, closed, and backed up."""

    def __init__(self, place: Path, seed: str):
        self._place, self._chance = place, random.Random(seed)
        _, self._killed = a_night_with_a_past(place, seed)
        self._closed = place / "closed"
        self._truth = truth_of(self._killed, self._closed)
        vault = by_key(self._closed)
        made = backups.make(vault, DUSK)
        self._keys = backups.of_vault(vault)
        vault.close()
        self._backup = (self._closed / "backup" / made.name).rename(place / made.name)

    def flip(self, name: str) -> str:
        """Flip one bit of a file in a copy; say which, if it was shown."""
        is_killed = name == "notes.db-wal" or self._chance.random() < 0.5
        source = self._killed if is_killed else self._closed
        if name == BACKUP:
            names = sorted(path.name for path in self._backup.iterdir())
            source, name = self._backup, self._chance.choice(names)
        folder = shutil.copytree(source, self._place / "flipped")
        try:
            bit = flip(folder / name, self._chance)
            if source == self._backup:
                problem = self._backed_up(folder)
            else:
                problem = ours(folder, self._truth, must_be_told=False)
        finally:
            shutil.rmtree(folder)
        return f"bit {bit} of {name} in {source.name}: {problem}" if problem else ""

    def _backed_up(self, folder: Path) -> str:
        try:
            backups.verify(folder, self._keys)
        except BackupDamaged:
            return ""
        return "believed"


def flip(file: Path, chance) -> int:
    """Flip one bit of a file, and say which."""
    content = bytearray(file.read_bytes())
    bit = chance.randrange(len(content) * 8)
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)
    return bit


def is_shown_by_plain_sqlite() -> bool:
    """The control: flip bits of the same words without encryption, journal and anchor."""
    chance = random.Random("control")
    texts = [note(chance) for _ in range(40)]
    with scratch("flips") as place:
        file = Path(place) / "plain.db"
        with closing(sqlite3.connect(file)) as db:
            db.execute("CREATE TABLE note (text TEXT)")
            db.executemany("INSERT INTO note VALUES (?)", [(text,) for text in texts])
            db.commit()
        whole = file.read_bytes()
        return any(_shows_others(file, whole, texts, chance) for _ in range(100))


def _shows_others(file, whole, texts, chance):
    file.write_bytes(whole)
    flip(file, chance)
    try:
        with closing(sqlite3.connect(file)) as db:
            shown = [text for (text,) in db.execute("SELECT text FROM note")]
    except sqlite3.Error:
        return False
    return shown != texts
