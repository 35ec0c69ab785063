"""The journal edited, cut or put in another order: whoever lacks its key is found out (R-19).

Each fault is done by somebody who can open the database and has taken its triggers away. Control:
SQLCipher's and SQLite's own checks, which find such a journal in good order.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prove.evening import Night, begin
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_closed_vault, by_key, vmk

from desktop.errors import VaultDamaged
from desktop.vault import header
from desktop.vault.connection import connect
from desktop.vault.folder import Folder
from desktop.vault.keys import vault_keys

NAME = "vault-journal"
FULL = 1_000
FAULTS_A_VAULT = 50
_COLUMNS = ("kind", "record", "version", "digest", "at", "h")


def run(count: int) -> Proof:
    """Do that many faults, each to a copy of a night's vault."""
    with tempfile.TemporaryDirectory() as place:
        a_closed_vault(Path(place) / "vault")
    broken = spread(partial(faults, verdict=ours), count, FAULTS_A_VAULT, NAME)
    return Proof(count, len(broken), any(faults("control", FAULTS_A_VAULT, alone)))


def faults(seed: str, count: int, verdict) -> Iterator[str]:
    """Do faults to copies of one vault; tell each that `verdict` says went unnoticed."""
    chance = random.Random(seed)
    with scratch("journal") as place:
        kept = a_closed_night(Path(place), seed)
        for number in range(count):
            fault = chance.choice(FAULTS)
            folder = shutil.copytree(kept, Path(place) / str(number))
            what = _done_to(folder, fault, chance)
            if not verdict(folder):
                yield f"fault {number} {fault.__name__} {what}: gone without a word"
            shutil.rmtree(folder)


def a_closed_night(place: Path, seed: str) -> Path:
    """Return a vault with a night in it."""
    folder = a_closed_vault(place / "vault")
    vault = by_key(folder)
    begin(vault, seed)
    night = Night(vault, seed, {})
    for _ in range(40):
        night.next()[2]()
    vault.close()
    return folder


def _done_to(folder: Path, fault, chance) -> str:
    db = _alone(folder)
    try:
        db.execute("DROP TRIGGER what_happened_stays")
        db.execute("DROP TRIGGER what_happened_is_kept")
        last = db.execute("SELECT max(seq) FROM op").fetchone()[0]
        return fault(db, last, chance)
    finally:
        db.close()


def _alone(folder: Path):
    files = Folder(folder)
    kept = header.read(files).newest.header
    return connect(files, vault_keys(vmk(), kept.vault_id, kept.epoch).database)


def an_entry_edited(db, last, chance):
    """What happened reads otherwise."""
    seq, column = chance.randint(1, last), chance.choice(_COLUMNS)
    (old,) = db.execute(f"SELECT {column} FROM op WHERE seq = ?", (seq,)).fetchone()
    new = old
    while new == old:
        new = _another(old, chance)
    db.execute(f"UPDATE op SET {column} = ? WHERE seq = ?", (new, seq))
    return f"{column} of {seq}"


def _another(old, chance):
    if isinstance(old, bytes):
        at = chance.randrange(len(old) * 8)
        changed = bytearray(old)
        changed[at // 8] ^= 1 << at % 8
        return bytes(changed)
    if isinstance(old, int):
        return old + chance.choice((-1, 1, 7))
    return old[: chance.randrange(len(old) + 1)] + chance.choice("abc가")


def entries_cut(db, last, chance):
    """It never happened."""
    first = chance.randint(1, last)
    db.execute("DELETE FROM op WHERE seq BETWEEN ? AND ?", (first, first + chance.randrange(4)))
    return f"from {first}"


def the_end_cut(db, last, chance):
    """The last hours never happened."""
    first = last - chance.randrange(10)
    db.execute("DELETE FROM op WHERE seq >= ?", (first,))
    return f"from {first}"


def entries_cut_and_closed_up(db, last, chance):
    """It never happened, and the numbers have no gap."""
    seq = chance.randint(1, last - 1)
    db.execute("DELETE FROM op WHERE seq = ?", (seq,))
    db.execute("UPDATE op SET seq = -seq WHERE seq > ?", (seq,))
    db.execute("UPDATE op SET seq = -seq - 1 WHERE seq < 0")
    return f"{seq}"


def two_entries_exchanged(db, last, chance):
    """The other came first."""
    first, second = sorted(chance.sample(range(1, last + 1), 2))
    db.execute("UPDATE op SET seq = -1 WHERE seq = ?", (first,))
    db.execute("UPDATE op SET seq = ? WHERE seq = ?", (first, second))
    db.execute("UPDATE op SET seq = ? WHERE seq = -1", (second,))
    return f"{first} and {second}"


def an_entry_added(db, last, chance):
    """It happened, says somebody without the key."""
    db.execute(
        "INSERT INTO op SELECT ?, kind, record, version + 1, digest, at, h FROM op WHERE seq = ?",
        (last + 1, chance.randint(1, last)),
    )
    return f"{last + 1}"


FAULTS = (
    an_entry_edited, an_entry_edited, entries_cut, the_end_cut, entries_cut_and_closed_up,
    two_entries_exchanged, an_entry_added,
)  # fmt: skip


def ours(folder: Path) -> bool:
    """Say whether opening, or the weekly check, refuses."""
    try:
        vault = by_key(folder)
    except VaultDamaged:
        return True
    try:
        vault.verify()
    except VaultDamaged:
        return True
    finally:
        vault.close()
    return False


def alone(folder: Path) -> bool:
    """The control: say whether SQLCipher and SQLite see anything."""
    db = _alone(folder)
    try:
        pages = db.execute("PRAGMA cipher_integrity_check").fetchall()
        return bool(pages) or db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    finally:
        db.close()
