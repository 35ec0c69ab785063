"""What stands in the way of putting two records together."""

from desktop.domain.ids import YouthId
from desktop.domain.merging import Obstacle
from desktop.domain.retention import Target, Thing
from desktop.vault.database import Db


def between(db: Db, other: YouthId, kept: YouthId) -> Obstacle | None:
    """Return what would be lost if `other` were put to `kept`."""
    pair = (str(other), str(kept))
    checks = (
        (Obstacle.NAMELESS, "SELECT 1 FROM jotting WHERE youth = ?2 AND ?1 <> ''"),
        (Obstacle.WISH, "SELECT 1 FROM erasure_wish WHERE youth IN (?1, ?2)"),
        (Obstacle.DRAFT, "SELECT 1 FROM draft WHERE youth IN (?1, ?2) LIMIT 1 OFFSET 1"),
        (
            Obstacle.JUDGEMENT,
            "SELECT 1 FROM unfinished_judgement WHERE youth IN (?1, ?2) LIMIT 1 OFFSET 1",
        ),
        (Obstacle.LONGER, "SELECT 1 FROM kept_longer WHERE record IN (?1, ?2)"),
    )
    whole, draft = (Target(thing, other).name for thing in (Thing.YOUTH, Thing.DRAFT))
    asks = {Obstacle.LONGER: (whole, draft)}
    if other == kept:
        return Obstacle.SAME
    found = (why for why, sql in checks if db.execute(sql, asks.get(why, pair)).fetchone())
    return next(found, None)
