"""The real hub on loopback does what its OpenAPI description says, whatever it is asked.

schemathesis makes requests that the description allows, and such as it forbids, each signed by an
admitted device, half of them on SQLite, half on PostgreSQL: no answer may be a 5xx, and every
answer must be described. Controls: hubs that fall, refuse by a name or end by a status of their
own, and say something else.
"""

from pathlib import Path

from api_for_tests import FAULTS, broken
from living_for_tests import living
from postgres_for_tests import a_postgres
from prove.proof import Proof, scratch, tell

from sync.protocol.endpoints import ENDPOINTS

NAME = "exchange-api"
FULL = 30_000
_A_PIECE = 100


def run(count: int) -> Proof:
    """Ask about that many times, half of them on each engine."""
    each = max(1, round(count / len(ENDPOINTS) / 4))
    with a_postgres() as server, scratch("api") as place:
        found = []
        for first, (engine, address) in enumerate((("sqlite", ""), ("postgresql", server.new()))):
            with living(Path(place) / engine, address) as hub:
                for number, at in enumerate(range(0, each, _A_PIECE)):
                    chance = 2 * number + first
                    said = broken(hub, min(_A_PIECE, each - at), chance=chance)
                    found += [f"{engine}: {problem}" for problem in said]
        tell(NAME, found)
        caught = [_is_caught(Path(place) / fault.__name__, fault) for fault in FAULTS]
    return Proof(each * len(ENDPOINTS) * 4, len(found), all(caught))


def _is_caught(place: Path, fault) -> bool:
    with living(place) as hub:
        fault(hub.made)
        return bool(broken(hub, 5, {"/v1/exchange", "/v1/hello"}))
