"""One batch of messages: each is taken once, answered for, and harms no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.protocol.answers import Outcome, ReceiptClaim, Result
from sync.protocol.codec import packed
from sync.protocol.messages import BATCH_ITEMS, Kind, Message
from sync.protocol.states import TaskStatus, has_ended
from sync.server import answered, devices, headers, intake, mailbox, restores, tables
from sync.server.answered import Answered
from sync.server.devices import ENROLLED
from sync.server.founding import RECEIPTS, Hub
from sync.server.intake import Arrival
from sync.server.mailbox import Posting
from sync.server.refusals import Conflict, Early, Rejected, Unknown
from sync.server.signatures import public_key
from sync.server.store import Db, Overtaken, Row, StoreFailed

RETRY_SECONDS = 30
RECALLED_AT_ONCE = 2 * BATCH_ITEMS
"""Once the withdrawals of a batch have told so much, those behind them come with the next one.

A withdrawal of one referral tells two: its agency, and our own colleagues.
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """The device at the other end of the line."""

    device: str
    org: str
    role: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one message; `arrival` is there if the answer must last for ever."""

    result: Result
    arrival: Arrival | None = None
    postings: tuple[Posting, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Say whether the message changed something."""
        return self.arrival is not None and self.result.outcome is Outcome.ACCEPTED


class Batch:
    """Takes messages inside one transaction. Call `take` once."""

    def __init__(self, db: Db, hub: Hub, caller: Caller, now: datetime) -> None:
        """Begin an empty batch."""
        self._db = db
        self._hub = hub
        self._caller = caller
        self._now = now
        self._keys: dict[str, Ed25519PublicKey | None] = {}
        self._recalled = 0

    def take(self, messages: Sequence[Message]) -> tuple[tuple[Result, ...], frozenset[str]]:
        """Answer every message, in order, and name the organisations that have news."""
        caller = self._caller
        has_others = bool(messages) and devices.has_others(self._db, caller.org, caller.device)
        read = [self._read(message, has_colleagues=has_others) for message in messages]
        known = answered.known(self._db, (each for each in read if isinstance(each, Arrival)))
        arrived = [self._arrive(each, known) for each in read]
        self._look_for_referrals(each for each in arrived if isinstance(each, Arrival))
        verdicts: list[Verdict] = []
        late: dict[str, Result] = {}
        for arrival in arrived:
            if isinstance(arrival, Result):
                verdicts.append(Verdict(arrival))
                continue
            name = arrival.header.id
            if name in known:
                verdicts.append(Verdict(known[name].again(arrival)))
            else:
                verdicts.append(_late_too(arrival, late) or self._judge(arrival))
            if verdicts[-1].arrival:
                known[name] = Answered(arrival.digest, verdicts[-1].result)
            if _came_late(arrival, verdicts[-1].result):
                late[arrival.header.ref] = verdicts[-1].result
        return self._close(verdicts)

    def _read(self, message: Message, *, has_colleagues: bool) -> Arrival | Result:
        name = ""
        try:
            header = headers.read_header(message)
            name = header.id
            headers.check_shape(header, message)
        except Rejected as refused:
            return _unproven(name, refused)
        return Arrival(header, message, message.digest(), self._now, has_colleagues)

    def _arrive(
        self, arrival: Arrival | Result, known: Mapping[str, Answered]
    ) -> Arrival | Result:
        if isinstance(arrival, Result):
            return arrival
        header, caller = arrival.header, self._caller
        before = known.get(header.id)
        if before is not None and before.is_about(arrival, caller.org):
            return arrival  # though its device may be shut out since, and another one brings it
        try:
            headers.check_sender(header, arrival.message, (caller.org, caller.device), self._key)
        except Rejected as refused:
            return _unproven(header.id, refused)
        return arrival

    def _judge(self, arrival: Arrival) -> Verdict:
        name, is_withdrawal = arrival.header.id, arrival.is_withdrawal
        if is_withdrawal and self._recalled >= RECALLED_AT_ONCE:
            return _later(name)
        try:
            with self._db.attempt():
                effect = intake.take(self._db, arrival)
        except (Rejected, Conflict) as refused:
            return self._refused(arrival, refused)
        except Overtaken:
            raise  # nothing of this transaction stands: it is made once more
        except StoreFailed:
            return _later(name)
        if effect.postings:
            self._db.add_later(tables.packet, _packet_row(arrival))
        self._recalled += len(effect.postings) if is_withdrawal else 0
        result = Result(name, Outcome.ACCEPTED, state=effect.state, version=effect.version)
        return Verdict(result, arrival, effect.postings)

    def _refused(self, arrival: Arrival, why: Rejected | Conflict) -> Verdict:
        name = arrival.header.id
        if isinstance(why, Unknown | Early) and restores.is_recent(self._db, self._now):
            return _later(name)
        if isinstance(why, Rejected):
            return Verdict(Result(name, Outcome.REJECTED, why.code), arrival)
        moved = Result(name, Outcome.CONFLICT, state=why.state, version=why.version)
        return Verdict(moved, arrival)

    def _close(self, verdicts: Sequence[Verdict]) -> tuple[tuple[Result, ...], frozenset[str]]:
        postings = [posting for verdict in verdicts for posting in verdict.postings]
        news = mailbox.deliver(self._db, postings, self._now)
        results = self._with_receipts(verdicts)
        kept = [
            answered.row_of(verdict.arrival, result)
            for verdict, result in zip(verdicts, results, strict=True)
            if verdict.arrival
        ]
        self._db.add(tables.message, *kept)
        return results, news

    def _with_receipts(self, verdicts: Sequence[Verdict]) -> tuple[Result, ...]:
        claims = self._claims(verdicts)
        signed = zip(claims, self._hub.key.receipts(claims), strict=True)
        receipts = {claim.id: receipt for claim, receipt in signed}
        return tuple(
            verdict.result
            if verdict.result.receipt or verdict.result.outcome is Outcome.REJECTED
            else msgspec.structs.replace(verdict.result, receipt=receipts.get(verdict.result.id))
            for verdict in verdicts
        )

    def _claims(self, verdicts: Sequence[Verdict]) -> list[ReceiptClaim]:
        accepted = [(v.arrival, v.postings) for v in verdicts if v.arrival and v.is_accepted]
        last = self._db.advance(RECEIPTS, len(accepted)) if accepted else 0
        return [
            self._claim(arrival, postings, seq)
            for seq, (arrival, postings) in enumerate(accepted, last - len(accepted) + 1)
        ]

    def _claim(self, arrival: Arrival, postings: tuple[Posting, ...], seq: int) -> ReceiptClaim:
        recalled = tuple(sorted({p.ref for p in postings})) if arrival.is_withdrawal else ()
        stamped = (self._hub.id, seq, self._now, recalled)
        return ReceiptClaim(arrival.header.id, arrival.digest, *stamped)

    def _look_for_referrals(self, arrivals: Iterable[Arrival]) -> None:
        headers = (arrival.header for arrival in arrivals)
        refs = {header.ref for header in headers if header.kind is Kind.REFERRAL_REQUEST}
        if len(refs) > 1:
            self._db.look_for(tables.referral, refs)

    def _key(self, device: str) -> Ed25519PublicKey | None:
        if device not in self._keys:
            row = self._db.one(tables.device, id=device, org_id=self._caller.org, status=ENROLLED)
            self._keys[device] = public_key(row["sign_pub"]) if row else None
        return self._keys[device]


def _unproven(name: str, why: Rejected) -> Result:
    # Not kept: it is not proven to be the sender's, who may still need this id.
    return Result(name, Outcome.REJECTED, why.code)


def _later(name: str) -> Verdict:
    # Not kept: it may be taken the next time.
    return Verdict(Result(name, Outcome.RETRY, retry_after=RETRY_SECONDS))


def _came_late(arrival: Arrival, result: Result) -> bool:
    """Say whether somebody decided here about what others had ended before."""
    is_decision = arrival.header.kind is Kind.TASK_STATUS
    is_conflict = is_decision and result.outcome is Outcome.CONFLICT
    return is_conflict and result.state in set(TaskStatus) and has_ended(TaskStatus(result.state))


def _late_too(arrival: Arrival, late: dict[str, Result]) -> Verdict | None:
    """Answer words that were written on a decision which does not count: nor do they."""
    header = arrival.header
    if header.kind is not Kind.TASK_NOTE or header.ref not in late:
        return None
    return Verdict(msgspec.structs.replace(late[header.ref], id=header.id), arrival)


def _packet_row(arrival: Arrival) -> Row:
    return {
        "message_id": arrival.header.id,
        "ref": arrival.header.ref,
        "kind": arrival.header.kind.value,
        "device_id": arrival.header.from_device,
        "wire": packed(arrival.message),
    }
