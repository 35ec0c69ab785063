"""Bundles that are cut, swapped, brought twice, late or never: nothing lost, nothing twice.

Three laptops of one centre and a carrier, with the real hub and real vaults. At random they write,
withdraw, hand over, and take back whatever lies about, also what is another's or was changed; now
and then one has a line, and the hub starts a new life. What is refused must change nothing; no
file may show what is in it. Then everybody hands over in peace, and both sides must agree.
Controls: a laptop that takes for sent what it only handed over, and a bundle that is not sealed.
"""

import random
from pathlib import Path
from uuid import UUID

from hub_for_tests import header_of
from office_for_tests import Carrier, Mate, Office
from prove.proof import Proof, scratch, spread

from desktop.carried_errors import (
    BundleDamaged,
    BundleNotOurs,
    BundleOfAnother,
    BundleOtherWay,
    CarrierAway,
)
from desktop.domain.referrals import Erasure
from desktop.services import carrying, referrals, withdrawals
from desktop.vault import directory, mailbox, outbox, sending, witness
from sync.client import bundles
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import tables

NAME = "exchange-bundles"
FULL = 2_000
SCHEDULES_A_PIECE = 2
STEPS = 40
REFUSED = (BundleDamaged, BundleNotOurs, BundleOfAnother, BundleOtherWay)


def run(count: int) -> Proof:
    """Play that many schedules."""
    broken = spread(schedules, count, SCHEDULES_A_PIECE, NAME)
    caught = [any(_control(kind, n) for n in range(6)) for kind in (Believing, Unsealed)]
    return Proof(count, len(broken), all(caught))


def schedules(seed: str, count: int, kind=None) -> list[str]:
    """Play schedules; return what did not hold."""
    broken = []
    for number in range(count):
        with scratch("bundles") as place:
            schedule = (kind or Schedule)(Path(place), f"{seed}/{number}")
            try:
                schedule.play()
                broken += [f"{number}: {problem}" for problem in schedule.settled()]
            finally:
                schedule.close()
    return broken


def _control(kind, number: int) -> bool:
    return bool(schedules(f"control {number}", 1, kind))


class Schedule:
    """One day in the office."""

    def __init__(self, place: Path, seed: str):
        self.chance = random.Random(seed)
        self.office = Office(place)
        town = self.office.town
        self.laptops = [town, Mate(town, place / "second"), Mate(town, place / "third")]
        for laptop in self.laptops:
            laptop.line.is_cut = True
        self.carrier = self.office.carrier
        self.stranger = Carrier(town, place / "stranger", town.shelter)
        self.outs, self.backs, self.broken, self.needles = [], [], [], set()
        self.consents, self.released, self.answered = [], {}, set()

    def play(self):
        """Do things at random."""
        doing = [self._refer, self._refer, self._pack, self._pack, self._carry, self._carry]
        doing += [self._carry, self._take, self._take, self._take, self._agency, self._withdraw]
        doing += [self._round, self._steal, self._new_life]
        for _ in range(STEPS):
            self.office.town.hub.clock.turn(seconds=self.chance.choice((2, 2, 70, 4_000)))
            self.chance.choice(doing)()

    def settled(self) -> list[str]:
        """Let everybody hand over in peace until nothing moves, and compare."""
        self.carrier.is_cut, self.carrier.lasts = False, None
        for _ in range(8):
            self.office.town.hub.clock.turn(seconds=4_000)
            moved = [self._trip(laptop) for laptop in self.laptops]
            self._agency()
            if not any(moved) and not self.office.town.arrived():
                return self.broken + self._disagreements()
        return [*self.broken, "never came to rest"]

    def close(self):
        for laptop in self.laptops[1:]:
            laptop.vault.close()
        self.stranger.vault.close()
        self.office.close()

    # --- what happens

    def _refer(self):
        laptop = self.chance.choice(self.laptops)
        consent, referral = laptop.agreed_and_released()
        ref = str(referral.referral.id)
        self.consents.append((laptop, consent.id))
        self.released[ref] = laptop, str(consent.id)
        self.needles |= {ref, str(consent.id)}

    def _withdraw(self):
        if self.consents and self.chance.random() < 0.4:
            laptop, consent = self.chance.choice(self.consents)
            withdrawals.withdraw(laptop.vault, consent, laptop.moment())

    def _pack(self):
        laptop = self.chance.choice(self.laptops)
        self.outs.append(self.packed(laptop))

    def packed(self, laptop) -> bytes:
        """Hand over from this laptop."""
        bundle = carrying.pack(laptop.vault, laptop.moment(), self.office.town.hub.chance).bundle
        self._look_into(bundle)
        return bundle

    def _carry(self):
        if not self.outs:
            return
        bundle = self.chance.choice(self.outs)
        if self.chance.random() < 0.3:
            self._refused(self.carrier.vault, self._forwarded, self._changed(bundle, self.outs))
            return
        self.carrier.is_cut = self.chance.random() < 0.2
        self.carrier.lasts = self.chance.choice((None, len(self.carrier.asked)))
        try:
            self.backs.append(self._forwarded(bundle))
        except CarrierAway:
            return

    def _forwarded(self, bundle: bytes) -> bytes:
        back = self.carrier.forward(bundle).bundle
        self._look_into(back)
        return back

    def _take(self):
        if not self.backs:
            return
        bundle, laptop = self.chance.choice(self.backs), self.chance.choice(self.laptops)
        if self.chance.random() < 0.3:
            bundle = self._changed(bundle, [*self.backs, *self.outs])
            self._refused(laptop.vault, lambda b: self._unpacked(laptop, b), bundle)
            return
        before = seen(laptop.vault)
        try:
            self._unpacked(laptop, bundle)
        except BundleOfAnother:
            self._same(laptop.vault, before, "another laptop's answer")

    def _unpacked(self, laptop, bundle: bytes):
        return carrying.unpack(laptop.vault, bundle, laptop.now)

    def _steal(self):
        """Somebody of another organisation finds what lies about."""
        for bundle in self.outs[-2:]:
            self._refused(self.stranger.vault, self.stranger.forward, bundle)
        for bundle in self.backs[-2:]:
            take = lambda b: carrying.unpack(self.stranger.vault, b, self.stranger.town.now)  # noqa: E731
            self._refused(self.stranger.vault, take, bundle)

    def _round(self):
        laptop = self.chance.choice(self.laptops)
        laptop.line.is_cut = False
        laptop.round()
        laptop.line.is_cut = True

    def _new_life(self):
        """The hub was restored, from a backup of a moment ago."""
        if self.chance.random() < 0.3:
            hub = self.office.town.hub.hub
            object.__setattr__(
                hub, "epoch", str(UUID(int=self.chance.getrandbits(128), version=4))
            )

    def _agency(self):
        town = self.office.town
        for event in town.arrived():
            if event.kind is not Kind.REFERRAL_REQUEST or event.message is None:
                continue
            said = town.shelter.receipt(event.message), town.shelter.moves(event.ref, "accepted")
            if town.hub.outcomes(town.shelter, *said) == ["accepted"] * 2:
                self.answered.add(event.ref)

    def _trip(self, laptop) -> bool:
        done = self._unpacked(laptop, self._forwarded(self.packed(laptop)))
        return bool(done.round.sent or done.round.came or done.round.waiting or done.has_more)

    # --- what must hold

    def _changed(self, bundle: bytes, others: list[bytes]) -> bytes:
        """Cut it, turn a bit, sew two together, or take it for the other way."""
        at = self.chance.randrange(len(bundle))
        other = self.chance.choice(others)
        turned = bytearray(bundle)
        turned[at] ^= 1 << self.chance.randrange(8)
        sewn = bundle[:1200] + other[1200:] if other != bundle else bundle[:at]
        return self.chance.choice((bundle[:at], bytes(turned), sewn, bundle + other))

    def _refused(self, vault, take, bundle: bytes):
        before = seen(vault)
        try:
            take(bundle)
        except REFUSED:
            self._same(vault, before, "what was refused")
            return
        self.broken.append("something changed was taken in")

    def _same(self, vault, before, what: str):
        if seen(vault) != before:
            self.broken.append(f"{what} changed something")

    def _look_into(self, bundle: bytes):
        names = {self.office.town.centre.org, self.office.town.shelter.org, "hub.example", "하늘"}
        found = [name for name in names | self.needles if name.encode() in bundle]
        self.broken += [f"can be read: {name}" for name in found]

    def _disagreements(self) -> list[str]:
        town, broken = self.office.town, []
        came = [e.ref for e in town.hub.exchange(town.shelter, limit=100).events
                if e.kind is Kind.REFERRAL_REQUEST]  # fmt: skip
        broken += [f"came twice: {ref}" for ref in set(came) if came.count(ref) > 1]
        with town.hub.hub.store.reading() as db:
            at_hub = {row["id"]: row["status"] for row in db.all(tables.referral)}
            gone = {row["id"] for row in db.all(tables.consent, state="withdrawn")}
        for laptop in self.laptops:
            with laptop.vault.reading() as db:
                if outbox.waiting(db):
                    broken.append("something still waits")
                if mailbox.doubts(db):
                    broken.append("something was passed over")
        for ref, (laptop, consent) in self.released.items():
            broken += self._about(ref, laptop, at_hub, consent in gone)
        return broken

    def _about(self, ref, laptop, at_hub, is_withdrawn) -> list[str]:
        trackings = referrals.all(laptop.vault, laptop.moment())
        found = next(each for each in trackings if str(each.referral.id) == ref)
        if found.status is TaskStatus.CANCELLED or is_withdrawn:
            is_stopped = at_hub.get(ref, "cancelled") == "cancelled"
            return [] if is_stopped else [f"withdrawn, and not stopped: {ref}"]
        if ref not in at_hub:
            return [f"lost: {ref}"]
        if found.erasure is not Erasure.NONE:
            return [f"erased without a withdrawal: {ref}"]
        if ref in self.answered and (found.delivery, found.status) != (
            Delivery.DELIVERED, TaskStatus.ACCEPTED):  # fmt: skip
            return [f"its answer is not here: {ref}"]
        return []


class Believing(Schedule):
    """A control: what was handed over is taken for sent."""

    def packed(self, laptop) -> bytes:
        bundle = super().packed(laptop)
        handed, _ = bundles.handed(bundle, self.carrier.own.own.private_keys)
        asked = [bundles.unpacked(bundles.Exchange, each.exchange) for each in handed.parcels]
        with laptop.vault.transaction() as db:
            for item in [item for each in asked for item in each.items]:
                sending.settle(db, header_of(item).id, outbox.SENT)
        return bundle


class Unsealed(Schedule):
    """A control: a bundle with its inside out."""

    def packed(self, laptop) -> bytes:
        bundle = super().packed(laptop)
        handed, _ = bundles.handed(bundle, self.carrier.own.own.private_keys)
        self._look_into(bundles.packed(handed))
        return bundle


def seen(vault):
    """Return what a refused bundle must leave as it is."""
    with vault.reading() as db:
        rows = db.execute("SELECT id, state, attempts, last_problem FROM outbox ORDER BY n")
        return rows.fetchall(), mailbox.place(db), witness.kept(db), directory.version(db)
