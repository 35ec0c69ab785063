"""The k-th allocation inside SQLCipher fails, once or from then on, in everything one does (R-08).

For k from 1 to 2,000 of each workflow: old or new, and a failure the program has a sentence for.
Python does not survive such a failure, so only what SQLCipher asks for may fail, told apart by
the address that asks. And where a passphrase is stretched: less memory than Argon2id wants, so
that nothing is half done. Control: a save that passes over its failure.
"""

import errno

from prove.every import EVERY, tried
from prove.failing import Call, Manner
from prove.proof import Proof
from prove.trials import Fault, Short, calls_of

NAME = "vault-short-memory"
FULL = 60_000
"""At least as many as there are: 2,000 of each workflow, in two ways."""
_MOST = 2_000
_STRETCHING = ("create", "unlock by passphrase", "change the passphrase", "set a passphrase")
_TOO_LITTLE = (1, 20, 40, 60)  # MiB; the cheapest passphrase allowed takes 64


def run(count: int) -> Proof:
    """Try every allocation of every workflow, or `count` of them."""
    return tried(NAME, faults, count, EVERY, "say so and fail")


def faults(workflow) -> list[Fault | Short]:
    """List the allocations that can fail."""
    last = min(_MOST, calls_of(workflow, Call.ALLOC))
    found = [
        Fault(Call.ALLOC, k, manner, errno.ENOMEM)
        for manner in (Manner.ONCE, Manner.FROM_THEN_ON)
        for k in range(1, last + 1)
    ]
    is_stretching = workflow.name in _STRETCHING
    return found + [Short(mib) for mib in _TOO_LITTLE if is_stretching]
