"""Nothing planted in an evening can be found on any disk that laptop or hub wrote to (R-20).

Two evenings on one small disk: one through the services and a hub, one through the windows of the
real program, which ends by its lock, a bug, a kill or a crash; backups are made, one on a stick,
and everything is put under new keys. The files are searched while everything is open (those
without a name too) and afterwards; then the disk is taken away and its raw image is searched,
where what was deleted still lies. Home, temporary, settings, cache and recent files of the
program are on that disk. The agencies' own folders, which rightly hold their own keys, are not.
Controls: the same words in plain SQLite, and in a file that was deleted.
"""

import os
import shutil
import sqlite3
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove.driving import Home, a_home, allow_cores, driven
from prove.network import template
from prove.planted import Planted
from prove.proof import Proof, scratch, spread
from prove.rawdisk import disk
from prove.sieve import Sieve, hits, hits_in_unlinked
from vaults_for_tests import PASSPHRASE, a_keychain

from desktop.services import backups, members

NAME = "vault-needles"
FULL = 50
ENDS = ("lock", "segv", "bug", "kill", "abrt")
NOTES = 8


def run(count: int) -> Proof:
    """Live that many evenings."""
    with scratch("needles") as place:
        kept = template(Path(place) / "kept")
        home = a_home(Path(place) / "home", NOTES)
        broken = spread(partial(evenings, kept, home), count, 1, NAME)
        caught = is_found_in_plain_sqlite(kept, Path(place)) and is_found_though_deleted()
    return Proof(count, len(broken), caught)


def evenings(kept: Path, home: Home, seed: str, count: int) -> list[str]:
    """Live evenings; return what was found."""
    number = int(seed.rsplit(" ", 1)[1])
    return [
        found
        for again in range(count)
        for found in an_evening(kept, home, f"{seed}/{again}", ENDS[number % len(ENDS)])
    ]


def an_evening(kept: Path, home: Home, seed: str, end: str) -> list[str]:
    """Live both evenings on one disk."""
    with scratch("needles") as place:
        with disk(Path(place)) as own:
            _keep_temporary_files_in(own.folder / "tmp")
            evening = Planted(kept, Path(place), seed, disk=own.folder)
            found = [*_through_the_services(evening), *_through_the_windows(home, own, end)]
        needles = evening.needles | home.needles
        if own.image is not None:
            found += [f"{hit} in the raw image" for hit in Sieve(needles).found_in_file(own.image)]
    return found


def _through_the_services(evening: Planted) -> list[str]:
    evening.live()
    _keep_copies(evening)
    found = [f"while open: {hit}" for hit in hits([evening.own], evening.needles)]
    held = hits_in_unlinked(os.getpid(), Sieve(evening.needles))
    found += [f"while open: {hit}" for hit in held]
    evening.world.close()
    return found + [f"when closed: {hit}" for hit in hits([evening.own], evening.needles)]


def _keep_copies(evening: Planted) -> None:
    """Back up, copy that to a stick, put everything under new keys, and back up again."""
    world, keychain = evening.world, a_keychain()
    backups.make(world.vault, world.clock())
    (evening.own / "stick").mkdir()
    backups.copy_to(world.vault.folder, evening.own / "stick", backups.of_vault(world.vault))
    world.vault = members.renew_keys(
        world.vault, PASSPHRASE, now=world.clock() + timedelta(hours=1),
        world=world.vault.world, chance=os.urandom, keychain=keychain, cost=members.FLOOR,
    ).vault  # fmt: skip
    keys = world.vault.session.keys
    evening.needles |= {"new database key": keys.database[:32], "new chain key": keys.chain}
    evening.needles["new device secret"] = next(iter(keychain.kept.values()))
    backups.make(world.vault, world.clock() + timedelta(hours=2))


def _through_the_windows(home: Home, own, end: str) -> list[str]:
    kept = Home(
        shutil.copytree(home.place, own.folder / "home"),
        home.needles, home.additions, home.searches,
    )  # fmt: skip
    around = own.folder / "around"
    around.mkdir()
    with driven(kept, end, around, preexec_fn=allow_cores) as program:
        program.until("written")
        found = [f"written: {hit}" for hit in hits([own.folder], home.needles)]
        held = hits_in_unlinked(program.process.pid, Sieve(home.needles))
        found += [f"written: {hit}" for hit in held]
        program.go_on()
        program.until("painted") if end == "lock" else program.process.wait()
    return found + [f"after {end}: {hit}" for hit in hits([own.folder], home.needles)]


def _keep_temporary_files_in(place: Path) -> None:
    """Give this process, and SQLite in it, a temporary folder that can be searched."""
    place.mkdir()
    os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = str(place)
    tempfile.tempdir = str(place)


def is_found_in_plain_sqlite(kept: Path, place: Path) -> bool:
    """Write the same rows without encryption: every planted word must be found."""
    evening = Planted(kept, place / "control", "control")
    evening.place.mkdir()
    evening.live()
    (place / "plain").mkdir()
    plain = sqlite3.connect(place / "plain" / "notes.db")
    with evening.world.vault.reading() as db:
        for table in ("youth", "note", "judgement", "consent", "referral", "reply", "enrolment"):
            rows = db.execute(f"SELECT * FROM {table}").fetchall()
            plain.execute(
                f"CREATE TABLE {table} ({','.join(f'c{n}' for n in range(len(rows[0])))})"
            )
            plain.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
    plain.commit()
    plain.close()
    evening.world.close()
    found = {hit.split(" as ")[0] for hit in hits([place / "plain"], evening.needles)}
    kept_in_rows = ("alias", "note", "grounds", "guardian", "contact", "words", "device key")
    planted = {name for name in evening.needles if name.startswith(kept_in_rows)}
    return planted <= found


def is_found_though_deleted() -> bool:
    """Write a file and delete it: in the raw image it must be found; or there is no image."""
    sieve = Sieve({"words": PASSPHRASE})
    with scratch("needles") as place:
        with disk(Path(place)) as own:
            file = own.folder / "deleted"
            file.write_text(PASSPHRASE * 100, "utf-8")
            with file.open("rb") as held:
                os.fsync(held.fileno())
                file.unlink()
                is_held = any(hits_in_unlinked(os.getpid(), sieve))
        return is_held and (own.image is None or bool(sieve.found_in_file(own.image)))
