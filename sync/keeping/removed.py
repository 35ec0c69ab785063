"""Whom the keepers have removed, beside their directory: a hub goes on proposing them."""

from pathlib import Path

_FILE = "removed.txt"
"""Not JSON, so it is no part of what is signed and served. One id a line."""


def read(folder: Path) -> frozenset[str]:
    """Return who was removed and not listed again since."""
    file = folder / _FILE
    return frozenset(file.read_text("utf-8").split()) if file.exists() else frozenset()


def write(folder: Path, orgs: frozenset[str]) -> None:
    """Remember exactly these."""
    if orgs != read(folder):
        (folder / _FILE).write_text("".join(f"{org}\n" for org in sorted(orgs)), "utf-8")
