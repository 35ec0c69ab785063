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
KEY, DATABASE = "hub.key", "hub.db"
PUBLIC = "hub-key"
"""The row of `meta` that holds the public half of the key."""
_BEGUN = "founding.new"
"""Lies beside a new key until a database elsewhere holds the hub (D-161)."""
_MIGRATIONS = Path(__file__).with_name("migrations")


class WrongWorld(Exception):
    """This folder belongs to a hub of the other world: practice and real never mix."""


class WrongKey(Exception):
    """This folder's `hub.key` is not the key of the hub that keeps this database."""


class NoHub(Exception):
    """There is no hub here to open, and none was made; the words say what to look at."""

    def __init__(self) -> None:
        """Say what may be wrong."""
        super().__init__(
            "There is no hub in this folder. Is --home right, or is --database missing?"
        )


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
    """At its opening; `restores.epoch` says which it is now."""


def open_hub(home: Path, world: str, chance: Callable[[int], bytes], url: str = "") -> Hub:
    """Open the hub in this folder; where there is nothing at all, found it. Raises `NoHub`.

    A key that was there before goes with no database but its own: `StoreFailed`.
    """
    if not is_there(home, url):
        _begin(home, url)
    begun = home / _BEGUN
    hub = _opened(home, world, url, chance if not url or begun.exists() else None)
    begun.unlink(missing_ok=True)
    return hub


def hub_in(home: Path, world: str, url: str = "") -> Hub:
    """Open the hub that is in this folder, and found none. Raises `NoHub`."""
    if not is_there(home, url):
        raise NoHub
    return _opened(home, world, url, None)


def is_there(home: Path, url: str = "") -> bool:
    """Say whether this folder holds what a hub needs."""
    return (home / KEY).exists() and bool(url or (home / DATABASE).exists())


def _begin(home: Path, url: str) -> None:
    """Take an empty folder, or one in which a founding was cut off before it had a key."""
    if home.exists() and any(not _is_begun(file) for file in home.iterdir()):
        if is_there(home, url):  # another process has founded it meanwhile
            return
        raise NoHub
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Before the key: so a key alone is never what a founding left behind (D-156).
    (home / (_BEGUN if url else DATABASE)).touch(mode=0o600)


def _is_begun(file: Path) -> bool:
    return file.suffix == ".new" or (file.name == DATABASE and not file.stat().st_size)


def _opened(home: Path, world: str, url: str, chance: Callable[[int], bytes] | None) -> Hub:
    home.chmod(0o700)
    key = hub_key(home / KEY, chance)
    store = Store(home, url)
    with ExitStack() as undo:
        undo.callback(store.close)
        if chance is None:
            _check_founded(store)
        migrate(store)
        known = written(store, lambda db: _known(db, world, key, chance))
        undo.pop_all()
    return Hub(store, key, known["hub"], world, known["epoch"])


def _check_founded(store: Store) -> None:
    """Raise before anything is made in a database that is nobody's, or something else's."""
    with store.reading() as db:
        if db.one(tables.meta, key="hub") is None:
            raise NoHub


def _known(
    db: Db, world: str, key: HubKey, chance: Callable[[int], bytes] | None
) -> dict[str, str]:
    known = {row["key"]: row["value"] for row in db.all(tables.meta)}
    if not known and chance:
        known = _found(db, world, chance)
    if known["world"] != world:
        raise WrongWorld
    if PUBLIC not in known:
        db.add(tables.meta, {"key": PUBLIC, "value": key.public.hex()})
    elif known[PUBLIC] != key.public.hex():
        raise WrongKey
    return known


def _found(db: Db, world: str, chance: Callable[[int], bytes]) -> dict[str, str]:
    fresh = {name: str(UUID(bytes=chance(16), version=4)) for name in ("hub", "epoch")}
    known = {**fresh, "world": world}
    db.add(tables.meta, *({"key": key, "value": value} for key, value in known.items()))
    mailbox.open_box(db, RECEIPTS)
    return known


def migrate(store: Store) -> None:
    """Bring the tables up to this version's. Raises `TooNew`."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))

    def upgrade(connection: object) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    try:
        store.upgrade(upgrade)
    except CommandError as error:
        raise TooNew from error
