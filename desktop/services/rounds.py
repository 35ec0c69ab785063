"""The vault as the sync engine sees it: what may leave, and what came, kept in one transaction."""

from datetime import datetime, timedelta

from desktop.domain.ids import ConsentId, ReferralId
from desktop.domain.referrals import CAME_TOO_LATE
from desktop.services import (
    as_before,
    called_off,
    disclosure_arrivals,
    inbox_colleagues,
    inbox_ends,
    removals,
    withdrawals,
)
from desktop.services.directories import Source
from desktop.services.hearing import heard
from desktop.services.inbox_colleagues import Late
from desktop.services.readable import Reading, prepared
from desktop.services.removals import Stop
from desktop.services.untaken import UNPROVEN, refused
from desktop.vault import inbox, mailbox, outbox, sending, steps, witness
from desktop.vault.columns import stamp, uuid
from desktop.vault.database import Db, Vault
from desktop.vault.steps import HUB_RESTORED, Step
from sync.client.engine import Place
from sync.client.enrolment import Enrolment
from sync.client.errors import AnotherHub, LineError, Lying, PutBack, Tampered
from sync.client.receipts import proves, verify_witness
from sync.client.sealing import header_of
from sync.protocol.answers import Exchanged, Outcome, Receipt, ReceiptClaim, Result
from sync.protocol.codec import read_json
from sync.protocol.messages import Header, Kind, Message, is_likely
from sync.protocol.states import Delivery
from sync.protocol.witness import WitnessClaim

_AFTER_DOUBT = 60
"""Seconds before a message is offered again whose receipt proved nothing."""


class VaultQueue:
    """One round's view of the vault. It sees the outbox and the mailbox, and no note."""

    def __init__(
        self, vault: Vault, hub: Source, own: Enrolment, now: datetime, *, may_remove: int = 0
    ) -> None:
        """Begin a round; `may_remove`: a person has agreed that so many go at once."""
        self._vault, self._hub, self._own, self._now = vault, hub, own, now
        self.taken: tuple[str, ...] = ()
        self.sent = self.came = self.untaken = self.put_off = 0
        self.kinds: list[Kind] = []
        """What kind of thing each event was that came."""
        self._may_remove = may_remove
        self._reads_anew = False
        self.stop: Stop | None = None
        """How much would go, where that stopped the round; what came then waits."""
        self.doubt = ""
        """Why the last thing that did not verify was not believed."""
        self.broke: LineError | None = None
        self.is_partial = False
        """See `Reading`."""

    def place(self) -> Place:
        """Return how far the mailbox has been read."""
        with self._vault.reading() as db:
            place = mailbox.place(db)
            return Place(place.epoch, place.seq, witness.stand(db))

    def waiting(self, limit: int) -> tuple[Message, ...]:
        """Return what may leave now. The first call is the one that is sent, and is counted."""
        if self.taken:
            with self._vault.reading() as db:
                return sending.peek(db, self._now, limit)
        with self._vault.reading() as db:
            if not outbox.waiting(db):
                return ()
        with self._vault.transaction() as db:
            batch = sending.take(db, self._now, limit)
        self.taken = tuple(header_of(message).id for message in batch)
        return batch

    def take(self, sent: tuple[Message, ...], answer: Exchanged) -> None:
        """Settle each result, apply each event and move the cursor: one transaction."""
        if (answer.hub, answer.world) != (self._own.hub, self._own.world):
            raise AnotherHub(answer.hub, answer.world)
        if not is_likely(answer.time):
            raise Lying("time")
        seen = _compared(self._vault, self._own, answer)
        found = self._prepared(answer)
        answer = found.answer
        with self._vault.transaction() as db:
            if mailbox.place(db).epoch != answer.epoch:
                mailbox.start_over(db, answer.epoch)
            for message, result in zip(sent, answer.results, strict=True):
                self._settle(db, message, result)
            stop = removals.stopped(db, answer, self._now, self._may_remove)
            if stop is None:
                self._apply(db, answer)
            self.stop = stop or self.stop
            if self._reads_anew or (found.is_newer and mailbox.doubted_in(db, answer.epoch)):
                # What was destroyed here by a decision that does not stand is fetched once more;
                # so is what proved nothing, now that others may be listed.
                mailbox.start_over(db, answer.epoch)
                self._reads_anew = False
            self._note(db, answer, seen)

    def rejoin(self, epoch: str) -> None:
        """Offer again what nobody proved to have, and read the mailbox from its beginning (I9)."""
        with self._vault.transaction() as db:
            mailbox.start_over(db, epoch)
            for ref in sending.offered(db):
                # Its first life may have had it: the new one cannot prove that it never left.
                steps.taken(db, ReferralId(uuid(ref)), Step(HUB_RESTORED, self._now, epoch))
            sending.requeue(db)
            as_before.offer(db, self._own)
            withdrawals.tell_again(db, self._own, epoch, self._now)
            self._has_heard(db)

    def _has_heard(self, db: Db) -> None:
        # So that what its life before answered, and is carried here later, is known as that.
        ahead = timedelta(seconds=mailbox.place(db).clock_offset)
        mailbox.told(db, self._now + ahead)

    def _note(self, db: Db, answer: Exchanged, seen: WitnessClaim) -> None:
        witness.saw(db, seen)
        mailbox.heard(db, self._now, _seconds(answer.time - self._now))

    def _prepared(self, answer: Exchanged) -> Reading:
        # Before the events are read: a new agency's receipt needs its new certificate's key, and
        # a letter to us our own new key.
        found = prepared(self._vault, self._hub, self._own, answer, self._now)
        self.doubt = found.doubt or self.doubt
        self.broke, self.is_partial = found.broke, found.is_partial
        return found

    def _settle(self, db: Db, message: Message, result: Result) -> None:
        match result.outcome:
            case Outcome.ACCEPTED | Outcome.DUPLICATE:
                self._accepted(db, message, result)
            case Outcome.RETRY:
                rest = min(max(1, result.retry_after), sending.LONGEST_RETRY)
                self.put_off += 1
                self._later(db, result.id, rest, "retry")
            case Outcome.CONFLICT:
                self._conflicted(db, message, result)
            case Outcome.REJECTED:
                self._rejected(db, message, result.reason[:80] or "rejected")

    def _accepted(self, db: Db, message: Message, result: Result) -> None:
        receipt = result.receipt
        if receipt is None or not proves(receipt, self._own.hub_key, self._own.hub, message):
            self.doubt = "receipt"
            self._later(db, result.id, _AFTER_DOUBT, "receipt-unproven")
            return
        self.sent += 1
        header = header_of(message)
        sending.settle(db, result.id, outbox.SENT)
        inbox_colleagues.sent(db, header, result.version)
        _received(db, header, _claim(receipt))

    def _conflicted(self, db: Db, message: Message, result: Result) -> None:
        if called_off.is_over(db, header_of(message)):
            return
        self.untaken += 1
        late = inbox_colleagues.conflicted(db, message, result)
        if late is Late.NO_CASE:
            refused(db, message, CAME_TOO_LATE)
        self._reads_anew = self._reads_anew or late is Late.REOPENED

    def _rejected(self, db: Db, message: Message, reason: str) -> None:
        if inbox_ends.is_no_news(db, header_of(message), reason):
            sending.settle(db, header_of(message).id, outbox.SENT)
        elif reason == UNPROVEN and as_before.is_unknown(db, self._own, message):
            self.put_off += 1
        else:
            self.untaken += 1
            refused(db, message, reason)

    def _later(self, db: Db, message: str, seconds: int, problem: str) -> None:
        next_at = stamp(self._now + timedelta(seconds=seconds))
        sending.settle(db, message, outbox.WAITING, problem, next_at)

    def _apply(self, db: Db, answer: Exchanged) -> None:
        with removals.counted(db, answer, self._now, self._may_remove):
            came = heard(db, answer, self._now)
        self.came += len(came)
        self.kinds += came
        if len(came) < len(answer.events):
            self.doubt = "event"


def _received(db: Db, header: Header, claim: ReceiptClaim) -> None:
    if header.kind is Kind.REFERRAL_REQUEST:
        proof = f"receipt {claim.seq}"
        if not disclosure_arrivals.sent(db, header, claim.time, proof):
            steps.delivered(db, _referral(header), Delivery.SENT, claim.time, proof)
    elif header.kind is Kind.CONSENT_WITHDRAWN:
        withdrawals.is_taken(db, ConsentId(uuid(header.ref)), claim)
    elif header.kind is Kind.REFERRAL_CANCEL:
        called_off.is_taken(db, header, claim)
    elif header.kind is Kind.TASK_NOTE and is_likely(claim.time):
        inbox.told_at(db, header.id, claim.time)


def _compared(vault: Vault, own: Enrolment, answer: Exchanged) -> WitnessClaim:
    """Return what the hub remembers of this journal, or stop before anything is applied."""
    told = answer.witnessed
    if told is None:
        raise Lying("witness")
    try:
        seen = verify_witness(told, own.hub_key, own.hub, own.device)
    except Tampered as error:
        raise Lying("witness") from error
    with vault.reading() as db:
        is_ours = witness.holds(db, seen)
    if not is_ours:
        with vault.transaction() as db:
            witness.put_back(db, told)
        raise PutBack
    return seen


def _referral(header: Header) -> ReferralId:
    return ReferralId(uuid(header.ref))


def _claim(receipt: Receipt) -> ReceiptClaim:
    return read_json(ReceiptClaim, receipt.claim)


def _seconds(ahead: timedelta) -> int:
    return round(ahead.total_seconds())
