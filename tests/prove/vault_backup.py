"""Backups made at random moments come back whole, with exactly what was kept by then (R-13).

Each is restored with the recovery code at a new place, read whole, and compared with what had been
acknowledged when it was made. Some are made beside somebody who writes, some by a process that is
killed in the middle, and some rot by one bit: those must be refused. Control: the files copied
without holding them still.
"""

import random
import shutil
import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove.evening import DUSK, Night, begin, differences, found_in
from prove.killed import said_before_death
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_closed_vault, by_key, code

from desktop.domain.backups import generation
from desktop.errors import AppError, BackupDamaged
from desktop.services import backups, unlocking
from desktop.vault.anchor import encoded
from desktop.vault.folder import Folder

NAME = "vault-backup"
FULL = 200
BACKUPS_A_VAULT = 10


def run(count: int) -> Proof:
    """Make, and bring back, that many."""
    with scratch("backup") as place:
        a_closed_vault(Path(place) / "vault")
    broken = spread(partial(trials, how=HOW), count, BACKUPS_A_VAULT, NAME)
    caught = all(trials(f"control {n}", 2, (copied_without_holding_still,)) for n in range(2))
    return Proof(count, len(broken), caught)


@dataclass
class Book:
    """What was acknowledged, and how much had happened by then: the truth at any moment."""

    pages: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(0, {})])
    trying: list[tuple[int, tuple[str, str]]] = field(default_factory=list)

    def write(self, seq, key, value):
        self.pages.append((seq, self.pages[-1][1] | {key: value}))

    def at(self, seq):
        return [truth for until, truth in self.pages if until <= seq][-1]

    def under_way(self, seq):
        """Return what was being done just then: its first transactions may be there."""
        return next((what for until, what in reversed(self.trying) if until <= seq), None)


class Trial:
    """One vault, and what is known of it."""

    def __init__(self, place: Path, seed: str):
        self.place, self.chance, self.seed = place, random.Random(seed), seed
        self.folder, self.book = a_closed_vault(place / "vault"), Book()
        with closing(by_key(self.folder)) as vault:
            begin(vault, seed)
        self.minutes = 0

    def now(self):
        self.minutes += 2  # all of it in one night
        return DUSK + timedelta(minutes=self.minutes)

    def night(self, vault):
        start = self.now()
        return Night(vault, f"{self.seed} {self.minutes}", dict(self.book.pages[-1][1]), start)

    def write(self, vault, night):
        key, value, do = night.next()
        self.book.trying.append((vault.session.head.seq, (key, value)))
        do()
        night._truth[key] = value
        self.book.write(vault.session.head.seq, key, value)


def trials(seed: str, count: int, how) -> list[str]:
    """Make backups of one vault in one way or another; return what broke."""
    with scratch("backup") as place:
        trial, wrong = Trial(Path(place), seed), []
        for number in range(count):
            done = how[number % len(how)]
            try:
                problems = done(trial)
            except AppError as error:
                problems = [type(error).__name__]
            wrong += [f"backup {number} {done.__name__}: {problem}" for problem in problems]
        return wrong


def beside_a_writer(trial):
    """Somebody saves, and saves, while it is made."""
    with closing(by_key(trial.folder)) as vault:
        is_over = threading.Event()

        def write():
            with closing(vault.sibling()) as own:
                night = trial.night(own)
                for _ in range(60):
                    trial.write(own, night)
                    if is_over.wait(0.001):
                        break

        writer = threading.Thread(target=write)
        writer.start()
        is_over.wait(trial.chance.uniform(0, 0.05))
        made = backups.make(vault, trial.now(), reads_all=trial.chance.random() < 0.3)
        is_over.set()
        writer.join()
    return brought_back(trial, made)


def killed_in_the_middle(trial):
    """kill -9 while it writes and backs up: what stands is whole, and the next one works."""
    before = set(backups.listing(trial.folder))
    said = said_before_death(
        partial(_write_and_back_up, trial), trial.chance.randrange(1, 12),
        trial.chance.uniform(0, 0.06),
    )  # fmt: skip
    for line in said:
        trial.book.trying += [_read(line)] if line.startswith(b"trying") else []
        if line.startswith(b"kept"):
            seq, (key, value) = _read(line)
            trial.book.write(seq, key, value)
    standing = backups.listing(trial.folder)
    wrong = [p for made in standing if made not in before for p in brought_back(trial, made)]
    wrong += ["the last one went"] if before and not standing else []
    with closing(by_key(trial.folder)) as vault:
        last = trial.book.trying[-1][1] if trial.book.trying else None
        if last and found_in(vault).get(last[0]) == last[1]:
            trial.book.write(vault.session.head.seq, *last)
        made = backups.make(vault, trial.now())
    left = {path.name for path in (trial.folder / "backup").iterdir()}
    if left != {each.name for each in backups.listing(trial.folder)}:
        wrong.append("a half one was left")
    return wrong + brought_back(trial, made)


def _write_and_back_up(trial, say):
    with closing(by_key(trial.folder)) as vault:
        night = trial.night(vault)
        while True:
            for _ in range(trial.chance.randrange(1, 5)):
                key, value, do = night.next()
                say(_told("trying", vault.session.head.seq, key, value))
                do()
                night._truth[key] = value
                say(_told("kept", vault.session.head.seq, key, value))
            backups.make(vault, trial.now())


def _told(word, seq, key, value):
    return f"{word}\t{seq}\t{key}\t{value}".encode().replace(b"\n", b"\\n")


def _read(line):
    _, seq, key, value = line.decode().replace("\\n", "\n").split("\t")
    return int(seq), (key, value)


def rotten(trial):
    """One bit of it turns: it is refused, and nothing of it is brought back."""
    with closing(by_key(trial.folder)) as vault:
        trial.write(vault, trial.night(vault))
        made = backups.make(vault, trial.now())
    place = trial.folder / "backup" / made.name
    file = trial.chance.choice(sorted(place.iterdir()))
    content = bytearray(file.read_bytes())
    bit = trial.chance.randrange(len(content) * 8)
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)
    try:
        wrong = brought_back(trial, made) or [f"a bit of {file.name} turned, and nobody noticed"]
        wrong = [] if wrong == ["BackupDamaged"] else wrong
    finally:
        shutil.rmtree(place)
    return wrong


def copied_without_holding_still(trial):
    """The control: the files as they lie there, and the anchor as it stands."""
    with closing(by_key(trial.folder)) as vault:
        night = trial.night(vault)
        for _ in range(5):
            trial.write(vault, night)
        head = vault.session.head
        made = generation(trial.now(), head.seq)
        place = Folder(trial.folder / "backup" / made.name)
        place.path.mkdir(parents=True)
        for name in ("hdr.a", "hdr.b", "notes.db"):
            shutil.copyfile(trial.folder / name, place.path / name)
        place.anchor.write_bytes(encoded(vault.session.keys.anchor, head) * 2)
    return brought_back(trial, made)


HOW = (beside_a_writer, killed_in_the_middle, rotten)


def brought_back(trial, made) -> list[str]:
    """Restore one with the code, at a new place; return what is missing or other than it was."""
    place = trial.place / f"restored {made.name}"
    source = trial.folder / "backup" / made.name
    find = unlocking.by_code(place, code(), trial.now())
    try:
        found, keys = backups.opened_by(find, backups.found_at(source))
        backups.restore(found, place, keys, trial.now())
    except BackupDamaged as error:
        left = [path for path in trial.place.iterdir() if "restor" in path.name]
        return [type(error).__name__, *(f"{path.name} was left" for path in left)]
    try:
        with closing(by_key(place)) as vault:
            vault.verify()
            said = backups.restored(vault)
            wrong = [] if said and said.seq == made.seq else ["it does not say where it is from"]
            truth, trying = trial.book.at(made.seq), trial.book.under_way(made.seq)
            return wrong + differences(truth, found_in(vault), trying)
    finally:
        shutil.rmtree(place)
