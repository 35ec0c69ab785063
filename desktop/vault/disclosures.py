"""Rows of reports that need no consent: what was shown, who signed, how far each has come."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.domain.consents import Item
from desktop.domain.disclosures import Disclosure, Entry, Ground, ReleasedByLaw, Report, Stage
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.referrals import Reply
from desktop.vault.columns import Row, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.outbox import URGENT, journal
from desktop.vault.steps import Step
from desktop.vault.subjects import as_it_stands
from sync.protocol.codec import packed, read_json, unpacked
from sync.protocol.disclosures import BASES
from sync.protocol.messages import Header, Message
from sync.protocol.states import Delivery, TaskStatus
from sync.protocol.words import asker_words

FORM, LIMITS = "sealed-message", "purpose-only/reporter-secret"
_SELECT = (
    "SELECT id, youth, basis, agency_name, asked_at, state, delivery, status, reason, problem,"
    " device"
    " FROM disclosure "
)
_FAR = tuple(Delivery)


@dataclass(frozen=True, slots=True)
class Held:
    """What a signature is compared with before anything leaves."""

    youth: YouthId
    agency: AgencyId
    kind: str
    device: str
    stage: Stage
    packet: bytes
    message: Message


def ask(db: Db, report: Report, name: str, packet: bytes, message: Message) -> None:
    """Keep a report that waits for a supervisor, with what would leave."""
    referral = report.referral
    db.execute(
        "INSERT INTO disclosure (id, youth, basis, agency, agency_name, agency_kind, items,"
        " packet, sealed, device, asked_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'asked')",
        (
            str(referral.id), str(referral.youth), report.ground.value, referral.agency, name,
            report.kind.value, _items(referral.items), packet, packed(message), report.device,
            stamp(referral.written_at),
        ),
    )  # fmt: skip
    as_it_stands(db, "disclosure.asked", referral.id, 1, referral.written_at)


def held(db: Db, ref: str) -> Held | None:
    """Return what is kept of a report; None when it is not ours."""
    row = db.execute(
        "SELECT youth, agency, agency_kind, device, state, packet, sealed FROM disclosure"
        " WHERE id = ?",
        (ref,),
    ).fetchone()
    if row is None:
        return None
    youth, agency, kind, device, state, packet, sealed = row
    message = unpacked(Message, sealed)
    whose = YouthId(uuid(youth))
    return Held(whose, AgencyId(agency), kind, device, Stage(state), bytes(packet), message)


def release(db: Db, released: ReleasedByLaw, message: Message) -> None:
    """Queue a report under two names, once. There is no other way in for one."""
    referral, signed = released.report.referral, released.cosigned
    db.execute(
        "UPDATE disclosure SET state = 'signed', cosigner = ?, signed_at = ?, valid_until = ?,"
        " digest = ? WHERE id = ?",
        (
            signed.cosigner, stamp(released.released_at), stamp(signed.until), message.digest(),
            str(referral.id),
        ),
    )  # fmt: skip
    _forget_question(db, str(referral.id))
    queue(db, message, released.released_at, _items(referral.items))
    taken(db, str(referral.id), Step(Stage.SIGNED.value, signed.at, signed.cosigner))


def queue(db: Db, message: Message, at: datetime, items: str = "[]") -> None:
    """Queue a message of this path, on no consent of anybody's."""
    header = read_json(Header, message.header)
    db.execute(
        "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at,"
        " state) VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, 'waiting')",
        (
            header.id, URGENT, header.kind.value, header.ref, header.to_org, items,
            packed(message), stamp(at),
        ),
    )  # fmt: skip
    as_it_stands(db, "outbox.queued", header.id, 1, at)


def items_of(report: Report) -> str:
    """Return the item codes as the outbox compares them."""
    return _items(report.referral.items)


def refused(db: Db, ref: str, reason: str, step: Step) -> None:
    """A supervisor has not put a name to it."""
    db.execute("UPDATE disclosure SET state = 'refused', reason = ? WHERE id = ?", (reason, ref))
    _forget_question(db, ref)
    taken(db, ref, step)


def ended(db: Db, ref: str, step: Step) -> None:
    """Take a report back: it never left."""
    db.execute("UPDATE disclosure SET state = 'ended' WHERE id = ?", (ref,))
    _forget_question(db, ref)
    taken(db, ref, step)


def delivered(db: Db, ref: str, to: Delivery, step: Step) -> None:
    """Move it on; it never goes back."""
    db.executemany(
        "UPDATE disclosure SET delivery = ? WHERE id = ? AND delivery = ?",
        [(to.value, ref, before.value) for before in _FAR[: _FAR.index(to)]],
    )
    taken(db, ref, step)


def moved(db: Db, ref: str, to: TaskStatus, reason: str, step: Step) -> None:
    """Write down what the authority decided."""
    db.execute(
        "UPDATE disclosure SET status = ?, reason = ? WHERE id = ?", (to.value, reason, ref)
    )
    taken(db, ref, step)


def replied(db: Db, ref: str, text: str, step: Step) -> None:
    """Keep the authority's words, once."""
    db.execute(
        "INSERT INTO disclosure_reply (id, disclosure, at, text) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (step.proof, ref, stamp(step.at), text),
    )
    as_it_stands(db, "disclosure.replied", ref, 1, step.at)


def has_problem(db: Db, ref: str, code: str) -> None:
    """Write down why a person has to look."""
    db.execute("UPDATE disclosure SET problem = ? WHERE id = ?", (code, ref))
    as_it_stands(db, "disclosure.problem", ref)


def taken(db: Db, ref: str, step: Step) -> None:
    """Write a step down, once."""
    db.execute(
        "INSERT INTO disclosure_step (disclosure, step, at, proof) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (ref, step.name, stamp(step.at), step.proof),
    )
    as_it_stands(db, f"disclosure.{step.name}", ref, 1, step.at)


def digest_of(db: Db, ref: str) -> str:
    """Return the digest of what left; empty before."""
    row = db.execute("SELECT digest FROM disclosure WHERE id = ?", (ref,)).fetchone()
    return str(row[0]) if row else ""


def name_of(db: Db, ref: str) -> str:
    """Return whom a report is for; empty when it is not ours."""
    row = db.execute("SELECT agency_name FROM disclosure WHERE id = ?", (ref,)).fetchone()
    return str(row[0]) if row else ""


def enter(db: Db, ref: str, message: str, at: datetime) -> None:
    """Write into the ledger that it was provided, once (decree 15)."""
    agency, name, basis, items = db.execute(
        "SELECT agency, agency_name, basis, items FROM disclosure WHERE id = ?", (ref,)
    ).fetchone()
    added = db.execute(
        "INSERT INTO disclosure_ledger (id, referral, recipient, recipient_name, purpose,"
        " legal_basis, items, at, form, limits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (message, ref, agency, name, BASES[basis].purpose, basis, items, stamp(at), FORM, LIMITS),
    ).rowcount
    if added:
        as_it_stands(db, "ledger.entered", message, 1, at)


def provided(db: Db) -> int:
    """Return how many lines the ledger has."""
    return int(db.execute("SELECT count(*) FROM disclosure_ledger").fetchone()[0])


def ledger(db: Db, most: int = -1) -> tuple[Entry, ...]:
    """Return every line of the ledger, or the `most` newest; the newest first."""
    rows = db.execute(
        "SELECT at, recipient_name, legal_basis, items, purpose, form, limits"
        " FROM disclosure_ledger ORDER BY at DESC, id LIMIT ?",
        (most,),
    )
    return tuple(
        Entry(time(at), name, Ground(basis), tuple(map(Item, msgspec.json.decode(items))), *codes)
        for at, name, basis, items, *codes in rows.fetchall()
    )


def of_youth(db: Db, youth: YouthId) -> tuple[Disclosure, ...]:
    """Return the reports about one young person, the newest first."""
    rows = db.execute(
        _SELECT + "WHERE youth = ? ORDER BY asked_at DESC, rowid DESC", (str(youth),)
    ).fetchall()
    return tuple(_disclosure(db, row) for row in rows)


def one(db: Db, ref: ReferralId) -> Disclosure | None:
    """Return one report; None when it is not ours."""
    row = db.execute(_SELECT + "WHERE id = ?", (str(ref),)).fetchone()
    return _disclosure(db, row) if row else None


def _forget_question(db: Db, ref: str) -> None:
    rows = db.execute(
        "DELETE FROM outbox WHERE ref = ? AND kind = 'cosign.request' RETURNING id", (ref,)
    )
    journal(db, "outbox.ended", rows.fetchall())


def _disclosure(db: Db, row: Row) -> Disclosure:
    key, youth, basis, name, asked_at, state, delivery, status, reason, problem, device = row
    steps = db.execute("SELECT step, at FROM disclosure_step WHERE disclosure = ?", (key,))
    said = {step: time(at) for step, at in steps.fetchall()}
    replies = db.execute(
        "SELECT text, at FROM disclosure_reply WHERE disclosure = ? ORDER BY at", (key,)
    )
    return Disclosure(
        ReferralId(uuid(key)), YouthId(uuid(youth)), Ground(basis), name, time(asked_at),
        Stage(state), Delivery(delivery), TaskStatus(status), reason, problem, said,
        tuple(Reply(text, time(at)) for text, at in replies.fetchall()),
        asker_words(device),
    )  # fmt: skip


def _items(items: frozenset[Item]) -> str:
    return msgspec.json.encode(sorted(item.value for item in items)).decode()
