"""What changes who can open a vault, and how its file is laid out; tried as `workflows` are.

What is found names who can open it: old and new passphrase, old code, each colleague. A team's
vault opens by what lies in the members' own vaults.
"""

import shutil

import msgspec
from fakes import AbsentKeychain, FakeKeychain, FixedChance
from prove.contents import contents
from prove.failing import is_loaded, shim
from prove.workflows import LATER, Ready, Workflow, an_evening, nothing
from vaults_for_tests import PASSPHRASE, WORLD, a_closed_vault, a_keychain, by_key, code, vmk

from desktop.errors import AppError
from desktop.services import board, codes, escrow, members, team
from desktop.vault import header as headers
from desktop.vault import migrate
from desktop.vault.connection import connect
from desktop.vault.folder import Folder

ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"
NEW_KEY = escrow.new_key(FixedChance("organisation"))
_PASSING = ("op", "meta", "salt")
_MORE_SCHEMA = """
CREATE TABLE copied (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO copied SELECT id, text FROM note;
ALTER TABLE youth ADD COLUMN since TEXT NOT NULL DEFAULT '';
DROP INDEX note_by_youth;
CREATE INDEX note_by_youth ON note (youth, saved_at, n);
"""
_schema_of_today = migrate.scripts


class KeptKeychain(FakeKeychain):
    """A keyring that outlives the process, on a disk of its own."""

    def __init__(self, place):
        super().__init__()
        self._file = place / "keyring"
        if self._file.exists():
            kept = msgspec.msgpack.decode(self._file.read_bytes(), type=dict[str, bytes])
            self.kept.update(kept)

    def read(self, vault_id):
        return super().read(str(vault_id))

    def keep(self, vault_id, secret):
        super().keep(str(vault_id), secret)
        kept = msgspec.msgpack.encode(self.kept)
        self._file.write_bytes(kept)
        if is_loaded():  # what it held when so much had reached the other disk
            self._file.with_suffix(f".{shim().failing_noted()}").write_bytes(kept)


def turn_keyring_back(place, noted: int) -> None:
    """Let the keyring hold what it held when so much had reached the disk."""
    versions = {int(file.suffix[1:]): file for file in place.glob("keyring.*")}
    known = max((number for number in versions if number <= noted), default=None)
    if known is not None:
        versions[known].replace(place / "keyring")


def making(place, seed="later", **more):
    """Return what a new passphrase needs from outside, the same in every run."""
    keychain = KeptKeychain(place)
    chance = FixedChance(seed)
    return {"world": WORLD, "chance": chance, "keychain": keychain, "cost": members.FLOOR} | more


def an_own_vault(place):
    """Leave an evening's vault, and the keyring that belongs to it."""
    an_evening(place)
    keychain = KeptKeychain(place)
    for vault_id, secret in a_keychain().kept.items():
        keychain.keep(vault_id, secret)
    (place / "keyring").replace(place / "keyring.0")
    shutil.copyfile(place / "keyring.0", place / "keyring")


def found_opening(place) -> str:
    """Try everything that might open it; say what did, and what is in it."""
    vaults = place / "home" / "vault"
    if not members.exists(vaults):
        return "nothing"
    said, inside = [], set()
    for number, (name, unlock) in enumerate(_ways(place), start=1):
        try:
            vault = unlock(LATER.replace(year=LATER.year + number)).vault
        except AppError as error:
            said.append(f"{name}: {type(error).__name__}")
            continue
        vault.verify()
        inside.add(contents(vault, _PASSING))
        vault.close()
        said.append(f"{name}: opens")
    header = headers.read(Folder(vaults)).newest.header
    kinds = sorted(type(slot).__name__ for slot in header.slots)
    label = f"label: {header.policy.label} {header.epoch} {kinds}"
    return "\n".join([*said, label, *inside])


def _ways(place):
    def typed(passphrase):
        keychain = KeptKeychain(place)
        return lambda now: members.unlock(
            place / "home" / "vault", passphrase, world=WORLD, keychain=keychain, now=now
        )

    yield "passphrase", typed(PASSPHRASE)
    yield "other passphrase", typed(ANOTHER)
    yield (
        "code",
        lambda now: members.unlock_with_recovery(
            place / "home" / "vault", code(), world=WORLD, now=now
        ),
    )


def _create(place):
    return Ready(
        lambda: members.create(place / "home" / "vault", PASSPHRASE, **making(place, "chance"))
    )


def _create_alone(place):
    more = {"keychain": AbsentKeychain()}
    return Ready(
        lambda: members.create(
            place / "home" / "vault", PASSPHRASE, **making(place, "chance", **more)
        )
    )


def _change_passphrase(place):
    vault = by_key(place / "home" / "vault")

    def act():
        members.change_passphrase(vault, PASSPHRASE, ANOTHER, now=LATER, **making(place))

    return Ready(act)


def _set_passphrase(place):
    def act():
        members.set_passphrase(
            place / "home" / "vault", code(), ANOTHER, now=LATER, **making(place)
        )

    return Ready(act)


def _rename(place):
    vault = by_key(place / "home" / "vault")
    return Ready(lambda: members.rename(vault, "솔"))


def _new_code(place):
    vault = by_key(place / "home" / "vault")
    proven = members.Proven(vmk())
    return Ready(lambda: codes.new_code(vault, proven, FixedChance("later")))


def _switch_escrow_on(place):
    vault = by_key(place / "home" / "vault")
    proven = members.Proven(vmk())
    return Ready(lambda: escrow.switch_on(vault, NEW_KEY.public_text, proven))


def _renew(place):
    vault = by_key(place / "home" / "vault")
    return Ready(
        lambda: members.renew_keys(vault, PASSPHRASE, now=LATER, **making(place)),
        is_repeatable=False,  # it may have closed the vault: then one unlocks anew
    )


def _unlock(place):
    keychain = KeptKeychain(place)
    return Ready(
        lambda: members.unlock(
            place / "home" / "vault", PASSPHRASE, world=WORLD, keychain=keychain, now=LATER
        )
    )


# --- the schema of a later release -----------------------------------------------------------


def _schema_of_tomorrow(purpose="own"):
    return (*_schema_of_today(purpose), _MORE_SCHEMA)


def _in_halves(purpose="own"):
    """A control: the script ends its own transaction in the middle."""
    return (*_schema_of_today(purpose), _MORE_SCHEMA.replace("ALTER", "COMMIT; BEGIN; ALTER"))


def migrating_with(*, halves=False):
    """Return a workflow's beginning: open a vault with the program of a later release."""

    def ready(place):
        migrate.scripts = _in_halves if halves else _schema_of_tomorrow
        return Ready(lambda: by_key(place / "home" / "vault").close())

    return ready


def found_migrated(place) -> str:
    """Say which schema the vault has, old or new, and what is in it once it is brought up."""
    folder = Folder(place / "home" / "vault")
    header = headers.read(folder).newest.header
    db = connect(folder, header.keys(vmk()).database)
    version = migrate.version(db)
    is_new = db.execute("SELECT name FROM sqlite_master WHERE name = 'copied'").fetchall()
    notes = db.execute("SELECT id, text FROM note ORDER BY id").fetchall()
    copied = db.execute("SELECT id, text FROM copied ORDER BY id").fetchall() if is_new else None
    db.close()
    if copied not in (None, notes):
        return f"version: {version}, but half of the notes"
    try:
        migrate.scripts = _schema_of_tomorrow
        vault = by_key(place / "home" / "vault")
        vault.verify()
        inside = contents(vault)
        vault.close()
    finally:
        migrate.scripts = _schema_of_today
    return f"version: {version} {bool(is_new)}\n{inside}"


# --- the team --------------------------------------------------------------------------------


def a_team(place):
    """Leave two colleagues' own vaults and their team's vault, with an invitation open."""
    own = [by_key(a_closed_vault(place / name)) for name in ("sol", "namu", "bada")]
    joining = {"now": LATER, "chance": FixedChance("team")}
    made = team.create(own[0], place / "home" / "team", "새벽팀", label="솔", **joining)
    codes.prove_code(made.vault)
    invited = team.invite(own[0], made.vault, **joining)
    made.vault.close()
    joined = team.join(
        own[1], place / "home" / "team", invited.code, label="나무", **joining
    ).vault
    invited = team.invite(own[0], joined, **joining)
    (place / "invitation").write_text(invited.code)
    for vault in (*own, joined):
        vault.close()


def found_in_team(place) -> str:
    """Say which colleagues can open the team's vault, and what is in it."""
    said, inside = [], set()
    for name in ("sol", "namu", "bada"):
        own = by_key(place / name)
        try:
            opened = team.open_team(own, place / "home" / "team", now=LATER).vault
        except AppError as error:
            said.append(f"{name}: {type(error).__name__}")
        else:
            opened.verify()
            inside.add("".join(sorted(member.label for member in team.members(opened))))
            inside.add(str([each.text for each in board.notices(opened, LATER)]))
            opened.close()
            said.append(f"{name}: opens")
        own.close()
    epoch = headers.read(Folder(place / "home" / "team")).newest.header.epoch
    return "\n".join([*said, f"epoch: {epoch}", *sorted(inside)])


def _remove(place):
    own = by_key(place / "sol")
    opened = team.open_team(own, place / "home" / "team", now=LATER).vault
    gone = next(member.id for member in team.members(opened) if member.label == "나무")
    return Ready(
        lambda: team.remove(own, opened, gone, now=LATER, chance=FixedChance("later")),
        is_repeatable=False,
    )


def _join(place):
    own = by_key(place / "bada")
    invited, joining = (place / "invitation").read_text(), {"now": LATER, "label": "바다"}
    return Ready(
        lambda: team.join(
            own, place / "home" / "team", invited, chance=FixedChance("later"), **joining
        ).vault.close()
    )


HEADERS = (Workflow("rename a member", _rename, an_own_vault, found_opening),)
MIGRATIONS = (Workflow("migrate", migrating_with(), an_evening, found_migrated),)
SLOTS = (
    Workflow("change the passphrase", _change_passphrase, an_own_vault, found_opening),
    Workflow("set a passphrase", _set_passphrase, an_own_vault, found_opening),
    Workflow("make a new code", _new_code, an_own_vault, found_opening),
    Workflow("switch escrow on", _switch_escrow_on, an_own_vault, found_opening),
    Workflow("join a team", _join, a_team, found_in_team, reach="home/team"),
)
EPOCHS = (
    Workflow("renew the keys", _renew, an_own_vault, found_opening),
    Workflow("remove from a team", _remove, a_team, found_in_team, reach="home/team"),
)
FIRST = (
    Workflow("create", _create, nothing, found_opening, reach="home"),
    Workflow("create without a keyring", _create_alone, nothing, found_opening, reach="home"),
    Workflow("unlock by passphrase", _unlock, an_own_vault, found_opening),
)
