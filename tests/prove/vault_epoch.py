"""kill -9 while everything is put under new keys (R-04).

Old or new, never neither: whatever opened the vault before is tried, and whatever opens it
afterwards. Control: files one by one.
"""

from prove import keyflows, kills
from prove.proof import Proof

NAME = "vault-epoch"
FULL = kills.FULL


def run(count: int) -> Proof:
    """Kill that often."""
    return kills.killed(NAME, count, keyflows.EPOCHS, "files one by one")
