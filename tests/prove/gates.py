"""The three gates, each alone: something forbidden in front of one, the others open."""

import secrets

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.agencies import Category
from desktop.domain.consents import Answer, Article, Consent, Item
from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Referral, ReleasedReferral
from desktop.services import agencies, enrolment, exchange, letters
from desktop.services.readers import Readers
from desktop.vault import outbox
from sync.protocol.answers import Exchange, Outcome
from sync.protocol.messages import Kind
from sync.server.batch import Caller
from sync.server.desk import Desk

_TRIGGER = "nothing_leaves_without_basis"
_SENSITIVE = {Item.SITUATION, Item.HEALTH}


def allowed_by(asked: Consent, agency: str, at) -> frozenset[Item]:
    """Work out anew what the answers allow: PIPA 15, 17, 23 for what is sensitive, 24 a number.

    Whether a law entrusts the organisation with one, whoever asks has to know.
    """
    is_in_force = asked.withdrawn_at is None and asked.asked_at <= at < asked.valid_until
    yes = {article for article, answer in asked.answers.items() if answer is Answer.GIVEN}
    if not is_in_force or agency != asked.agency or not {Article.COLLECT, Article.PROVIDE} <= yes:
        return frozenset()
    items = asked.items if Article.SENSITIVE in yes else asked.items - _SENSITIVE
    return items if Article.IDENTIFIERS in yes else items - {Item.IDENTIFIER}


def broken(world, moments, asked, agency, chance):
    """Name each gate that let something forbidden through."""
    moments.now = world.clock()
    forbidden = frozenset(Item) - allowed_by(asked, agency, world.clock())
    if not forbidden:
        return
    item = chance.choice(sorted(forbidden))
    given, message, released = _sealed(world, moments(), asked, agency, item)
    if _passes_trigger(world.vault, released, message):
        yield "the trigger let it through"
    if _passes_sender(world, released, message):
        yield "the sender let it through"
    if _passes_hub(world, given, message):
        yield "the hub let it through"


def _sealed(world, moment, asked, agency, item):
    """Seal a referral that the consent does not cover, around everything that would refuse it."""
    with world.vault.reading() as db:
        own, book = enrolment.current(db), agencies.book(db)
        desk = Readers(own, book, db.addressees, secrets.token_bytes)
    referral = Referral(
        ReferralId(moment.id("forbidden")), asked.youth, agency, frozenset({Category.COUNSEL}),
        {item: "passport M12345678" if item is Item.IDENTIFIER else "몰래"}, world.clock(),
    )  # fmt: skip
    released = ReleasedReferral(referral, asked.id, world.clock())
    given = letters.given(desk.own, asked, moment)
    packet = letters.packet_of(referral)
    letter = letters.Letter(moment.id("message"), Kind.REFERRAL_REQUEST, packet)
    return given, letters.sealed(desk, released, asked, letter), released


def _passes_trigger(vault, released, message):
    try:
        with vault.transaction() as db:
            outbox.add_referral(db, released, message)
            db.execute("DELETE FROM outbox WHERE ref = ?", (str(released.referral.id),))
    except sqlcipher.IntegrityError:
        return False
    return True


def _passes_sender(world, released, message):
    """Put the row there without the trigger, and see whether a round takes it along."""
    heard = []

    class Listening:
        """Hears what the sender says, and passes nothing on."""

        def __getattr__(self, name):
            return getattr(world.line, name)

        def exchange(self, asked, now):
            heard.extend(item.header for item in asked.items)
            return world.line.exchange(Exchange(after=asked.after), now)

    with trigger_put_aside(world.vault), world.vault.transaction() as db:
        outbox.add_referral(db, released, message)
    exchange.exchange(world.vault, Listening(), world.clock())
    with world.vault.transaction() as db:
        db.execute("DELETE FROM outbox WHERE ref = ?", (str(released.referral.id),))
    return message.header in heard


def _passes_hub(world, given, message):
    answer = world.line.exchange(Exchange(items=(given, message)), world.clock())
    return answer.results[1].outcome is not Outcome.REJECTED


def events_for(world, identity, ref):
    """Yield the referral's event as the hub gives it to the agency, if its packet is there."""
    desk = Desk(world.hub)
    caller = Caller(identity.device, identity.org, identity.role)
    after, head = 0, 1
    while after < head:
        answer = desk.exchange(caller, Exchange(after=after), world.clock()).answer
        for event in answer.events:
            if event.ref == ref and event.kind is Kind.REFERRAL_REQUEST and event.message:
                yield event
        after, head = after + max(1, len(answer.events)), answer.head


def book(world):
    """Return the directory everybody signed into."""
    with world.vault.reading() as db:
        return agencies.book(db)


class trigger_put_aside:  # noqa: N801 - it reads as a `with` statement's verb
    """Take the database's own gate away, as no code of the program can, and put it back."""

    def __init__(self, vault):
        self._db = vault._connection

    def __enter__(self):
        self._sql = without_trigger_sql(self._db)

    def __exit__(self, *_):
        if self._sql:
            self._db.execute(self._sql)


def without_trigger(vault) -> None:
    """Take the gate away for good."""
    without_trigger_sql(vault._connection)


def without_trigger_sql(db):
    """Drop the trigger; return how it is made again, or None if it was gone already."""
    db.set_authorizer(None)
    row = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (_TRIGGER,)).fetchone()
    db.execute(f"DROP TRIGGER IF EXISTS {_TRIGGER}")
    return row[0] if row else None
