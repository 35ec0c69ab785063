"""Hub and client, each broken in one way on purpose: what a proof must catch to be one."""

import random
from contextlib import contextmanager, suppress
from dataclasses import replace

from msgspec.structs import force_setattr
from prove.instead import instead
from prove.unfaithful import UNFAITHFUL

from desktop.services import letters
from sync.client import engine
from sync.protocol.answers import Outcome
from sync.protocol.bodies import ConsentGiven
from sync.server import answered, batch, consents, erasure, intake, referrals, restores, tables
from sync.server.desk import Desk
from sync.server.refusals import Rejected
from sync.server.stamps import moment
from sync.server.store import Db

_OF_A_REFERRAL = {
    tables.referral: "id", tables.referral_basis: "referral_id", tables.reminder: "referral_id",
}  # fmt: skip


@contextmanager
def no_idempotency():
    """Do again what was done already: a message that comes twice has its effect twice."""

    def known(db, arrivals):
        for name in {arrival.header.id for arrival in arrivals}:
            db.remove(tables.message, id=name)
            db.remove(tables.packet, message_id=name)
        return {}

    with instead(answered, "known", known):
        yield


@contextmanager
def no_uniqueness():
    """Let a second referral of the same id stand in place of the first."""
    begin = referrals.begin

    def again(db, header, digest, now):
        for table, column in _OF_A_REFERRAL.items():
            db.remove(table, **{column: header.ref})
        return begin(db, header, digest, now)

    with instead(referrals, "begin", again):
        yield


@contextmanager
def cursor_before_rows():
    """Move the cursor when the answer comes, and keep its rows only sometimes."""
    check = engine.check

    def skipping(asked, answer):
        check(asked, answer)
        if answer.events and len(answer.events) % 2:
            force_setattr(answer, "events", answer.events[1:])

    with instead(engine, "check", skipping):
        yield


@contextmanager
def no_gate():
    """Take a referral whatever its consent says."""
    with instead(consents, "check", lambda db, header, now: None):
        yield


@contextmanager
def any_scope():
    """Take whatever a laptop sends that was allowed one item, to anybody."""

    def narrow(**facts):
        return ConsentGiven(**{**facts, "item_codes": facts["item_codes"][:1]})

    with (
        instead(letters, "ConsentGiven", narrow),
        instead(consents, "_check_scope", lambda consent, header: None),
    ):
        yield


@contextmanager
def refuses_at_will():
    """Say of every other referral that its consent is over."""
    check = consents.check

    def fickle(db, header, now):
        check(db, header, now)
        if header.id[0] in "01234567":
            raise Rejected("consent-expired")

    with instead(consents, "check", fickle):
        yield


@contextmanager
def any_move():
    """Let either side bring a task wherever it likes."""
    with instead(referrals, "may_move", lambda before, to, by: True):
        yield


@contextmanager
def poison_stops_the_batch():
    """Leave for later whatever stands behind something refused."""
    judge = batch.Batch._judge

    def stopping(self, arrival):
        if self.__dict__.get("has_stopped"):
            return batch._later(arrival.header.id)
        verdict = judge(self, arrival)
        self.has_stopped = verdict.result.outcome is Outcome.REJECTED
        return verdict

    with instead(batch.Batch, "_judge", stopping):
        yield


@contextmanager
def expiry_off_by_one():
    """Take a referral at the moment its consent ends."""

    def check(db, header, now):
        consent = db.locked(tables.consent, org_id=header.from_org, id=header.consent_id)
        if consent is None or consent["state"] == consents.WITHDRAWN:
            raise Rejected("consent-withdrawn")
        if now > moment(consent["valid_until"]):
            raise Rejected("consent-expired")

    with instead(consents, "check", check):
        yield


@contextmanager
def acknowledged_before_commit():
    """Answer, with receipts, and roll back now and then what was answered for."""
    exchange = Desk.exchange

    def forgetful(self, caller, asked, now):
        chance = random.Random(f"{now} {asked.after} {[m.header for m in asked.items]}")
        is_forgotten = asked.items and chance.random() < 0.25
        desk = Desk(replace(self.hub, store=_Forgetting(self.hub.store)))
        return exchange(desk if is_forgotten else self, caller, asked, now)

    with instead(Desk, "exchange", forgetful):
        yield


class _Forgetting:
    """A store that gives everything back, and says nothing of it."""

    def __init__(self, store):
        self._store = store

    @contextmanager
    def writing(self):
        with suppress(_RolledBack), self._store.writing() as db:
            yield db
            raise _RolledBack

    def __getattr__(self, name):
        return getattr(self._store, name)


class _RolledBack(Exception):
    """Nothing of this transaction stands."""


@contextmanager
def no_tombstone():
    """Forget a withdrawal of a consent that was never seen."""

    def withdraw(db, org, consent, now):
        db.change(tables.consent, {"org_id": org, "id": consent}, state=consents.WITHDRAWN)

    with instead(consents, "withdraw", withdraw):
        yield


@contextmanager
def gaps():
    """Number a mailbox with a gap now and then."""
    advance = Db.advance

    def jumping(self, counter, by):
        return advance(self, counter, by + 1 if counter.startswith("org:") else by)

    with instead(Db, "advance", jumping):
        yield


@contextmanager
def sealed_stays():
    """Keep the sealed packets after a withdrawal."""
    with instead(erasure, "destroy_sealed", lambda db, refs: 0):
        yield


@contextmanager
def nobody_is_told():
    """End the referrals of a withdrawn consent, and tell no agency."""
    with _silent(intake.Kind.CONSENT_WITHDRAWN):
        yield


@contextmanager
def keeps_a_calling_off_to_itself():
    """Call a referral off, and tell no agency."""
    with _silent(intake.Kind.REFERRAL_CANCEL):
        yield


@contextmanager
def _silent(kind):
    takes = intake._KINDS[kind]

    def silent(db, arrival):
        done = takes(db, arrival)
        return intake.Effect(done.state, done.version)

    intake._KINDS[kind] = silent
    try:
        yield
    finally:
        intake._KINDS[kind] = takes


@contextmanager
def forgets_what_was_added():
    """Take more in a referral, and no receipt for it."""
    amend = referrals.amend

    def forgetful(db, header, digest, now):
        return amend(db, header, "", now)

    with instead(referrals, "amend", forgetful):
        yield


@contextmanager
def more_after_its_end():
    """Take more in a referral that has ended."""
    amend = referrals.amend

    def patient(db, header, digest, now):
        with instead(referrals, "has_ended", lambda status: False):
            return amend(db, header, digest, now)

    with instead(referrals, "amend", patient):
        yield


@contextmanager
def no_epoch():
    """Come back from a backup as if nothing had happened."""
    with instead(restores, "begin_again", lambda db, chance, now: ""):
        yield


# Those that are caught soonest come first: a short run tries only some.
VARIANTS = {
    refuses_at_will: "refused without a cause: consent-expired",
    acknowledged_before_commit: "acknowledged, and not kept",
    cursor_before_rows: "not true of a referral: has every step",
    no_gate: "taken after its consent was withdrawn",
    any_scope: "taken, and its consent does not allow it",
    gaps: "a mailbox has a gap",
    expiry_off_by_one: "taken after its consent had ended",
    no_tombstone: "taken, though its withdrawal had come before its consent",
    no_idempotency: "a message was taken a second time",
    nobody_is_told: "an agency was never told that a consent ended",
    keeps_a_calling_off_to_itself: "an agency has what was called off",
    no_epoch: "not true of a referral: arrived",
    sealed_stays: "a sealed packet outlived the consent",
    any_move: "a task was moved where it may not go",
    poison_stops_the_batch: "put off without a cause",
    forgets_what_was_added: "refused without a cause: not-your-task",
    more_after_its_end: "more was told in what has ended",
    no_uniqueness: "a referral was begun a second time",
    **UNFAITHFUL,
}
"""Each with words of the finding by which it must be caught: another is a find of its own."""
