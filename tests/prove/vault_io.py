"""The k-th write, flush, rename, opening … fails, once or from then on, in everything one does.

For every k to the end of each workflow (R-07): what is there afterwards is old or new, the failure
is one the program has a sentence for, a full disk lets a second try succeed, and after a failed
flush nothing more is believed of the disk in that session. Control: a save that passes over its
failure.
"""

import errno

from prove.every import EVERY, tried
from prove.failing import DISK, Call, Manner
from prove.proof import Proof
from prove.trials import Fault, calls_of

NAME = "vault-io"
FULL = 8_000
"""At least as many as there are: every call fails, in four ways."""
_KINDS = {errno.EIO: DISK, errno.ENOSPC: DISK & ~Call.UNLINK}  # a full disk lets go of files


def run(count: int) -> Proof:
    """Try every call of every workflow, or `count` of them."""
    return tried(NAME, faults, count, EVERY, "say so and fail")


def faults(workflow) -> list[Fault]:
    """List every way in which the disk can fail it."""
    return [
        Fault(kinds, k, manner, error)
        for error, kinds in _KINDS.items()
        for manner in (Manner.ONCE, Manner.FROM_THEN_ON)
        for k in range(1, calls_of(workflow, kinds, error) + 1)
    ]
