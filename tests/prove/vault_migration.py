"""kill -9 while a new release changes the schema (R-04).

Old or new, never neither: whatever opened the vault before is tried, and whatever opens it
afterwards. Control: a script in halves.
"""

from prove import keyflows, kills
from prove.proof import Proof

NAME = "vault-migration"
FULL = kills.FULL


def run(count: int) -> Proof:
    """Kill that often."""
    return kills.killed(NAME, count, keyflows.MIGRATIONS, "a script in halves")
