"""More of hub and client broken on purpose: about who is told, what is owed and what is said.

As in `variants`; each is held against what the model heard, or what all say at the end.
"""

from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

from prove.instead import instead

from desktop.domain.referrals import Erasure
from desktop.services import called_off, ending_early, withdrawals
from desktop.vault import elsewhere, referrals, steps
from desktop.vault.steps import NEVER_LEFT, Step
from sync.protocol.messages import Kind
from sync.protocol.states import CALLED_OFF
from sync.server import batch, consents, erasure, mailbox, recalls, reminders, tables


@contextmanager
def tells_strangers():
    """Deliver what concerns two organisations to every other that has a mailbox, too."""
    deliver = mailbox.deliver

    def telling(db, postings, now):
        boxes = {row["id"] for row in db.all(tables.mailbox)}
        orgs = sorted(box[len("org:") :] for box in boxes if box.startswith("org:"))
        every = [replace(posting, org=org) for posting in postings for org in orgs]
        return deliver(db, dict.fromkeys(every), now)

    with instead(mailbox, "deliver", telling):
        yield


@contextmanager
def serves_from_memory():
    """Serve once more what was destroyed, from where it was kept besides."""
    event, kept = mailbox._event, {}

    def remembering(row, left_out, parties):
        if row["wire"] is not None:
            kept[row["message_id"]] = row["wire"]
        wire = kept.get(row["message_id"])
        return event({**row, "wire": wire}, left_out, parties)

    with instead(mailbox, "_event", remembering):
        yield


def request_stays():
    """Keep what was told in a referral which has ended."""
    return instead(erasure, "destroy_request", lambda db, ref: None)


@contextmanager
def words_after_a_withdrawal():
    """Take words in a referral whatever became of its consents, and of what was decided."""
    with (
        instead(consents, "check_not_withdrawn", lambda db, org, names: None),
        instead(batch, "_late_too", lambda arrival, late: None),
    ):
        yield


def closes_no_duty():
    """Take an attestation, and leave the duty open."""
    return instead(erasure, "attest", lambda db, ref, org, body: None)


def reminds_of_what_is_done():
    """Go on waiting for an answer that has come."""
    return instead(reminders, "answered", lambda db, ref: None)


@contextmanager
def a_grant_wakes_it():
    """Call a consent in force again when its grant comes after its end."""
    give = consents.give

    def waking(db, org, consent, body, now):
        give(db, org, consent, body, now)
        db.change(tables.consent, {"org_id": org, "id": consent}, state=consents.GIVEN)
        return consents.GIVEN

    with instead(consents, "give", waking):
        yield


@contextmanager
def loses_certificates():
    """Hand out receipts without what proves whose they are."""
    event = mailbox._event

    def bare(row, left_out, parties):
        is_receipt = row["kind"] == Kind.DELIVERY_RECEIPT.value
        return event({**row, "cert": None} if is_receipt else row, left_out, parties)

    with instead(mailbox, "_event", bare):
        yield


def withdraws_nothing():
    """A laptop that says yes to a withdrawal, and does nothing."""
    return instead(withdrawals, "withdraw", lambda vault, consent, moment: None)


@contextmanager
def always_never_left():
    """A laptop that takes any receipt of a withdrawal for one that names nothing."""

    def settle(db, consent, claim):
        for ref in referrals.under(db, consent):
            steps.owed(db, ref, Erasure.NONE, Step(NEVER_LEFT, claim.time, "no proof"))

    with instead(withdrawals, "is_taken", settle):
        yield


def owed_for_ever():
    """A laptop that never hears that a hub had nothing."""
    return instead(withdrawals, "is_taken", lambda db, consent, claim: None)


@contextmanager
def destroyed_at_once():
    """A laptop that calls destroyed what an agency has yet to destroy."""

    def owes(db, ref, moment):
        steps.owed(db, ref, Erasure.DESTROYED, Step("erasure-owed", moment.now, "no proof"))

    with instead(withdrawals, "_owes", owes):
        yield


def never_hears_of_an_end():
    """A laptop that goes on calling in force what a colleague has ended."""
    return instead(elsewhere, "forget", lambda db, consent: None)


def writes_past_the_journal():
    """A laptop that changes a referral, and does not journal it."""
    return instead(steps, "as_it_stands", lambda *_: None)


def calls_off_only_what_it_knows():
    """A hub that forgets the word of a calling off which overtook its referral."""
    return instead(recalls, "learn_called_off", lambda db, header, now: None)


@contextmanager
def called_off_at_the_press():
    """A laptop that calls off before the hub has signed for the word."""
    say = called_off.say

    def hasty(db, tracking, moment):
        say(db, tracking, moment)
        called_off._ends(db, tracking.referral.id, CALLED_OFF, (moment.now, "no proof"))

    with instead(called_off, "say", hasty):
        yield


def goes_on_telling():
    """A laptop that sends on what was called off on it."""
    nothing = SimpleNamespace(packets_of=lambda db, referral: ())
    return instead(ending_early, "outbox", nothing)


UNFAITHFUL = {
    tells_strangers: "served to whom it does not concern",
    withdraws_nothing: "an acknowledged withdrawal is forgotten",
    serves_from_memory: "served after its consent was withdrawn",
    loses_certificates: "a vault has doubts",
    called_off_at_the_press: "called off, and no hub has signed it",
    calls_off_only_what_it_knows: "refused without a cause: not-your-task (referral.cancel)",
    goes_on_telling: "offered after it was called off",
    closes_no_duty: "a duty to destroy stays open",
    destroyed_at_once: "called destroyed, and nobody said so",
    always_never_left: "called never left, and its agency had it",
    writes_past_the_journal: "a row is not as its journal says",
    never_hears_of_an_end: "calls in force what has ended",
    reminds_of_what_is_done: "somebody would still be reminded",
    request_stays: "served after its end",
    a_grant_wakes_it: "a consent stands otherwise than the hub was told",
    words_after_a_withdrawal: "words were taken after a consent was withdrawn",
    owed_for_ever: "an erasure is owed for ever",
}
