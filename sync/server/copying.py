"""`backup` and `restore`, as the office asks for them. Neither opens the hub first."""

import argparse
import secrets
from collections.abc import Callable
from pathlib import Path

from sync.server.app import utc_now
from sync.server.copies import Around, backup, restore

_AGAIN = (
    "- revoke who was shut out since, and end-backups where they were turned off since",
    "- what admins had destroyed of shut-out laptops is here again until its 90 days are over:"
    " their admin destroys it once more",
    "- withdrawn packets may be here until the laptops withdraw them again",
)
_LEFT = (
    "- publish the keepers' newest directory: what is for somebody listed since waits for it",
    "What was made since is gone, and no laptop sends it again:",
    "- devices that were let in: each needs a new code",
    "- organisations and codes: add-org, new-code",
    "- keys of organisations that were renewed: their admin renews once more",
)
_ANEW = 'This folder was made anew. Before anything else: cd "$PWD"'
"""For whoever typed it inside the empty folder, whose place another has taken."""


def said_after(epoch: str, *, is_carried: bool = False) -> tuple[str, ...]:
    """Return what to do after a restore; `is_carried` where the lost hub could be read."""
    again = () if is_carried else _AGAIN
    began = f"epoch {epoch}: every laptop sends again what was lost."
    return (began, "Before you serve:", *again, *_LEFT)


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what can be asked."""
    copying = commands.add_parser("backup", help="copy this hub, which may be serving")
    copying.add_argument("to", type=Path, help="a folder that is not there yet")
    again = commands.add_parser("restore", help="make a hub from a copy, where none is")
    again.add_argument("copy", type=Path)
    again.add_argument(
        "--lost", type=Path, help="the lost hub's folder: what it destroyed stays destroyed"
    )


def _backup(asked: argparse.Namespace) -> str:
    manifest = backup(asked.home, asked.to, utc_now(), asked.database)
    lines = [f"{name}  {part.bytes} bytes" for name, part in manifest.files.items()]
    if not manifest.has_database:
        lines.append("The database itself is PostgreSQL's: copy it with pg_dump, or archive it.")
    return "\n".join([*lines, f"hub {manifest.hub}, copied to {asked.to}"])


def _restore(asked: argparse.Namespace) -> str:
    anew = (_ANEW,) if asked.home.exists() and asked.home.samefile(Path()) else ()
    around = Around(asked.database, asked.lost)
    done = restore(asked.copy, asked.home, secrets.token_bytes, utc_now(), around)
    carried = done.carried
    if carried is None:
        return "\n".join([*said_after(done.epoch), *anew])
    lines = (
        f"withdrawn again: {carried.withdrawn}",
        f"destroyed again: {carried.destroyed}",
        f"shut out again: {carried.shut_out}",
        f"sealed backups destroyed again: {done.backups}",
        f"directory: version {carried.directory}",
    )
    return "\n".join([*lines, *said_after(done.epoch, is_carried=True), *anew])


COMMANDS: dict[str, Callable[[argparse.Namespace], str]] = {
    "backup": _backup,
    "restore": _restore,
}
