"""What is known of our sealed backups at the hub, without asking it.

Not journalled: that a backup was left would make the next one due. An older row of it only makes
the hub be asked again.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.vault.columns import stamp, time_or_none
from desktop.vault.database import Db
from sync.protocol.codec import canonical, read_json


@dataclass(frozen=True, slots=True)
class Known:
    """The rule as last heard, and what is there."""

    device: str
    """As which the hub knew us: a laptop that joined again has left nothing yet."""
    is_on: bool
    newest: str = ""
    """Name of the newest set; empty when there is none."""
    header: str = ""
    """SHA-256 of the header in every set: another one means that another code opens them now."""
    left_at: datetime | None = None
    kept: tuple[str, ...] = ()
    """Names of all our sets."""


def known(db: Db, device: str) -> Known | None:
    """Return what was heard as this device, or None."""
    row = db.execute(
        "SELECT is_on, newest, header, left_at, kept FROM office_backup WHERE device = ?",
        (device,),
    ).fetchone()
    if row is None:
        return None
    is_on, newest, header, left_at, kept = row
    names = read_json(tuple[str, ...], kept.encode())
    return Known(device, bool(is_on), newest, header, time_or_none(left_at), names)


def heard(db: Db, device: str, *, is_on: bool) -> None:
    """Remember the rule. Once it is off nothing is there any more."""
    now = known(db, device)
    if now is None or now.is_on != is_on:
        keep(db, Known(device, is_on))


def is_there(db: Db, device: str, kept: tuple[str, ...]) -> None:
    """Remember which sets the hub says it has, neither more nor less."""
    now = known(db, device)
    if now is not None and now.kept != kept:
        newest = now.newest if now.newest in kept else ""
        keep(db, replace(now, newest=newest, kept=kept))


def expects(db: Db, device: str, name: str) -> None:
    """Remember that this set may be there from now on, whatever becomes of the answer."""
    now = known(db, device) or Known(device, True)
    if name not in now.kept:
        keep(db, replace(now, kept=(*now.kept, name)))


def keep(db: Db, what: Known) -> None:
    """Remember this in place of what was known before."""
    left_at = stamp(what.left_at) if what.left_at else ""
    db.execute(
        "INSERT OR REPLACE INTO office_backup (one, device, is_on, newest, header, left_at, kept)"
        " VALUES (1, ?, ?, ?, ?, ?, ?)",
        (
            what.device, int(what.is_on), what.newest, what.header, left_at,
            canonical(what.kept).decode(),
        ),
    )  # fmt: skip
