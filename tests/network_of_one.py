"""A vault enrolled at a real hub that is called without a network, and an agency that answers."""

from datetime import timedelta

import msgspec
from builders import a_consent, a_draft, a_moment, on_a_night
from hub_for_tests import ADDRESS, HubForTests

from desktop.domain.ids import AgencyId
from desktop.domain.kept_laws import KeptLaw
from desktop.domain.youths import Age
from desktop.services import consents, exchange, referrals, rejoining, withdrawals, youths
from desktop.services.youths import NewYouth
from desktop.vault import directory, enrolment, mailbox
from sync.client.directory import renewed
from sync.client.enrolment import Enrolment
from sync.client.errors import Unreachable
from sync.client.pace import Pace
from sync.protocol.answers import Exchanged, Outcome
from sync.protocol.codec import unpacked
from sync.protocol.messages import Message
from sync.protocol.receipts import unfolded


class Line:
    """The line of one laptop to the hub. `cut` and `twist` make it bad."""

    pace = Pace()

    def __init__(self, town):
        self.town = town
        self.is_cut = False
        self.loses_answers = self.loses_questions = False
        self.twist = lambda answer: answer
        self.asked = []

    def hello(self):
        if self.is_cut:
            raise Unreachable

    def published(self, path, most):
        return self.town.served(path)

    def standing(self, now):
        return self.town.hub.standing(self.town.centre)

    def exchange(self, asked, now):
        if self.is_cut or self.loses_questions:
            raise Unreachable
        self.asked.append(asked)
        answer = self.town.hub.exchange(
            self.town.centre,
            *asked.items,
            after=asked.after,
            limit=asked.limit,
            stand=asked.stand,
            epoch=asked.epoch,
        )
        if self.loses_answers:
            raise Unreachable
        return self.twist(answer)

    def close(self):
        pass


class Town:
    """One counselor's vault, one hub, one shelter. The clock is the hub's."""

    def __init__(self, home, vault):
        self.settle(HubForTests(home, version=2), vault)
        enrol(vault, self.hub, self.centre)
        _keep(vault, _first_found(self))

    def settle(self, hub, vault):
        """Be where this hub and this vault are."""
        self.hub, self.vault = hub, vault
        self.centre, self.shelter = hub.centre, hub.shelter
        self.line = Line(self)
        self.read = 0
        self.spoil = lambda path, raw: raw

    @property
    def now(self):
        return self.hub.clock.now

    def moment(self):
        return a_moment(self.now)

    def publish(self, version):
        """Publish a directory that the network's keepers have really signed."""
        self.hub.publish(version, *self.hub.parties)
        self.spoil = lambda path, raw: raw

    def served(self, path):
        """Return a file of the directory, or what `spoil` makes of it."""
        raw = self.hub.published(path)
        return None if raw is None else self.spoil(path, raw)

    def round(self):
        """Run one round."""
        return exchange.exchange(self.vault, self.line, self.now)

    def become(self, writer):
        """Join again as another device of the centre."""
        join_again(self.vault, self.hub, writer)
        self.centre = writer

    def meet(self, **changes):
        """Begin a night and meet someone; return their id."""
        on_a_night(self.vault, self.moment())
        who = NewYouth(**{"alias": "하늘", "age": Age.stated(17)} | changes)
        return youths.meet(self.vault, who, "", self.moment()).youth.id

    def agree(self, youth, **changes):
        """Record a consent of theirs."""
        usual = {
            "youth": youth,
            "agency": AgencyId(self.shelter.org),
            "asked_at": self.now,
            "valid_until": self.now + timedelta(days=90),
        }
        return consents.record(self.vault, a_consent(**usual | changes), self.moment())

    def draft(self, youth, **changes):
        return a_draft(**{"youth": youth, "agency": AgencyId(self.shelter.org)} | changes)

    def preview(self, youth, **changes):
        return referrals.preview(self.vault, self.draft(youth, **changes), self.moment())

    def release(self, youth, **changes):
        """Write, preview and release a referral."""
        shown = self.preview(youth, **changes)
        return referrals.release(self.vault, shown, self.moment(), self.hub.chance)

    def agreed_and_released(self, **changes):
        """Return a consent and the referral released under it."""
        youth = self.meet()
        consent = self.agree(youth)
        return consent, self.release(youth, **changes)

    def tracking(self, referral):
        return next(
            t for t in referrals.all(self.vault, self.moment()) if t.referral.id == referral
        )

    def arrived(self):
        """Return the events that have come for the shelter since it last looked."""
        answer = self.hub.exchange(self.shelter, after=self.read)
        self.read = answer.head
        return answer.events

    def answer(self, *messages):
        """Let the shelter send messages; every one is accepted."""
        assert set(self.hub.outcomes(self.shelter, *messages)) <= {"accepted"}

    def keeps_a_part(self):
        """Return a referral that was withdrawn, of which the shelter keeps a part by law."""
        consent, tracking = self.agreed_and_released()
        self.round()
        withdrawals.withdraw(self.vault, consent.id, self.moment())
        self.round()
        ref = str(tracking.referral.id)
        self.answer(self.shelter.attest(ref, "retained", KeptLaw.MEDICAL))
        self.round()
        return tracking.referral

    def leaves(self, vault):
        """Return the bytes of every message still in the outbox."""
        with vault.reading() as db:
            rows = db.execute("SELECT bytes FROM outbox ORDER BY n").fetchall()
        return [unpacked(Message, raw) for (raw,) in rows]

    def close(self):
        self.hub.close()


def enrolment_of(house, writer):
    """Return what the laptop of `writer` keeps once it is enrolled at the hub of `house`."""
    own, hub = writer.own, house.hub
    asked = own.own_request()
    return Enrolment(
        url=ADDRESS,
        world="practice",
        root=house.keepers.fingerprint,
        device=own.device,
        sign_key=own.device_sign,
        seal_key=own.device_seal,
        hub=hub.id,
        hub_key=hub.key.public,
        org=own.org,
        role=own.role,
        org_keys=own.private_keys,
        cert=own.approval(asked, own.role, house.clock.now).cert,
    )


def enrol(vault, house, writer):
    """Make the vault that of `writer`, who is enrolled; the directory comes with `look_up`."""
    kept = msgspec.json.encode(enrolment_of(house, writer)).decode()
    with vault.transaction() as db:
        enrolment.keep(db, kept)
        if not mailbox.place(db).epoch:
            mailbox.start_over(db, house.hub.epoch)


def join_again(vault, house, writer):
    """Make the vault that of `writer` from now on, as `services.rejoining` does over HTTP."""
    with vault.transaction() as db:
        rejoining.become(db, enrolment_of(house, writer), house.clock.now)


def look_up(vault, house, line):
    """Fetch the directory over `line`, as it is now."""
    _keep(vault, _found(house, line))


_FIRST = []


def _first_found(town):
    """What every new town's laptop finds at its hub: proven once, for all hubs are copies."""
    if not _FIRST:
        _FIRST.append(_found(town.hub, town.line))
    return _FIRST[0]


def _found(house, line):
    return renewed({}, house.keepers.fingerprint, line, house.clock.now, "practice")


def _keep(vault, found):
    with vault.transaction() as db:
        directory.keep(db, found.book, found.files)


def taking_nothing(answer):
    """Twist an answer into one of a hub that took none of what was sent."""
    no = {"outcome": Outcome.REJECTED, "reason": "malformed", "receipt": None}
    results = (msgspec.structs.replace(each, **no) for each in unfolded(answer).results)
    return answered(results=tuple(results))(answer)


def answered(**changes):
    """Return a twist that changes fields of the hub's answer."""
    return lambda answer: Exchanged(
        **{f: getattr(answer, f) for f in answer.__struct_fields__} | changes
    )
