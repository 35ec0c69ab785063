"""A disk that is full for one vault or hub, as long as a test needs it."""

from contextlib import contextmanager

import pytest


@contextmanager
def a_full_disk(folder, log="notes.db-wal"):
    """Let the log of the vault in this folder, or of a hub, grow no more."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (folder / log).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
