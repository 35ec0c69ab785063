"""A hub of the tests that is put back to what a backup of it holds."""

import sqlite3
from contextlib import closing

from sync.server import office
from sync.server.app import app
from sync.server.desk import Desk
from sync.server.founding import open_hub


def back_up(hub):
    """Copy the hub's database as a backup does; return the file."""
    kept = hub.home / "backup.db"
    with (
        closing(sqlite3.connect(hub.home / "hub" / "hub.db")) as now,
        closing(sqlite3.connect(kept)) as then,
    ):
        now.backup(then)
    return kept


def restore(hub, kept):
    """Put the backup in place and say so, as the office does."""
    folder = hub.home / "hub"
    hub.hub.store.close()
    for file in folder.glob("hub.db*"):
        file.unlink()
    kept.rename(folder / "hub.db")
    opened = open_hub(folder, "practice", hub.chance)
    office.restored(opened, hub.chance, hub.clock())
    opened.store.close()
    hub.app = app(folder, "practice", hub.clock)
    hub.hub = hub.app.state.hub
    hub.desk = Desk(hub.hub)
