"""kill -9 while it writes who may open the vault: both headers, one after the other (R-04).

Old or new, never neither: whatever opened the vault before is tried, and whatever opens it
afterwards. Control: a header in place.
"""

from prove import keyflows, kills
from prove.proof import Proof

NAME = "vault-header"
FULL = kills.FULL


def run(count: int) -> Proof:
    """Kill that often."""
    return kills.killed(NAME, count, keyflows.HEADERS, "a header in place")
