"""An older vault put back, in whole or in part: it must be told, never shown (R-16).

Each fault is done to a copy of a vault whose process was killed, so that its last transactions
are only in the WAL. What goes back further than the anchor remembers must be refused; whatever
else is done, everything must be there. Control: SQLCipher alone, which finds every such vault in
good order. What one rotten bit does is `vault-flips`; a whole laptop put back, with its anchor,
only the hub can notice.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prove.evening import Night, begin, differences, found_in
from prove.killed import said_before_death
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_closed_vault, by_key, vmk

from desktop.errors import AppError, VaultDamaged
from desktop.vault import header, opening
from desktop.vault.connection import connect
from desktop.vault.folder import Folder

NAME = "vault-rollback"
FULL = 1_000
FAULTS_A_VAULT = 25
PLAIN_NAMES, HEADERS = ("notes.db", "notes.db-wal"), ("hdr.a", "hdr.b")


def run(count: int) -> Proof:
    """Do that many faults, each to a vault of its own."""
    with tempfile.TemporaryDirectory() as place:
        a_closed_vault(Path(place) / "vault")
    broken = spread(partial(faults, verdict=ours), count, FAULTS_A_VAULT, NAME)
    return Proof(count, len(broken), any(faults("control", FAULTS_A_VAULT, alone)))


def faults(seed: str, count: int, verdict) -> Iterator[str]:
    """Do faults to copies of one vault; tell each that `verdict` says went unnoticed."""
    chance = random.Random(seed)
    with scratch("rollback") as place:
        past, now = a_night_with_a_past(Path(place), seed)
        truth = truth_of(now, Path(place) / "as-it-was")
        for number in range(count):
            fault = chance.choice(FAULTS)
            folder = shutil.copytree(now, Path(place) / str(number))
            must_be_told = fault(folder, chance.choice(past), chance)
            problem = verdict(folder, truth, must_be_told)
            if problem:
                yield f"fault {number} {fault.__name__}: {problem}"
            shutil.rmtree(folder)


def a_night_with_a_past(place: Path, seed: str):
    """Return copies of a vault at several moments, and the vault after its process was killed."""
    folder = a_closed_vault(place / "vault")
    vault = by_key(folder)
    begin(vault, seed)
    vault.close()
    said_before_death(partial(_write_and_copy, folder, place, seed), 6, 0.0)
    now = shutil.copytree(folder, place / "now")
    return sorted(place.glob("past-*")), now


def _write_and_copy(folder, place, seed, say):
    vault, truth = by_key(folder), {}
    night, chance = Night(vault, seed, truth), random.Random(seed)
    for number in range(5):
        shutil.copytree(folder, place / f"past-{number}")
        for _ in range(chance.randrange(1, 8)):
            key, truth_of_it, do = night.next()
            do()
            truth[key] = truth_of_it
        if number == 1:
            newest = opening.current(vault)
            opening.replace_header(vault, newest.header, newest.seq + 1)
        if number == 2 and chance.random() < 0.5:
            vault.close()
            vault = by_key(folder)
            night = Night(vault, f"{seed} later", truth, night.now)
        say(b"copied")
    say(b"written")
    signal_never_comes = os.pipe()[0]
    os.read(signal_never_comes, 1)


def truth_of(now: Path, scratch: Path):
    """Return what is in the vault before anything was done to it."""
    vault = by_key(shutil.copytree(now, scratch))
    found = found_in(vault)
    vault.close()
    return found


def database_and_log_put_back(folder, past, chance):
    """Everything but header and anchor is older."""
    _put_back(folder, past, *PLAIN_NAMES)
    return True


def all_but_the_anchor_put_back(folder, past, chance):
    """A backup program that passed one small file over."""
    _put_back(folder, past, *PLAIN_NAMES, *HEADERS)
    return True


def database_put_back(folder, past, chance):
    """An older database beside a newer log: all of it may be in the log."""
    _put_back(folder, past, "notes.db")
    return False


def log_deleted(folder, past, chance):
    """A clean-up program took the file away."""
    (folder / "notes.db-wal").unlink()
    return True


def log_cut(folder, past, chance):
    """The end never reached the disk. The very last frame may not have counted yet."""
    log = folder / "notes.db-wal"
    os.truncate(log, chance.randrange(log.stat().st_size))
    return False


def log_put_back(folder, past, chance):
    """An older log beside a newer database."""
    log = past / "notes.db-wal"
    content = log.read_bytes() if log.exists() else b""
    (folder / "notes.db-wal").write_bytes(content)
    return True


def headers_put_back(folder, past, chance):
    """A passphrase that was taken away would open the vault again."""
    _put_back(folder, folder.parent / chance.choice(("past-0", "past-1")), *HEADERS)
    return True


def one_header_put_back(folder, past, chance):
    """The other copy is newer, and in force."""
    _put_back(folder, folder.parent / "past-0", chance.choice(HEADERS))
    return False


def _put_back(folder, past, *names):
    for name in names:
        (folder / name).unlink(missing_ok=True)
        if (past / name).exists():
            shutil.copyfile(past / name, folder / name)


FAULTS = (
    database_and_log_put_back, all_but_the_anchor_put_back, database_put_back, log_deleted,
    log_cut, log_put_back, headers_put_back, one_header_put_back,
)  # fmt: skip


def ours(folder, truth, must_be_told) -> str:
    """Open the vault as the program does: it refuses and keeps a copy, or everything is there."""
    try:
        found = _shown(folder)
    except VaultDamaged as damage:
        return "" if damage.quarantined else "refused, but no copy was kept"
    except AppError as error:
        return type(error).__name__
    return "shown" if must_be_told else "; ".join(differences(truth, found))


def _shown(folder):
    vault = by_key(folder)
    try:
        return found_in(vault)
    finally:
        vault.close()


def alone(folder, truth, must_be_told) -> str:
    """The control: open with SQLCipher alone. It finds nothing, and something is missing."""
    files = Folder(folder)
    kept = header.read(files).newest.header
    try:
        db = connect(files, kept.keys(vmk()).database)
    except VaultDamaged:  # SQLCipher does notice a page that does not open
        return ""
    try:
        is_in_order = not db.execute("PRAGMA cipher_integrity_check").fetchall() and (
            db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        )
        notes = {text for (text,) in db.execute("SELECT text FROM note")}
    finally:
        db.close()
    kept_notes = {v.split(" ", 1)[1] for k, v in truth.items() if k.startswith("note ")}
    return "gone without a word" if is_in_order and not kept_notes <= notes else ""
