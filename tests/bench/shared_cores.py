"""Which core works for whom: a server has one to itself, the client that is measured another."""

import os
from contextlib import contextmanager

_SERVERS = 0
_CLIENTS = 1


@contextmanager
def for_servers():
    """Start what is started inside on the servers' core."""
    with _only(_SERVERS):
        yield


@contextmanager
def for_clients():
    """Run on the clients' core; so does what is started inside."""
    with _only(_CLIENTS):
        yield


@contextmanager
def _only(place):
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        yield
        return
    before = os.sched_getaffinity(0)
    # Whoever has been given fewer cores than the machine has keeps to them.
    mine = sorted(before | {0, 1})
    os.sched_setaffinity(0, {mine[place]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
