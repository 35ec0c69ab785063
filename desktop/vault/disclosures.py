"""Rows of reports that need no consent: what was shown, who signed, and every step since."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.domain.consents import Item
from desktop.domain.disclosures import ReleasedByLaw, Report, Stage
from desktop.domain.ids import AgencyId, YouthId
from desktop.vault.columns import stamp, uuid
from desktop.vault.database import Db
from desktop.vault.outbox import URGENT, journal
from desktop.vault.steps import Step
from desktop.vault.subjects import as_it_stands
from sync.protocol.codec import packed, read_json, unpacked
from sync.protocol.messages import Header, Message
from sync.protocol.states import Delivery, TaskStatus

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
    # The supervisor's clock may be ahead: what waits for a line waits from now at the latest.
    at = min(signed.at, released.released_at)
    taken(db, str(referral.id), Step(Stage.SIGNED.value, at, signed.cosigner))


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


def is_question_here(db: Db, ref: str) -> bool:
    """Say whether the question to the supervisors has not been offered to the hub yet."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE ref = ? AND kind = 'cosign.request' AND state = 'waiting'"
        " AND attempts = 0",
        (ref,),
    ).fetchone()
    return row is not None


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


def seen_to(db: Db, ref: str, step: Step) -> None:
    """Write down that a person has seen to it; a later time stands in place of an earlier."""
    db.execute(
        "INSERT INTO disclosure_step (disclosure, step, at, proof) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET at = excluded.at, proof = excluded.proof",
        (ref, step.name, stamp(step.at), step.proof),
    )
    as_it_stands(db, "disclosure.seen-to", ref, 1, step.at)


def digest_of(db: Db, ref: str) -> str:
    """Return the digest of what left; empty before."""
    row = db.execute("SELECT digest FROM disclosure WHERE id = ?", (ref,)).fetchone()
    return str(row[0]) if row else ""


def name_of(db: Db, ref: str) -> str:
    """Return whom a report is for; empty when it is not ours."""
    row = db.execute("SELECT agency_name FROM disclosure WHERE id = ?", (ref,)).fetchone()
    return str(row[0]) if row else ""


def _forget_question(db: Db, ref: str) -> None:
    rows = db.execute(
        "DELETE FROM outbox WHERE ref = ? AND kind = 'cosign.request' RETURNING id", (ref,)
    )
    journal(db, "outbox.ended", rows.fetchall())


def _items(items: frozenset[Item]) -> str:
    return msgspec.json.encode(sorted(item.value for item in items)).decode()
