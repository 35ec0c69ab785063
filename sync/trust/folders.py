"""A repository as a folder: how it travels on a stick between keepers and hub."""

import os
from pathlib import Path

from sync.trust.layout import TIMESTAMP, Files, NotTrusted

_MOST_BYTES = 128 << 20


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every metadata file and target in the folder; raises `OSError`, `NotTrusted`."""
    found: dict[str, bytes] = {}
    size = 0
    for file in sorted(folder.rglob("*.json")):
        if file.name == TIMESTAMP or not file.is_file():
            continue
        size += file.stat().st_size
        if size > _MOST_BYTES:
            raise NotTrusted("too much")
        found[file.relative_to(folder).as_posix()] = file.read_bytes()
    return found


def write_folder(folder: Path, files: Files) -> None:
    """Write the files; what is no longer among them goes. Metadata is public."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.new")
        with beside.open("wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(file)
    for path in set(read_folder(folder)) - set(files):
        (folder / path).unlink()
