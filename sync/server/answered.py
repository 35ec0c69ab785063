"""Messages that were answered before: each is known by its digest, and answered so for ever."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from sync.protocol.answers import Outcome, Result
from sync.protocol.codec import packed, unpacked
from sync.server import tables
from sync.server.intake import Arrival
from sync.server.stamps import stamp
from sync.server.store import Db, Row


@dataclass(frozen=True, slots=True)
class Answered:
    """What came by an id, and what it was answered."""

    digest: str
    result: Result

    def is_about(self, arrival: Arrival, org: str) -> bool:
        """Say whether this `org` itself brought exactly these bytes: then they were proven.

        The digest covers who says it. So another's are not told from what is not known, nor is
        an id that came with other bytes.
        """
        return arrival.header.from_org == org and arrival.digest == self.digest

    def again(self, arrival: Arrival) -> Result:
        """Answer what comes by this id now."""
        if arrival.digest != self.digest:
            return Result(arrival.header.id, Outcome.REJECTED, "id-reused")
        if self.result.outcome is Outcome.ACCEPTED:
            return msgspec.structs.replace(self.result, outcome=Outcome.DUPLICATE)
        return self.result


def known(db: Db, arrivals: Iterable[Arrival]) -> dict[str, Answered]:
    """Return what is known of these ids."""
    names = tuple({arrival.header.id for arrival in arrivals})
    rows = db.all(tables.message, id=names) if names else ()
    return {row["id"]: Answered(row["digest"], unpacked(Result, row["result"])) for row in rows}


def row_of(arrival: Arrival, result: Result) -> Row:
    """Return what is kept of an answer."""
    return {
        "id": arrival.header.id,
        "digest": arrival.digest,
        "device_id": arrival.header.from_device,
        "kind": arrival.header.kind.value,
        "received_at": stamp(arrival.now),
        "result": packed(result),
    }
