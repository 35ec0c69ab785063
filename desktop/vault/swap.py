"""The end of a renewal of keys: new files take the place of the old ones, also after a kill."""

import shutil
from collections.abc import Callable

from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder, flush_folder

Step = Callable[[str], None]
"""Told the name of each step once it is done: where a test kills the program."""


def quietly(_: str) -> None:
    """Tell nobody."""


def settle(folder: Folder, step: Step = quietly) -> None:
    """Resolve what a killed renewal left: unproven files go, proven ones take their place.

    Needs no key and may be repeated. Only while the owner's lock is held and nothing is open.
    """
    if not folder.half.path.exists() and not folder.next.path.exists():
        return
    try:
        shutil.rmtree(folder.half.path, ignore_errors=True)
        if folder.next.path.exists():
            _take_over(folder, step)
    except OSError as error:
        raise from_disk(error) from error


def commit(folder: Folder) -> None:
    """Make the proven files in `half` those that count, by one rename. They must be flushed."""
    folder.half.path.rename(folder.next.path)
    flush_folder(folder.path)


def _take_over(folder: Folder, step: Step) -> None:
    # The old database's WAL must never meet the new database. None is made before `next` is gone.
    for leftover in (folder.wal, folder.shm):
        leftover.unlink(missing_ok=True)
    for fresh, old in zip(folder.next.kept, folder.kept, strict=True):
        if fresh.exists():
            fresh.replace(old)
            step(f"moved {old.name}")
    flush_folder(folder.path)
    shutil.rmtree(folder.next.path)
    flush_folder(folder.path)
    step("settled")
