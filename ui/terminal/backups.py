"""`bammajung backup`, `restore` and `verify`: the backups of a vault, from a terminal."""

import os
from contextlib import closing
from pathlib import Path

from desktop.errors import (
    AppError,
    DiskFailed,
    NoBackup,
    VaultDamaged,
    VaultInUse,
)
from desktop.paths import Places
from desktop.services import backups, members, unlocking
from desktop.services.backups import Found, Keys
from i18n import formats, tr
from ui import messages
from ui.main import keychain, now
from ui.terminal.asking import Line, failed, new_passphrase, opening_secret, run
from ui.world import Start


def backup(start: Start, vault: Path | None, to: Path | None, *, as_json: bool) -> int:
    """Make a backup, and copy the newest one to `to`, a stick."""

    def work(places: Places) -> list[Line]:
        folder = _folder(places, start.world, vault)
        find = backups.finder(folder, opening_secret(), keychain(), now())
        try:
            unlocked, _ = unlocking.opened(folder, start.world, find)
        except VaultInUse:
            if to is None:
                raise
            # An open window makes backups by itself; the newest of them can be copied.
            _, keys = backups.opened_by(find, backups.found_at(folder))
            return [_copied(folder, to, keys)]
        with closing(unlocked.vault) as opened:
            made = backups.make(opened, now(), reads_all=True)
            words = tr("A backup was made and looked through: {name}", name=made.name)
            lines = [Line(True, words, {"backup": made.name})]
            return [*lines, _copied(folder, to, backups.of_vault(opened))] if to else lines

    return run(start, work, as_json=as_json)


def restore(start: Start, source: Path, to: Path | None, *, as_json: bool) -> int:
    """Put the vault of a backup where there is none yet, in the home `to`."""

    def work(places: Places) -> list[Line]:
        home = Places(to) if to else places
        typed = opening_secret()
        find = backups.finder(source, typed, keychain(), now())
        found, keys = backups.opened_by(find, backups.found_at(source))
        place = home.new_vault(found.header.world, os.urandom)
        fresh = new_passphrase() if members.looks_like_a_code(typed) else ""
        backups.restore(found, place, keys, now())
        if fresh:
            _put_in_force(found.header.world, place, typed, fresh)
        words = tr(
            "Everything of {when} is back, in {place}. Open Bammajung to go on.",
            when=formats.day_and_clock(found.generation.made_at), place=place,
        )  # fmt: skip
        return [Line(True, words, {"backup": found.generation.name, "place": str(place)})]

    return run(start, work, as_json=as_json)


def verify(start: Start, path: Path | None, *, as_json: bool) -> int:
    """Read every byte of the vault and of each backup; or of the backups at `path`."""

    def work(places: Places) -> list[Line]:
        folder = path or _folder(places, start.world, None)
        known = backups.found_at(folder)
        is_vault = members.exists(folder) and folder not in {found.path for found in known}
        if not known and not is_vault:
            raise NoBackup
        find = backups.finder(folder, opening_secret(), keychain(), now())
        lines = [_verified_vault(folder, start.world, find)] if is_vault else []
        if known:
            newest, keys = backups.opened_by(find, known)
            lines += [_verified(found, newest, keys) for found in known]
        return lines

    return run(start, work, as_json=as_json)


def _folder(places: Places, world: str, vault: Path | None) -> Path:
    return vault or next(iter(places.vaults(world)), places.vault(world))


def _put_in_force(world: str, place: Path, code: str, fresh: str) -> None:
    made = members.set_passphrase(
        place, code, fresh, now=now(), world=world, chance=os.urandom, keychain=keychain()
    )
    made.vault.close()


def _copied(folder: Path, to: Path, keys: Keys) -> Line:
    there = backups.copy_to(folder, to, keys)
    words = tr(
        "The backup of {when} was copied, read back and proven: {place}",
        when=formats.day_and_clock(there.generation.made_at), place=there.path,
    )  # fmt: skip
    return Line(True, words, {"backup": there.generation.name, "place": str(there.path)})


def _verified_vault(folder: Path, world: str, find: unlocking.Finder) -> Line:
    about = {"vault": str(folder)}
    try:
        unlocked, _ = unlocking.opened(folder, world, find)
        with closing(unlocked.vault) as vault:
            vault.verify()
    except VaultInUse as error:
        return Line(None, messages.sentence(error), about)
    except (VaultDamaged, DiskFailed) as error:
        return failed(error, **about)  # now the backups are what matters
    return Line(True, tr("The vault is whole: every page, entry and row was read."), about)


def _verified(found: Found, newest: Found, keys: Keys) -> Line:
    about = {"backup": found.generation.name}
    when = formats.day_and_clock(found.generation.made_at)
    if found.header.lid != newest.header.lid:
        return Line(None, tr("The backup of {when} opens with other keys.", when=when), about)
    try:
        backups.verify(found.path, keys)
    except AppError as error:
        return failed(error, **about)
    return Line(True, tr("The backup of {when} is whole.", when=when), about)
