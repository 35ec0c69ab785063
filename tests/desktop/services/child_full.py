"""A process on a disk of a few megabytes of its own, which it fills; for the test beside it."""

import json
import random
import sys
from pathlib import Path

from builders import a_moment
from small_disk_for_tests import fill
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.youths import Age
from desktop.errors import DiskFull
from desktop.services import last_words, notes, outreach, youths

WORDS = "잠들기 전에 들은 말. " * 400


def main(disk: Path, *, is_kept: bool) -> None:
    """Fill the disk, lock, and say what is there when it opens again."""
    vault = by_key(a_closed_vault(disk / "vault"))
    if is_kept:
        last_words.keep_room(vault, random.Random(1).randbytes)
    outreach.begin(vault, outreach.Plan("역"), a_moment())
    met = youths.meet(vault, youths.NewYouth("하늘", Age.stated(16)), "", a_moment())
    fill(disk / "other")
    told = {"refused": False}
    try:
        notes.save(vault, met.youth.id, met.meeting.id, WORDS, a_moment())
    except DiskFull:
        told["refused"] = True
    try:
        last_words.though_full(
            vault,
            lambda vault: notes.rescue(vault, met.youth.id, met.meeting.id, WORDS, a_moment()),
        )
    except DiskFull:
        told["full"] = True
    vault.close()
    told["room"] = (disk / "vault" / "reserve").exists()
    (disk / "other").unlink()
    sys.stdout.write(json.dumps(told | found_again(disk / "vault")))


def found_again(folder: Path) -> dict:
    """Open it again with room on the disk."""
    again = by_key(folder)
    again.verify()
    with again.reading() as db:
        row = db.execute("SELECT text FROM note").fetchone()
    last_words.keep_room(again, random.Random(2).randbytes)
    again.close()
    return {"kept": row == (WORDS,), "room again": (folder / "reserve").exists()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_kept=sys.argv[2] == "kept")
