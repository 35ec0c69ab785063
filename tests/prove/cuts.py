"""What a disk may hold after a power cut, worked out from everything that was sent to it.

The method of ALICE (Pillai et al., OSDI 2014) and CrashMonkey (Mohan et al., OSDI 2018): what was
flushed is there; of what was not, any part may be, sector by sector; names come in order, up to
any one of them, once their folder was flushed or not.
"""

import os
import struct
from dataclasses import dataclass, field
from pathlib import Path

_ENTRY = struct.Struct("=c7xQQQQQ")  # `struct entry` of shim/failing.c
_SECTOR = 512
_WITH_BYTES = "w"
_FORGOTTEN = "-shm"  # shared memory: SQLite makes it anew


@dataclass(frozen=True)
class Step:
    """One thing that reached the system: a write, a flush, a new length or a name."""

    what: str
    file: int
    at: int = 0
    content: bytes = b""
    name: str = ""
    other: str = ""


@dataclass
class _File:
    flushed: bytearray
    pending: list[Step] = field(default_factory=list)


class Disk:
    """The files of one folder as they were on the disk when it was made."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._files = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        self._numbers = {p.stat().st_ino: p for p in self._files}
        self._folders = {p.stat().st_ino for p in [folder, *folder.rglob("*")] if p.is_dir()}

    @staticmethod
    def read(journal: Path) -> list[Step]:
        """Return what the shim wrote down."""
        raw, at, steps = journal.read_bytes(), 0, []

        def taken(size):
            nonlocal at
            at += size
            return raw[at - size : at]

        while at < len(raw):
            what, file, where, length, name, other = _ENTRY.unpack(taken(_ENTRY.size))
            kind = what.decode()
            content = taken(length) if kind == _WITH_BYTES else b""
            names = os.fsdecode(taken(name)), os.fsdecode(taken(other))
            steps.append(Step(kind, file, where, content, *names))
        return steps

    def left_after(self, steps: list[Step], place: Path, chance) -> None:
        """Put into `place` what may be left when the power goes after these steps."""
        names, pending_names = self._played(steps)
        survive = chance.choice((0.0, 0.5, 1.0, chance.random()))
        for step in pending_names[: chance.randint(0, len(pending_names))]:
            _rename(names, step)
        place.mkdir()
        for path, file in names.items():
            if not path.name.endswith(_FORGOTTEN):
                target = place / path.relative_to(self._folder)
                target.parent.mkdir(exist_ok=True, parents=True)
                target.write_bytes(_left_of(file, survive, chance))

    def _played(self, steps):
        files = {number: _File(bytearray(self._files[p])) for number, p in self._numbers.items()}
        names = {path: files[number] for number, path in self._numbers.items()}
        folders, pending_names = set(self._folders), []
        for step in steps:
            if step.what in "wt":
                files.setdefault(step.file, _File(bytearray())).pending.append(step)
            elif step.what == "s" and step.file in folders:
                for each in pending_names:
                    _rename(names, each)
                pending_names = []
            elif step.what == "s":
                _flush(files.setdefault(step.file, _File(bytearray())))
            else:
                if step.what == "c":
                    files[step.file] = made = _File(bytearray())
                    step = _Made(step, made)
                elif step.what == "m":
                    folders.add(step.file)
                pending_names.append(step)
        return names, pending_names


@dataclass(frozen=True)
class _Made:
    """A new name, and the file it was given to: numbers are used again."""

    step: Step
    file: _File


def _rename(names, step):
    if isinstance(step, _Made):
        names[Path(step.step.name)] = step.file
    elif step.what == "u":
        names.pop(Path(step.name), None)
    elif step.what == "r":
        _move(names, Path(step.name), Path(step.other))


def _move(names, old, new):
    """A file, or a whole folder."""
    for path in [p for p in names if p == old or old in p.parents]:
        names[new / path.relative_to(old)] = names.pop(path)


def _flush(file):
    for step in file.pending:
        _apply(file.flushed, step)
    file.pending.clear()


def _apply(content, step):
    if step.what == "t":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    end = step.at + len(step.content)
    content.extend(bytes(max(0, end - len(content))))
    content[step.at : end] = step.content


def _left_of(file, survive, chance) -> bytes:
    content = bytearray(file.flushed)
    for step in file.pending:
        for part in _torn(step):
            if chance.random() < survive:
                _apply(content, part)
    return bytes(content)


def _torn(step):
    if step.what == "t":
        return [step]
    cuts = range(0, len(step.content), _SECTOR)
    return [Step("w", step.file, step.at + c, step.content[c : c + _SECTOR]) for c in cuts]
