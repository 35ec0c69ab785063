"""An organisation's own consent texts: written, put in force, never changed after.

Without one, and wherever the newest lacks what the law requires, the program's own text holds.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.consent_errors import Fault, LongerThanTold, TextsRefused
from desktop.domain import consent_texts, text_file, text_versions
from desktop.domain.moment import Moment
from desktop.domain.retention import TOLD
from desktop.domain.text import clean
from desktop.domain.text_versions import Draft, Texts, Version
from desktop.errors import NotEnrolled
from desktop.services import enrolment, looks, members, whole_files
from desktop.trust_errors import NotAdmin
from desktop.vault import consent_texts as rows
from desktop.vault import retention
from desktop.vault.database import Db, Vault
from sync.protocol.codec import canonical
from sync.protocol.digests import sha256
from sync.protocol.disclosures import COSIGNERS

SHOWN = 50
LARGEST_FILE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Holding:
    """What the hand-over shows."""

    texts: Texts | None
    """None: the program's own."""
    faults: tuple[Fault, ...] = ()
    """Why the organisation's newest is not it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All there is of the organisation's texts."""

    versions: tuple[Version, ...]
    """The newest first, at most `SHOWN`."""
    draft: Draft | None
    may_write: bool
    faults: tuple[Fault, ...]
    """What the newest version lacks."""


def shelf(vault: Vault) -> Shelf:
    """Return what there is, and whether this device may change it."""
    with vault.reading() as db:
        return Shelf(rows.latest(db, SHOWN), rows.draft(db), _may_write(db), shown(db).faults)


def holding(vault: Vault) -> Holding:
    """Return what the hand-over shows. A text that lacks something is shown to nobody."""
    with vault.reading() as db:
        return shown(db)


def of_version(vault: Vault, version: Version) -> Texts | None:
    """Return the words of a version as they were; None for the program's own."""
    with vault.reading() as db:
        return rows.texts(db, version.form)


def keep_draft(vault: Vault, texts: Texts, moment: Moment) -> None:
    """Keep what is being written, whatever it lacks; raises `NotAdmin`.

    A resident number is blotted out: it may not be kept, not even as a draft.
    """
    texts = text_versions.blotted(texts)
    name = members.label(vault)
    with vault.transaction() as db:
        refuse_others(db)
        rows.keep_draft(db, Draft(texts, name or looks.reader(db, vault).who, moment.now))


def drop_draft(vault: Vault, moment: Moment) -> None:
    """Forget what is being written; raises `NotAdmin`."""
    with vault.transaction() as db:
        refuse_others(db)
        rows.drop_draft(db, moment.now)


def put_in_force(vault: Vault, texts: Texts, moment: Moment) -> Version:
    """Make these the texts of every later asking; what was agreed to before stays as it is.

    Raises `TextsRefused` with every fault of every language, `NotAdmin`, and `LongerThanTold`
    where things are kept longer than these texts say; nothing changes then.
    """
    name = members.label(vault)
    with vault.transaction() as db:
        refuse_others(db)
        digest = sha256(canonical(text_versions.named(texts, ""))).hex()
        texts = text_versions.named(texts, f"{rows.OWN}v{_next(db)}-{digest[:8]}")
        text = next(iter(consent_texts.read_all(texts).values()))
        _refuse_shorter(db, text.kept_days)
        version = held(db, text.form, name or looks.reader(db, vault).who, moment)
        rows.add(db, version, texts)
        rows.drop_draft(db, moment.now)
    return version


def use_programs_own(vault: Vault, moment: Moment) -> Version:
    """Go back to the program's own text; the others stay to be read.

    Raises `NotAdmin`, and `LongerThanTold` where things are kept longer than that text says.
    """
    name = members.label(vault)
    with vault.transaction() as db:
        refuse_others(db)
        _refuse_shorter(db, TOLD)
        version = held(db, "", name or looks.reader(db, vault).who, moment)
        rows.add(db, version, {})
    return version


def held(db: Db, form: str, who: str, moment: Moment) -> Version:
    """Return the version that is to hold from now on."""
    return Version(_next(db), form, who, moment.now)


def is_own(form: str) -> bool:
    """Say whether an organisation wrote the text of this id."""
    return form.startswith(rows.OWN)


def refuse_failing(db: Db, form: str) -> None:
    """Raise `TextsRefused` for an asking with a text of ours that fails, or that nobody kept."""
    if not is_own(form):
        return  # the program's own is checked when it is read
    texts = rows.texts(db, form)
    if texts is None:
        raise TextsRefused(faults=(Fault(form, "", "", "unknown"),))
    consent_texts.read_all(texts)


def load(file: Path) -> dict[str, dict[str, object]]:
    """Read one language, or all of them, from a file.

    Raises `TextsRefused` with every fault by its place; then nothing of the file is taken.
    """
    return text_file.parse(read(file), file.name)


def read(file: Path) -> str:
    """Return what a file says; `TextsRefused` where it is no text at all, or far too long."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
        text = raw.decode("utf-8-sig") if len(raw) <= LARGEST_FILE else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text:
        raise TextsRefused(faults=(Fault(file.name, "", "", "unreadable"),))
    return clean(text)


def save(texts: Texts, file: Path) -> None:
    """Write the texts into a file that `load` reads; raises as `whole_files.write`."""
    whole_files.write(file, text_file.written(texts).encode())


def shown(db: Db) -> Holding:
    """Return the same, within a transaction."""
    newest = rows.newest(db)
    if newest is None or not newest.is_own:
        return Holding(None)
    texts = rows.texts(db, newest.form)
    if texts is None:
        return Holding(None, (Fault(newest.form, "", "", "unreadable"),))
    try:
        consent_texts.read_all(texts)
    except TextsRefused as refused:
        return Holding(None, tuple(replace(f, file=newest.form) for f in refused.faults))
    return Holding(texts)


def _refuse_shorter(db: Db, days: int) -> None:
    if retention.policy(db).longest > days:
        raise LongerThanTold(days=days)


def _next(db: Db) -> int:
    newest = rows.newest(db)
    return newest.number + 1 if newest else 1


def _may_write(db: Db) -> bool:
    try:
        return enrolment.current(db).role in COSIGNERS
    except NotEnrolled:
        return False


def refuse_others(db: Db) -> None:
    """Raise `NotAdmin` where neither a supervisor sits nor whoever looks after devices."""
    if not _may_write(db):
        raise NotAdmin
