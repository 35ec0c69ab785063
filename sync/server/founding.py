"""Open the hub's own folder: its key, its database, and who it is."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from sync.server import mailbox, tables
from sync.server.receipts import HubKey, hub_key
from sync.server.store import Db, Store, written

RECEIPTS = "receipts"
"""The counter that every accepted message raises."""
_KEY = "hub-key"
_MIGRATIONS = Path(__file__).with_name("migrations")


class WrongWorld(Exception):
    """This folder belongs to a hub of the other world: practice and real never mix."""


class WrongKey(Exception):
    """This folder's `hub.key` is not the key of the hub that keeps this database."""


class TooNew(Exception):
    """A newer version of the program has written this database."""


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
    with ExitStack() as undo:
        undo.callback(store.close)
        _migrate(store)
        known = written(store, lambda db: _known(db, world, key, chance))
        undo.pop_all()
    return Hub(store, key, known["hub"], world, known["epoch"])


def _known(db: Db, world: str, key: HubKey, chance: Callable[[int], bytes]) -> dict[str, str]:
    known = {row["key"]: row["value"] for row in db.all(tables.meta)}
    if not known:
        known = _found(db, world, chance)
    if known["world"] != world:
        raise WrongWorld
    if _KEY not in known:
        db.add(tables.meta, {"key": _KEY, "value": key.public.hex()})
    elif known[_KEY] != key.public.hex():
        raise WrongKey
    return known


def _found(db: Db, world: str, chance: Callable[[int], bytes]) -> dict[str, str]:
    fresh = {name: str(UUID(bytes=chance(16), version=4)) for name in ("hub", "epoch")}
    known = {**fresh, "world": world}
    db.add(tables.meta, *({"key": key, "value": value} for key, value in known.items()))
    mailbox.open_box(db, RECEIPTS)
    return known


def _migrate(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))

    def upgrade(connection: object) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    try:
        store.upgrade(upgrade)
    except CommandError as error:
        raise TooNew from error
