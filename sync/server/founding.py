"""Open the hub's own folder: its key, its database, and who it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from alembic import command
from alembic.config import Config

from sync.server import mailbox, tables
from sync.server.receipts import HubKey, hub_key
from sync.server.store import Db, Store

RECEIPTS = "receipts"
"""The counter that every accepted message raises."""
_MIGRATIONS = Path(__file__).with_name("migrations")


class WrongWorld(Exception):
    """This folder belongs to a hub of the other world: practice and real never mix."""


@dataclass(frozen=True, slots=True)
class Hub:
    """An opened hub."""

    store: Store
    key: HubKey
    id: str
    world: str
    epoch: str


def open_hub(home: Path, world: str, chance: Callable[[int], bytes], url: str = "") -> Hub:
    """Open the hub in this folder; the first time, found it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    key = hub_key(home / "hub.key", chance)
    store = Store(home, url)
    _migrate(store)
    with store.writing() as db:
        known = {row["key"]: row["value"] for row in db.all(tables.meta)}
        if not known:
            known = _found(db, world, chance)
    if known["world"] != world:
        store.close()
        raise WrongWorld
    return Hub(store, key, known["hub"], world, known["epoch"])


def _found(db: Db, world: str, chance: Callable[[int], bytes]) -> dict[str, str]:
    fresh = {name: str(UUID(bytes=chance(16), version=4)) for name in ("hub", "epoch")}
    known = {**fresh, "world": world}
    db.add(tables.meta, *({"key": key, "value": value} for key, value in known.items()))
    mailbox.open_box(db, RECEIPTS)
    return known


def _migrate(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with store.engine_for_migrations() as engine, engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
