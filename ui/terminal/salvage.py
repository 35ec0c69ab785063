"""`bammajung salvage`: what a damaged vault still holds, and exactly what it does not."""

import os
from datetime import datetime
from pathlib import Path

from desktop.paths import Places
from desktop.services import backups
from desktop.services import salvage as services
from desktop.services.salvage import Missing, Salvaged, Unknown
from i18n import tr
from ui.main import keychain, now
from ui.terminal.asking import Line, new_passphrase, opening_secret, run
from ui.unlock.salvage_words import (
    NAMES,
    end_words,
    left_out_words,
    missing_words,
    unknown_words,
)
from ui.world import Start


def salvage(start: Start, source: Path | None, into: Path | None, *, as_json: bool) -> int:
    """Say what can be read; with `into`, keep it in a new vault in that home."""

    def work(places: Places) -> list[Line]:
        folder = source or next(iter(places.vaults(start.world)), places.vault(start.world))
        at = now()
        # Wrong tries are counted beside the vault, not in the copy: that stays as it is.
        beside = folder.parents[1] if folder.parent.name == "quarantine" else folder
        found = services.look(folder, backups.finder(beside, opening_secret(), keychain(), at))
        lines = told(found)
        return [*lines, *_kept(found, Places(into), at)] if into else lines

    return run(start, work, as_json=as_json)


def told(found: Salvaged) -> list[Line]:
    """Say what was read, what was not, and which backups can help."""
    where = tr("The damaged files are kept as they are: {place}", place=found.copy)
    lines = [Line(None, where, {"copy": str(found.copy)})]
    lines += [_read(subject, count) for subject, count in found.found.items() if subject in NAMES]
    lines += [_missing(each) for each in found.missing]
    lines += [_unknown(each) for each in found.unknown]
    if not found.is_end_known:
        lines.append(Line(False, end_words(), {}))
    if found.is_complete:
        lines.append(Line(True, tr("Nothing is missing."), {}))
    return lines


def _read(subject: str, count: int) -> Line:
    words = tr("{name}: {count} can be read.", name=tr(NAMES[subject]), count=count)
    return Line(True, words, {"subject": subject, "read": str(count)})


def _missing(missing: Missing) -> Line:
    words = f"{missing_words(missing)} {_help(missing.held_by)}"
    facts = {"subject": missing.subject, "record": missing.record, "state": missing.state}
    return Line(False, words, {**facts, "at": missing.at})


def _unknown(unknown: Unknown) -> Line:
    words = f"{unknown_words(unknown)} {_help(unknown.held_by)}"
    return Line(False, words, {"unknown": str(unknown.count), "after": unknown.after})


def _help(held_by: tuple[str, ...]) -> str:
    if not held_by:
        return tr("No backup holds it.")
    return tr("This backup holds it: {backup}", backup=held_by[0])


def _kept(found: Salvaged, home: Places, at: datetime) -> list[Line]:
    place = home.new_vault(found.world, os.urandom)
    kept = services.keep(
        found, place, new_passphrase(), at,
        world=found.world, chance=os.urandom, keychain=keychain(),
    )  # fmt: skip
    words = tr("What could be read is in a new vault now: {place}", place=kept.folder)
    code = tr("Write this recovery code down now: {code}", code=kept.recovery_code)
    lines = [Line(True, words, {"place": str(kept.folder)}), Line(None, code, {})]
    if kept.left_out:
        left = left_out_words(len(kept.left_out))
        lines.append(Line(False, left, {"left": str(len(kept.left_out))}))
    return lines
