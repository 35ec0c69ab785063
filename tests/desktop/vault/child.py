"""A process that saves until it is killed or its disk is full; for the tests beside it."""

import json
import resource
import sys

from vaults_for_tests import by_key

from desktop.errors import DiskFull
from desktop.vault.columns import content

BIG = "가로등 아래 " * 3000


def put(vault, number, text="x"):
    with vault.transaction() as db:
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"row {number}", text))
        db.wrote("vault.kept", f"row {number}", 1, content(f"row {number}", text))


def save_for_ever(folder):
    """Say each number only after it was kept."""
    vault = by_key(folder)
    for number in range(1_000_000):
        put(vault, number, "가" * (number % 4000))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def fill_the_disk(folder):
    """Save while files may not grow past a limit, raised step by step; every save is retried."""
    vault = by_key(folder)
    refusals, kept = 0, []
    for number in range(12):
        limit = 8192 + number * 40_000
        while number not in kept:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                put(vault, number, BIG)
                kept.append(number)
            except DiskFull:
                refusals += 1
                limit += 16_384
            with vault.reading() as db:
                found = db.execute("SELECT count(*) FROM meta WHERE key LIKE 'row %'").fetchone()
            assert found == (len(kept),)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    vault.verify()
    vault.close()
    sys.stdout.write(json.dumps({"refusals": refusals, "kept": len(kept)}))


if __name__ == "__main__":
    {"save": save_for_ever, "fill": fill_the_disk}[sys.argv[1]](sys.argv[2])
