"""kill -9 while a key slot is made, replaced or taken away (R-04).

Old or new, never neither: whatever opened the vault before is tried, and whatever opens it
afterwards. Control: the secret first.
"""

from prove import keyflows, kills
from prove.proof import Proof

NAME = "vault-slots"
FULL = kills.FULL


def run(count: int) -> Proof:
    """Kill that often."""
    return kills.killed(NAME, count, keyflows.SLOTS, "the secret first")
