"""What can be asked in a terminal about vaults and their backups, and who answers."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.world import Start

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def offer(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Add the commands to a parser."""
    backup = commands.add_parser("backup", help="make a backup, and copy it to a stick")
    backup.add_argument("--to", type=Path, metavar="DIR", help="copy the newest one there")
    backup.add_argument("--vault", type=Path, metavar="DIR", help="another member's vault")
    restore = commands.add_parser("restore", help="bring a vault back out of a backup")
    restore.add_argument("source", type=Path, metavar="BACKUP", help="a backup, or a stick")
    restore.add_argument("--to", type=Path, metavar="HOME", help="into this home")
    verify = commands.add_parser("verify", help="read all of the vault and of its backups")
    verify.add_argument("source", type=Path, nargs="?", metavar="DIR", help="a backup, or a stick")
    salvage = commands.add_parser("salvage", help="read what a damaged vault still holds")
    salvage.add_argument(
        "source", type=Path, nargs="?", metavar="DIR", help="the vault, or a copy"
    )
    salvage.add_argument("--into", type=Path, metavar="HOME", help="keep it in a new vault there")
    escrow = commands.add_parser("escrow-key", help="make an organization's two-person key")
    escrow.add_argument("--to", type=Path, metavar="FILE", help="put the public text there")
    for command in (backup, restore, verify, salvage):
        command.add_argument("--json", action="store_true", help="for machines")


def answer(asked: Namespace, start: Start) -> int:
    """Do what was asked; return the exit code."""
    if asked.command == "escrow-key":
        from ui.terminal import escrow_key

        return escrow_key.escrow_key(start, asked.to)
    if asked.command == "salvage":
        from ui.terminal import salvage

        return salvage.salvage(start, asked.source, asked.into, as_json=asked.json)
    from ui.terminal import backups

    if asked.command == "backup":
        return backups.backup(start, asked.vault, asked.to, as_json=asked.json)
    if asked.command == "restore":
        return backups.restore(start, asked.source, asked.to, as_json=asked.json)
    return backups.verify(start, asked.source, as_json=asked.json)
