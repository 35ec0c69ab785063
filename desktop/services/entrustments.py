"""Recording that a law entrusts the organisation with unique identifiers, and that it ended.

Off until a supervisor records it (PIPA 24(1), 청소년복지 지원법 시행령 18). It reaches the other
laptops of the organisation as its consent texts do: in a file that a supervisor's device signed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.consent_errors import EntrustmentUnclear, EntrustmentUnsigned, NotSupervisor
from desktop.domain.entrustments import EntrustedBy, Entrustment, Held, after
from desktop.domain.moment import Moment
from desktop.errors import NotEnrolled
from desktop.services import enrolment, looks, members, signed_texts, whole_files
from desktop.vault import drafts
from desktop.vault import entrustments as rows
from desktop.vault.database import Db, Vault
from sync.client.errors import Untrusted
from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.entrustments import ENTRUSTING, ENTRUSTMENT_CONTEXT, EntrustmentClaim
from sync.protocol.texts import SignedTexts

_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the organisation."""

    held: Held | None
    """None where nothing was ever recorded: off."""
    is_on: bool
    may_record: bool
    """Whether this is a supervisor's laptop."""


def standing(vault: Vault, now: datetime) -> Standing:
    """Return how it stands; every member may see it."""
    with vault.reading() as db:
        held = rows.newest(db)
        return Standing(held, held is not None and held.holds(now), _may_record(db))


def is_on(db: Db, now: datetime) -> bool:
    """Say whether a number may be asked for, written and told now."""
    held = rows.newest(db)
    return held is not None and held.holds(now)


def basis(db: Db, now: datetime) -> str:
    """Return what the record of a consent names as the ground; empty where there is none."""
    held = rows.newest(db)
    return held.entrustment.basis if held is not None and held.holds(now) else ""


def record(vault: Vault, entrustment: Entrustment, moment: Moment) -> Held:
    """Put it in force; raises `NotSupervisor`, and `EntrustmentUnclear` where it is over."""
    name = members.label(vault)
    with vault.transaction() as db:
        refuse_others(db)
        if entrustment.until <= moment.now:
            raise EntrustmentUnclear
        who = name or looks.reader(db, vault).who
        held = Held(entrustment, who, after(rows.newest(db), moment.now))
        rows.add(db, held)
    return held


def end(vault: Vault, moment: Moment) -> Held | None:
    """Let nothing be asked or sent from now on; numbers in drafts go. Raises `NotSupervisor`."""
    name = members.label(vault)
    with vault.transaction() as db:
        refuse_others(db)
        held = rows.newest(db)
        if held is None or not held.holds(moment.now):
            return held
        ended = held.taken_back(name or looks.reader(db, vault).who, moment.now)
        _keep(db, ended, moment.now)
    return ended


def save(vault: Vault, file: Path) -> None:
    """Write what counts here, signed by this device, into a file that `take` accepts.

    Raises `NotSupervisor`, and as `whole_files.write`.
    """
    with vault.reading() as db:
        refuse_others(db)
        own, held = enrolment.current(db), rows.newest(db)
    if held is None:
        raise EntrustmentUnclear
    signed = signed_texts.sealed_by(own, ENTRUSTMENT_CONTEXT, canonical(_claim(held)))
    whole_files.write(file, canonical(signed))


def take(vault: Vault, file: Path, moment: Moment) -> Held:
    """Let count here what a supervisor of our organisation signed, or that it ended.

    Raises `EntrustmentUnsigned`, for what is older than what counts here too, and `NotEnrolled`.
    """
    with vault.transaction() as db:
        held, newest = _proven(db, file, moment), rows.newest(db)
        if newest == held:
            return held
        if newest is not None and held.at <= newest.at:
            raise EntrustmentUnsigned
        _keep(db, held, moment.now)
    return held


def refuse_others(db: Db) -> None:
    """Raise `NotSupervisor` unless this is a supervisor's laptop."""
    if not _may_record(db):
        raise NotSupervisor


def _keep(db: Db, held: Held, now: datetime) -> None:
    rows.add(db, held)
    if not held.holds(now):
        drafts.drop_numbers(db, now)


def _may_record(db: Db) -> bool:
    try:
        return enrolment.current(db).role == ENTRUSTING
    except NotEnrolled:
        return False


def _claim(held: Held) -> EntrustmentClaim:
    told = held.entrustment
    last_day = told.last_day.isoformat() if told.last_day else ""
    return EntrustmentClaim(
        told.by, told.article, told.document, told.dated.isoformat(), last_day,
        held.is_taken_back, held.who, held.at,
    )  # fmt: skip


def _proven(db: Db, file: Path, moment: Moment) -> Held:
    try:
        with file.open("rb") as opened:
            signed = read_json(SignedTexts, opened.read(_LARGEST))
        signer = signed_texts.signer_of(db, signed, ENTRUSTMENT_CONTEXT, moment.now)
        held = _held(read_json(EntrustmentClaim, signed.claim))
    except (OSError, Unreadable, Untrusted, ValueError, EntrustmentUnclear) as error:
        raise EntrustmentUnsigned from error
    is_ours = signer.org == enrolment.current(db).org and signer.role == ENTRUSTING
    if not is_ours:
        raise EntrustmentUnsigned
    return held


def _held(claim: EntrustmentClaim) -> Held:
    last_day = date.fromisoformat(claim.last_day) if claim.last_day else None
    told = Entrustment(
        EntrustedBy(claim.by), claim.article, claim.document, date.fromisoformat(claim.dated),
        last_day,
    )  # fmt: skip
    return Held(told, claim.who, claim.at, claim.is_taken_back)
