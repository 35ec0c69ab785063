"""Loading the consent texts of a folder, the program's or an organisation's own, whole or not."""

import json
from pathlib import Path

from desktop.consent_errors import Fault, TextsRefused
from desktop.domain import consent_texts
from desktop.domain.consent_texts import Text

LARGEST = 256 * 1024
"""Bytes. A text is a page or two."""


def load(folder: Path) -> dict[str, Text]:
    """Return the text of every language offered, by language.

    Raises `TextsRefused` with every fault of every file; then nothing of the folder is used.
    """
    found: dict[str, object] = {}
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.json")):
        try:
            found[file.stem] = _read(file)
        except (OSError, ValueError, RecursionError):
            faults.append(Fault(file.name, file.stem, "", "unreadable"))
    if faults:
        raise TextsRefused(faults=tuple(faults))
    return consent_texts.read_all(found)


def _read(file: Path) -> object:
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ValueError
    return json.loads(raw.decode("utf-8"))
