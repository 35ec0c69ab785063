"""Bring a vault's schema up to date: numbered scripts, each one whole or not at all.

A member's own vault and the vault of a team have scripts of their own.
"""

from functools import cache
from importlib.resources import files

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import VaultTooNew

_SCRIPTS = {"own": "desktop.vault.migrations", "team": "desktop.vault.team_migrations"}


def migrate(db: sqlcipher.Connection, purpose: str = "own") -> None:
    """Run the scripts this vault has not seen."""
    seen = version(db)
    known = scripts(purpose)
    if seen > len(known):
        raise VaultTooNew(version=seen)
    for number, script in enumerate(known[seen:], start=seen + 1):
        try:
            db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def version(db: sqlcipher.Connection) -> int:
    """Return the number of the last script this vault has seen."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


@cache
def scripts(purpose: str = "own") -> tuple[str, ...]:
    """Return every script there is for vaults of this purpose, first to last."""
    found = (file for file in files(_SCRIPTS[purpose]).iterdir())
    numbered = sorted((f for f in found if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(f.read_text("utf-8") for f in numbered)
