"""An older page of the file put back, or two pages exchanged: no changed row is believed (R-17).

Each fault is done to a copy of a closed vault that was closed and gone on with several times.
Control: the checks of SQLCipher, SQLite and the journal, which find such a vault in good order.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prove.evening import Night, begin, differences, found_in
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_closed_vault, by_key

from desktop.errors import VaultDamaged
from desktop.vault import journal

NAME = "vault-pages"
FULL = 1_000
FAULTS_A_VAULT = 50
PAGE = 4096


def run(count: int) -> Proof:
    """Do that many faults, each to a copy of a vault."""
    with tempfile.TemporaryDirectory() as place:
        a_closed_vault(Path(place) / "vault")
    broken = spread(partial(faults, check=ours), count, FAULTS_A_VAULT, NAME)
    seeds = (f"control {number}" for number in range(4))
    control = any(any(faults(seed, FAULTS_A_VAULT, without_rows)) for seed in seeds)
    return Proof(count, len(broken), control)


def faults(seed: str, count: int, check) -> Iterator[str]:
    """Do faults to copies of one vault; tell each after which something else was believed."""
    chance = random.Random(seed)
    with scratch("pages") as place:
        now, past = nights(Path(place), seed)
        vault = by_key(shutil.copytree(now, Path(place) / "as-it-was"))
        truth = found_in(vault)
        vault.close()
        for number in range(count):
            folder = shutil.copytree(now, Path(place) / str(number))
            what = chance.choice((put_back, put_back, put_back, exchanged))(folder, past, chance)
            problem = check(folder, truth)
            if problem:
                yield f"fault {number}, {what}: {problem}"
            shutil.rmtree(folder)


def nights(place: Path, seed: str):
    """Return a closed vault, and its database as it was after each of several evenings."""
    folder, past = a_closed_vault(place / "vault"), []
    vault, truth = by_key(folder), {}
    begin(vault, seed)
    night = Night(vault, seed, truth)
    for number in range(5):
        for _ in range(14):
            key, value, do = night.next()
            do()
            truth[key] = value
        vault.close()
        past.append((folder / "notes.db").read_bytes())
        vault = by_key(folder)
        night = Night(vault, f"{seed} {number}", truth, night.now)
    vault.close()
    return folder, past


def put_back(folder: Path, past, chance) -> str:
    """One to three pages are as they were after an earlier evening."""
    file, old = folder / "notes.db", chance.choice(past[:-1])
    new = bytearray(file.read_bytes())
    differ = [at for at in range(0, len(old), PAGE) if new[at : at + PAGE] != old[at : at + PAGE]]
    pages = chance.sample(differ, min(len(differ), chance.choice((1, 1, 1, 2, 3))))
    for at in pages:
        new[at : at + PAGE] = old[at : at + PAGE]
    file.write_bytes(new)
    return f"pages {sorted(at // PAGE + 1 for at in pages)} put back"


def exchanged(folder: Path, past, chance) -> str:
    """Two pages stand in each other's place."""
    file = folder / "notes.db"
    content = bytearray(file.read_bytes())
    one, other = (at * PAGE for at in chance.sample(range(len(content) // PAGE), 2))
    content[one : one + PAGE], content[other : other + PAGE] = (
        content[other : other + PAGE],
        content[one : one + PAGE],
    )
    file.write_bytes(content)
    return f"pages {one // PAGE + 1} and {other // PAGE + 1} exchanged"


def ours(folder: Path, truth) -> str:
    """Open and check as the program does; what passes must be what was there."""
    try:
        vault = by_key(folder)
    except VaultDamaged:
        return ""
    try:
        vault.verify()
        return "; ".join(differences(truth, found_in(vault)))
    except VaultDamaged:
        return ""
    finally:
        vault.close()


def without_rows(folder: Path, truth) -> str:
    """The control: pages, structure and journal are looked at, and no row."""
    try:
        vault = by_key(folder)
    except VaultDamaged:
        return ""
    try:
        with vault.reading() as db:
            pages = db.execute("PRAGMA cipher_integrity_check").fetchall()
            structure = db.execute("PRAGMA integrity_check").fetchall()
            is_chained = journal.holds_since(vault._connection, vault._session.keys, journal.START)
        if pages or structure != [("ok",)] or not is_chained:
            return ""
        return "; ".join(differences(truth, found_in(vault)))
    except VaultDamaged:
        return ""
    finally:
        vault.close()
