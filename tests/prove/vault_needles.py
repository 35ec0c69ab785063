"""Nothing planted in an evening can be found in any file that laptop or hub wrote (R-20).

Files are read while the vault is open and again after it was closed; the agencies' own folders,
which rightly hold their own keys, are left out. Control: the same words in plain SQLite.
"""

import os
import sqlite3
import tempfile
from functools import partial
from pathlib import Path

from prove.needles import hits
from prove.network import template
from prove.planted import Planted
from prove.proof import Proof, scratch, spread

NAME = "vault-needles"
FULL = 50


def run(count: int) -> Proof:
    """Live that many evenings."""
    with scratch("needles") as place:
        kept = template(Path(place) / "kept")
        broken = spread(partial(evenings, kept), count, 1, NAME)
        caught = is_found_in_plain_sqlite(kept, Path(place))
    return Proof(count, len(broken), caught)


def evenings(kept: Path, seed: str, count: int) -> list[str]:
    """Live evenings; return what was found."""
    found = []
    for number in range(count):
        with scratch("needles") as place:
            _keep_temporary_files_in(Path(place) / "tmp")
            evening = Planted(kept, Path(place), f"{seed}/{number}")
            evening.live()
            world = evening.world.place
            searched = [world / "vault", world / "hub"]
            searched += [Path(place) / name for name in ("tmp", "logs", "settings")]
            found += [f"while open: {hit}" for hit in hits(searched, evening.needles)]
            evening.world.close()
            found += [f"when closed: {hit}" for hit in hits(searched, evening.needles)]
    return found


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
