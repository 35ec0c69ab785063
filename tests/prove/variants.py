"""Hub and client, each broken in one way on purpose: what a proof must catch to be one."""

from contextlib import contextmanager

from msgspec.structs import force_setattr
from prove.instead import instead

from sync.client import engine
from sync.protocol.answers import Outcome
from sync.server import batch, consents, erasure, intake, referrals, restores, tables
from sync.server.refusals import Rejected
from sync.server.stamps import moment
from sync.server.store import Db


@contextmanager
def no_idempotency():
    """Do again what was done already: a message that comes twice has its effect twice."""

    def known(self, arrivals):
        for name in {arrival.header.id for arrival in arrivals}:
            self._db.remove(tables.message, id=name)
            self._db.remove(tables.packet, message_id=name)
        return {}

    with instead(batch.Batch, "_known", known):
        yield


@contextmanager
def no_uniqueness():
    """Let a second referral of the same id stand in place of the first."""
    begin = referrals.begin

    def again(db, header, digest, now):
        db.remove(tables.referral, id=header.ref)
        return begin(db, header, digest, now)

    with no_idempotency(), instead(referrals, "begin", again):
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
    """Answer `accepted`, with a receipt, for what is not kept."""
    take = batch.Batch.take

    def forgetful(self, messages):
        results, news = take(self, messages)
        for each in results[:1]:
            if each.outcome is Outcome.ACCEPTED and each.id[0] in "01234567":
                self._db.remove(tables.message, id=each.id)
                self._db.remove(tables.delivery, message_id=each.id)
        return results, news

    with instead(batch.Batch, "take", forgetful):
        yield


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
    withdrawn = intake._KINDS[intake.Kind.CONSENT_WITHDRAWN]

    def silent(db, arrival):
        done = withdrawn(db, arrival)
        return intake.Effect(done.state, done.version)

    intake._KINDS[intake.Kind.CONSENT_WITHDRAWN] = silent
    try:
        yield
    finally:
        intake._KINDS[intake.Kind.CONSENT_WITHDRAWN] = withdrawn


@contextmanager
def no_epoch():
    """Come back from a backup as if nothing had happened."""
    with instead(restores, "begin_again", lambda db, chance, now: ""):
        yield


# Those that are caught soonest come first: a short run tries only some.
VARIANTS = (
    cursor_before_rows, acknowledged_before_commit, no_gate, gaps, expiry_off_by_one,
    no_tombstone, no_idempotency, nobody_is_told, no_epoch, sealed_stays, no_uniqueness,
)  # fmt: skip
