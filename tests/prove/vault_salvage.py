"""A damaged vault: everything that opens is saved, everything else is named, nothing is lost more.

Each fault damages a copy of a vault with an evening in it, and often a backup of half of it. Then
what is salvaged is compared row by row with what was there (R-18). Control: the same, said by
somebody who looks only at what opens, and not at the journal.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from fakes import FakeKeychain, FixedChance
from prove.damages import DAMAGES
from prove.evening import DUSK, Night, begin
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_closed_vault, by_key, vmk

from desktop.errors import AppError, VaultDamaged
from desktop.services import members, salvage
from desktop.vault import backup
from desktop.vault.columns import content
from desktop.vault.rows import BORN
from desktop.vault.salvage import WHOLE
from desktop.vault.subjects import SUBJECTS, every

NAME = "vault-salvage"
FULL = 50
FAULTS_A_VAULT = 10
_NEW_PASSPHRASE = "비 그친 새벽 버스 정류장의 파란 의자"


def run(count: int) -> Proof:
    """Damage that many vaults."""
    with tempfile.TemporaryDirectory() as place:
        a_closed_vault(Path(place) / "vault")
    broken = spread(partial(faults, told=ours), count, FAULTS_A_VAULT, NAME)
    return Proof(count, len(broken), any(faults("control 2", FAULTS_A_VAULT, what_opens)))


def faults(seed: str, count: int, told) -> Iterator[str]:
    """Damage copies of one vault; tell what was neither saved nor named, as it is found."""
    chance = random.Random(seed)
    with scratch("salvage") as place:
        kept, past, truth = an_evening(Path(place), seed, chance)
        for number in range(count):
            folder = Path(place) / f"home-{number}" / "vault"
            shutil.copytree(kept, folder)
            damage = DAMAGES[(number + chance.randrange(2)) % len(DAMAGES)]
            what = f"{damage.__name__} {damage(folder, past, chance)}"
            problems = judged(folder, truth, told)
            yield from (f"fault {number}, {what}: {problem}" for problem in problems)
            shutil.rmtree(folder.parent)


def an_evening(place: Path, seed: str, chance):
    """Return a vault that was killed, what its database was earlier, and what is in it."""
    folder = a_closed_vault(place / "vault")
    vault, truth = by_key(folder), {}
    begin(vault, seed)
    night = Night(vault, seed, truth)
    for number in range(90):
        key, value, do = night.next()
        do()
        truth[key] = value
        if number == 30:
            vault.close()
            past = (folder / "notes.db").read_bytes()
            vault = by_key(folder)
            night = Night(vault, f"{seed} later", truth, night.now)
        if number == 60 and chance.random() < 0.7:
            backup.make(vault, night.now)
    with vault.reading() as db:
        records = {(s, record): row for s in SUBJECTS for record, row in every(db, s)}
    for name in BORN:
        if records.get(name) == BORN[name]:
            del records[name]  # no record yet
    if chance.random() < 0.5:
        vault.close()
        return folder, past, records
    now = shutil.copytree(folder, place / "killed")
    vault.close()
    return now, past, records


def ours(salvaged):
    """What we say."""
    return salvaged


def what_opens(salvaged):
    """The control: what opens is all there is."""
    return replace(salvaged, missing=(), unknown=(), is_end_known=True)


def judged(folder: Path, truth, told) -> list[str]:
    """Salvage, and say what was neither saved nor named, and what was touched."""
    before = _bytes_in(folder)
    try:
        salvaged = told(salvage.look(folder, lambda header: vmk()))
    except VaultDamaged:
        # No header is left anywhere: there is nothing to open the rest with, and it says so.
        has_header = any((folder / "backup").glob("*/hdr.a"))
        return ["gave up"] if has_header else _touched(folder, before)
    except AppError as error:
        return [type(error).__name__]
    problems = _unnamed(truth, salvaged) + _touched(folder, before)
    problems += _wrongly_held(folder, salvaged, truth)
    return problems + _not_kept(salvaged, folder.parent.parent / f"new-{folder.parent.name}")


def _unnamed(truth, salvaged) -> list[str]:
    """Every record is here as it was, or named, or there are entries nobody could read."""
    read = {(r.subject, r.record): r for r in salvaged.what.read}
    named = {(m.subject, m.record) for m in salvaged.missing}
    wrong = []
    for name, row in truth.items():
        is_here = name in read and _row(read[name]) == row
        if not is_here and name not in named and not salvaged.unknown and salvaged.is_end_known:
            wrong.append(f"{name[0]} is gone and not named")
        if (
            name in read
            and read[name].state == WHOLE
            and not is_here
            and not (salvaged.unknown or not salvaged.is_end_known)
        ):
            wrong.append(f"{name[0]} is called whole and is not")
    made_up = [n for n, r in read.items() if r.state == WHOLE and n not in truth]
    return wrong + [f"{name[0]} was never there" for name in made_up if not salvaged.unknown]


def _row(read) -> bytes:
    about = SUBJECTS[read.subject]
    _, row = read.rows[0]
    parts = [
        sorted(
            [each[column] for column in part.columns]
            for table, each in read.rows[1:]
            if table == part.table
        )
        for part in about.parts
    ]
    return content(*(row[column] for column in about.columns), *parts)


def _wrongly_held(folder, salvaged, truth) -> list[str]:
    return [
        f"{missing.subject}: {name} is said to hold it and does not exist"
        for missing in salvaged.missing
        for name in missing.held_by
        if not (folder / "backup" / name).is_dir()
    ]


def _bytes_in(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "quarantine" not in path.parts
    }


def _touched(folder, before) -> list[str]:
    wrong = [] if _bytes_in(folder) == before else ["the damaged vault was touched"]
    copies = list((folder / "quarantine").iterdir())
    if len(copies) != 1:
        return [*wrong, f"{len(copies)} copies"]
    kept = {Path(p.name): p.read_bytes() for p in copies[0].iterdir()}
    if kept != {name: kept_ for name, kept_ in before.items() if name in kept}:
        wrong.append("the copy is another")
    return wrong


def _not_kept(salvaged, place: Path) -> list[str]:
    """Put it all into a new vault and look for it there."""
    if place.exists():
        return ["a new vault appeared by itself"]
    making = {"world": "practice", "chance": FixedChance(), "keychain": FakeKeychain()}
    kept = salvage.keep(
        salvaged, place, _NEW_PASSPHRASE, DUSK + timedelta(days=1), cost=members.FLOOR, **making
    )
    vault = by_key(place)
    try:
        with vault.reading() as db:
            there = {(s, record): row for s in SUBJECTS for record, row in every(db, s)}
    finally:
        vault.close()
    shutil.rmtree(place)
    left = set(kept.left_out)
    return [
        f"{read.subject} was read and not kept"
        for read in salvaged.what.read
        if read.subject != "vault"
        and (read.subject, read.record) not in left
        and there.get((read.subject, read.record)) != _row(read)
    ]
