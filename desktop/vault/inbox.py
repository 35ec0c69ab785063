"""Rows of referrals that came to us: the case in one table, what was told in others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.domain.consents import Item
from desktop.domain.ids import YouthId
from desktop.domain.inbox import Gone, Told
from desktop.vault.columns import stamp
from desktop.vault.database import Db
from desktop.vault.steps import Step
from desktop.vault.subjects import as_it_stands
from sync.protocol.states import TaskStatus

RECEIVED, OPENED, AMENDED = "received", "opened", "amended"


@dataclass(frozen=True, slots=True)
class Case:
    """What an event about a case is compared with: no word of what was told."""

    ref: str
    from_org: str
    consents: frozenset[str]
    status: TaskStatus
    gone: Gone
    version: int
    """Of the newest packet; 0 when none is here."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A case as it comes in."""

    ref: str
    from_org: str
    from_name: str
    consent: str
    priority: str
    at: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Packed:
    """What was told, in the bytes that are kept, and the digest of what brought it."""

    version: int
    packet: bytes
    digest: str


def add(db: Db, arrived: Arrived, step: Step) -> None:
    """Keep a case that was not known."""
    until = stamp(arrived.valid_until) if arrived.valid_until else ""
    row = (
        arrived.ref, arrived.from_org, arrived.from_name, _json([arrived.consent]),
        arrived.priority, stamp(arrived.at), until, TaskStatus.REQUESTED.value,
    )  # fmt: skip
    db.execute(
        "INSERT INTO received (id, from_org, from_name, consents, priority, received_at,"
        " valid_until, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    taken(db, arrived.ref, step)


def case(db: Db, ref: str) -> Case | None:
    """Return one case, or None when none is known by this id."""
    row = db.execute(
        "SELECT r.id, r.from_org, r.consents, r.status, r.gone, coalesce(p.version, 0)"
        " FROM received r LEFT JOIN received_packet p ON p.received = r.id WHERE r.id = ?",
        (ref,),
    ).fetchone()
    if row is None:
        return None
    key, org, consents, status, gone, version = row
    stands_on = frozenset(msgspec.json.decode(consents, type=list[str]))
    return Case(key, org, stands_on, TaskStatus(status), Gone(gone), version)


def held(db: Db) -> int:
    """Return of how many cases the words are here."""
    return int(db.execute("SELECT count(*) FROM received_packet").fetchone()[0])


def stands_on(db: Db, known: Case, consent: str, until: datetime | None) -> None:
    """Something more was told, under this consent."""
    consents = _json(sorted(known.consents | {consent}))
    db.execute(
        "UPDATE received SET consents = ?, valid_until = max(valid_until, ?) WHERE id = ?",
        (consents, stamp(until) if until else "", known.ref),
    )
    as_it_stands(db, "received.stands", known.ref)


def keep_packet(db: Db, ref: str, packed: Packed) -> None:
    """Keep what was told, in place of what was told before."""
    db.execute(
        "INSERT INTO received_packet (received, version, packet, digest) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (received) DO UPDATE SET version = excluded.version,"
        " packet = excluded.packet, digest = excluded.digest",
        (ref, packed.version, packed.packet, packed.digest),
    )
    as_it_stands(db, "packet.kept", ref, packed.version)


def asker_of(db: Db, ref: str) -> str:
    """Return what whoever asked is called; empty when no such case came in."""
    row = db.execute("SELECT from_name FROM received WHERE id = ?", (ref,)).fetchone()
    return str(row[0]) if row else ""


def digest(db: Db, ref: str) -> str:
    """Return the digest of the newest packet; empty when there is none."""
    row = db.execute("SELECT digest FROM received_packet WHERE received = ?", (ref,)).fetchone()
    return str(row[0]) if row else ""


def has_taken(db: Db, ref: str, name: str) -> bool:
    """Say whether a step was taken."""
    row = db.execute(
        "SELECT 1 FROM received_step WHERE received = ? AND step = ?", (ref, name)
    ).fetchone()
    return row is not None


def taken(db: Db, ref: str, step: Step) -> None:
    """Write a step down, once."""
    db.execute(
        "INSERT INTO received_step (received, proof, step, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (ref, step.proof, step.name, stamp(step.at)),
    )
    as_it_stands(db, f"received.{step.name}", ref, 1, step.at)


def moved(db: Db, ref: str, to: TaskStatus, reason: str, step: Step) -> None:
    """Write down a new status."""
    db.execute(
        "UPDATE received SET status = ?, reason = ?, reminded = '' WHERE id = ?",
        (to.value, reason, ref),
    )
    taken(db, ref, step)


def forestalled(db: Db, ref: str, stands: TaskStatus, told: TaskStatus) -> None:
    """Another place was first: the case `stands` so now, and `told` is what it had become."""
    db.execute(
        "UPDATE received SET reason = iif(status = ?1, reason, ''), status = ?1, elsewhere = ?2"
        " WHERE id = ?3",
        (stands.value, told.value, ref),
    )
    as_it_stands(db, "received.forestalled", ref)


def acts_again(db: Db, ref: str) -> None:
    """Somebody here has read that another place was first, and goes on."""
    changed = db.execute(
        "UPDATE received SET elsewhere = '' WHERE id = ? AND elsewhere <> ''", (ref,)
    )
    if changed.rowcount:
        as_it_stands(db, "received.seen", ref)


def reminded(db: Db, ref: str, reason: str, step: Step) -> None:
    """The hub has reminded us of an answer that is owed."""
    db.execute("UPDATE received SET reminded = ? WHERE id = ?", (reason, ref))
    taken(db, ref, step)


def tell(db: Db, ref: str, message: str, told: Told) -> None:
    """Keep what was said back, once."""
    said = told.appointment
    meeting = (stamp(said.at), said.place, said.meeting.value) if said else ("", "", "")
    added = db.execute(
        "INSERT INTO received_note (id, received, at, text, meeting_at, place, meeting, asks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (message, ref, stamp(told.at), told.text, *meeting, _asks(told.asks)),
    ).rowcount
    if added:
        as_it_stands(db, "told.back", message, 1, told.at)


def told_at(db: Db, message: str, at: datetime) -> None:
    """Write down when the hub took what was said back: our own clock may be days off."""
    changed = db.execute(
        "UPDATE received_note SET at = ?2 WHERE id = ?1 AND at <> ?2", (message, stamp(at))
    )
    if changed.rowcount:
        as_it_stands(db, "told.taken", message, 1, at)


def words_of(db: Db, message: str) -> str:
    """Return the words that a message said back; empty where they are not here."""
    row = db.execute("SELECT text FROM received_note WHERE id = ?", (message,)).fetchone()
    return str(row[0]) if row else ""


def keep_typed(db: Db, ref: str, words: Mapping[str, str], at: datetime) -> None:
    """Keep what stands in the fields; a case whose words are gone takes none."""
    changed = db.execute(
        "UPDATE received_packet SET typed = ? WHERE received = ? RETURNING received",
        (msgspec.json.encode(dict(words)).decode(), ref),
    ).fetchall()
    if changed:
        as_it_stands(db, "packet.typed", ref, 1, at)


def keeps_as(db: Db, ref: str, youth: YouthId | None, at: datetime) -> None:
    """Remember who was kept here as somebody of our own; None: nobody any more."""
    key = str(youth) if youth else ""
    db.execute("UPDATE received_packet SET youth = ? WHERE received = ?", (key, ref))
    as_it_stands(db, "packet.handed_on", ref, 1, at)


def _asks(items: frozenset[Item]) -> str:
    return _json(sorted(item.value for item in items))


def _json(values: list[str]) -> str:
    return msgspec.json.encode(values).decode()
