"""Three laptops of one centre, two agencies and a hub in one process, each of which may die."""

import os
import random
import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from msgspec import structs
from prove import agreement, called, served
from prove.evening import DUSK, Clock, begin
from prove.heard import Heard
from prove.lines import BadLine
from prove.mortal import Fuse, Killed, MortalVault
from prove.network import Agency, _caller, enrol_at, template
from prove.released import a_consent, a_released_referral
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId
from desktop.domain.referrals import ENDED_ELSEWHERE
from desktop.errors import AppError, VaultRolledBack
from desktop.services import (
    backups,
    ending_early,
    enrolment,
    exchange,
    referrals,
    withdrawals,
    witness,
)
from desktop.services.exchange import HubState
from desktop.vault import outbox
from desktop.vault.steps import HUB_RESTORED
from sync.client.errors import LineError, Unreachable, Untrusted
from sync.client.sealing import sign_clear
from sync.practice.desks import WORLD, Surroundings
from sync.practice.network import network_in
from sync.protocol.answers import Exchange, Outcome
from sync.protocol.bodies import ConsentWithdrawn
from sync.protocol.codec import canonical, packed, unpacked
from sync.protocol.messages import PROTOCOL, Header, Kind
from sync.protocol.states import Delivery
from sync.server import directory, office, restores, tables
from sync.server.batch import Caller
from sync.server.desk import Desk
from sync.server.founding import open_hub
from sync.server.shelf import Shelf
from sync.trust.making import public_of

LAPTOPS, AGENCIES = 3, 2
_ROUNDS = 60
_PAUSE = 4_000
_PATIENCE = restores.PATIENCE.total_seconds()
_HEARD = {Outcome.ACCEPTED, Outcome.DUPLICATE}
_SIGNED_FOR = timedelta(days=61)
"""Of the ninety that a directory lasts: its keepers sign anew in the last thirty."""


def village_template(place: Path) -> Path:
    """Found everything once; return the folder, all of it closed."""
    template(place)
    hub = open_hub(place / "hub", WORLD, secrets.token_bytes)
    network, now = network_in(place, secrets.token_bytes), DUSK - timedelta(hours=1)
    (place / "vault").rename(place / "laptop0")
    for number in range(1, LAPTOPS):
        vault = by_key(a_closed_vault(place / f"laptop{number}"))
        begin(vault, "template")
        enrol_at(hub, network, vault, now, f"laptop {number}")
        vault.close()
    hub.store.close()
    return place


class Line(BadLine):
    """A bad line that remembers what was asked, so that it may arrive a second time, late."""

    def __init__(self, village, caller, chance):
        super().__init__(village.hub, village.clock, caller, chance)
        self._village = village
        self.is_good, self.is_lost = True, False
        self.asked, self.poison = [], None
        self.called = set()
        """Referrals that were called off here: nothing of them may be offered any more."""

    def exchange(self, asked, now):
        self.asked.append(packed(asked))
        self.broken += called.offered(asked.items, self.called)
        if self.is_lost:
            raise Unreachable
        return super().exchange(asked, now)

    def _asked(self, asked, desk=None):
        if not self.poison or not asked.items:
            answer = super()._asked(asked, desk)
            self._village.watch(answer, asked, self._caller)
            return answer
        (bad, luck), items = self.poison, list(asked.items)
        at = int(luck * (len(items) + 1))
        items.insert(at, bad)
        spoiled = structs.replace(asked, items=tuple(items))
        answer = super()._asked(spoiled, desk)
        self._village.watch(answer, spoiled, self._caller)
        # Whoever brought the rest is told of the rest.
        return structs.replace(answer, results=answer.results[:at] + answer.results[at + 1 :])


class Laptop:
    """One counselor's laptop; what it believes is asked of its own vault."""

    def __init__(self, village, number):
        self._village = village
        self._folder = village.place / f"laptop{number}"
        self.vault = by_key(self._folder)
        with self.vault.reading() as db:
            self.own = enrolment.current(db)
        self.caller = Caller(self.own.device, self.own.org, self.own.role)
        self._chance = random.Random(f"laptop {number}")
        self._moments, self._fuse = Clock(self._chance, village.clock()), Fuse()
        self.line = Line(village, self.caller, self._chance)
        self.consents, self.released, self.ended = [], {}, set()
        self.days_off, self.kept, self.lives = 0, None, 0

    def now(self):
        """Read this laptop's own clock, which may be wrong."""
        return self._village.clock() + timedelta(days=self.days_off)

    def turn_clock(self, days):
        """Be this many days off from now on."""
        self.days_off = days

    def refer(self, agency, luck, cue=""):
        """Meet somebody who says yes, and let a referral go. `cue`: what the agency will do."""

        def do(vault):
            org, must = self._village.agencies[agency].org, {Item.NEED} if cue else set()
            consent = a_consent(vault, self._chance, self._moments, org, must=frozenset(must))
            self.consents.append(consent)
            self._village.heard.consents[str(consent.id)] = consent
            self._release(vault, consent, cue)

        self._mortal(do, luck)

    def tell_more(self, consent, luck):
        """Tell in addition what an agency asked for; if none has, it is another referral."""
        self._mortal(lambda vault: self._release(vault, consent), luck)

    def refer_again(self, luck):
        """Let another referral go under a consent of before, or tell more in one that asks."""
        if self.consents:
            consent = random.Random(luck).choice(self.consents)
            self._mortal(lambda vault: self._release(vault, consent), luck)

    def withdraw(self, luck):
        """End a consent."""
        if self.consents:
            self.end(random.Random(luck).choice(self.consents), luck)

    def end(self, consent, luck):
        """End this consent."""
        self._mortal(lambda vault: self._end(vault, consent), luck)

    def call_off(self, luck):
        """Call a referral off, whatever has become of it."""
        if self.released:
            self.stop(random.Random(luck).choice(list(self.released)), luck)

    def stop(self, ref, luck):
        """Call this referral off."""
        self._mortal(lambda vault: self._call_off(vault, ReferralId(UUID(ref))), luck)
        self._village.heard.wrong += called.unsigned(self.vault, self._village.heard, ref)

    def speak(self, luck):
        """Make one round over a line that may be bad."""
        self.line._chance = random.Random(luck)
        self.line.is_good = luck % 3 == 0
        self._mortal(self._round, luck // 3)
        self.line.is_good = True

    def queue(self, message):
        """Put this into the outbox, whatever it is."""
        with self.vault.transaction() as db:
            outbox.add_fact(db, message, self._moment().now)

    def lose(self, luck):
        """Make one round that nobody hears; return what was asked."""
        before, self.line.is_lost = len(self.line.asked), True
        self._mortal(self._round, luck)
        self.line.is_lost = False
        return self.line.asked[before:]

    def heed(self):
        """End what the hub says a colleague ended, as a person does, where an agency may have it.

        A hub that was put back forgot that agency, and a colleague's word does not name it.
        """
        for each in referrals.all(self.vault, self._moment()):
            is_out = each.delivery is not Delivery.QUEUED or HUB_RESTORED in each.steps
            if each.problem in {"consent-withdrawn", ENDED_ELSEWHERE} and is_out:
                withdrawals.withdraw(self.vault, each.consent, self._moment())

    def send_at_the_end(self):
        """Let a referral go with a clock that is late, and send it when its consent ends."""
        now = self._village.clock()
        going = [c for c in self.consents if now < c.valid_until < now + timedelta(days=31)]
        if not going:
            return
        consent = going[-1]
        self.turn_clock(-2)
        self._moments.now = consent.valid_until - timedelta(days=2)
        self._release(self.vault, consent)
        self._village.pass_time((consent.valid_until - now).total_seconds())
        self._round(self.vault)

    def keep(self):
        """Make a backup."""
        backups.make(self.vault, self.now())
        self.kept = (
            len(self.consents), dict(self.released), set(self.ended), set(self.line.called),
        )  # fmt: skip

    def put_back(self):
        """Put the newest backup in the vault's place, as a person does."""
        if self.kept is None:
            return
        self._lost = self._folder.with_name(f"lost-{secrets.token_hex(4)}")
        shutil.copytree(self._folder / "backup", self._lost / "backup")
        self._was, self.kept = self.kept, None
        self._restore()

    def _restore(self):
        keys = backups.of_vault(self.vault)
        self.vault.close()
        self._folder.rename(self._folder.with_name(f"gone-{secrets.token_hex(4)}"))
        backups.restore(backups.found_at(self._lost)[0], self._folder, keys, self.now())
        self.vault = by_key(self._folder)
        self.lives += 1
        count, released, ended, stopped = self._was
        self.released, self.ended, self.line.called = dict(released), set(ended), set(stopped)
        del self.consents[count:]

    def round(self):
        """Make one round and go on where a person has to say so."""
        done = self._round(self.vault)
        if done.state is HubState.ROLLED_BACK:
            try:
                witness.go_on(self.vault, self._moment())
            except (
                VaultRolledBack
            ):  # it was put back by a wrong clock: once more, by the right one
                self._restore()
        return done

    def _round(self, vault):
        done = exchange.exchange(vault, self.line, self.now())
        if done.state is HubState.NOT_ENROLLED:
            raise AssertionError("the laptop forgot who it is")
        return done

    def _release(self, vault, consent, cue=""):
        try:
            tracking = a_released_referral(vault, self._chance, self._moments, consent, cue)
        except AppError:  # ended, or run out: nothing leaves
            return
        self.released[str(tracking.referral.id)] = str(consent.id)

    def _end(self, vault, consent):
        self._village.heard.meant.add(str(consent.id))
        withdrawals.withdraw(vault, consent.id, self._moments())
        self.ended.add(str(consent.id))

    def _call_off(self, vault, referral):
        self._village.heard.stopped.add(str(referral))
        ending_early.call_off(vault, referral, self._moments())
        self.line.called.add(str(referral))

    def _mortal(self, do, luck):
        self._moments.now = max(self.now(), self._moments.now if not self.days_off else self.now())
        began, fuse = self._moments.now, random.Random(luck)
        self._fuse.left = fuse.randrange(60) if fuse.random() < 0.25 else None
        try:
            do(MortalVault(self.vault, self._fuse))
        except Killed:
            self.vault.close()
            self.vault = by_key(self._folder)
        self._fuse.left = None
        # What was just asked would lie in the future, and nothing would leave under it.
        self._village.go_on(self._moments.now - began)

    def _moment(self):
        self._moments.now = self.now()
        return self._moments()


class Party(Agency):
    """A practice agency whose rounds may go wrong."""

    def work(self, luck):
        """Make one round over a line that may be bad."""
        self.line._chance = random.Random(luck)
        self.line.is_good = luck % 3 == 0
        with suppress(LineError, Untrusted):
            self.round()
        self.line.is_good = True


class Village:
    """A copy of the template, with a clock of its own."""

    def __init__(self, kept: Path):
        # One place for all villages of a process, one after the other: see `light`.
        self.place = kept.with_name(f"village-{os.getpid()}")
        shutil.rmtree(self.place, ignore_errors=True)  # of one that could not be finished
        shutil.copytree(kept, self.place)
        self._now, self._signed, self.kept_hub = DUSK, DUSK, None
        self.heard, self._elsewhere, self._ids = Heard(), [], random.Random("ids")
        self.steered = set()
        """Referrals whose agency was given a hand of its own, besides what practice answers."""
        self._open_hub()
        self.network = _network_in(self.place)
        self.laptops = [Laptop(self, number) for number in range(LAPTOPS)]
        around = Surroundings(
            "http://127.0.0.1:1", office.root(self.hub), timedelta(0), self.clock,
            secrets.token_bytes,
        )  # fmt: skip
        self.agencies = [
            Party(member, around, Line(self, _caller(member.identity), random.Random(number)))
            for number, member in enumerate(self.network.agencies[:AGENCIES])
        ]

    def clock(self):
        """Read the hub's clock."""
        return self._now

    def go_on(self, time):
        """Let the moments pass that somebody's doing took."""
        self._now += time

    def pass_time(self, seconds):
        """Let time pass for everybody; the hub does what is due."""
        self._now += timedelta(seconds=seconds)
        if self._now - self._signed > _SIGNED_FOR:
            self._sign_anew()
        Desk(self.hub).look_after(self._now)
        Shelf(self.hub).restamp(self._now)

    def _sign_anew(self):
        """Sign the directory before it runs out, and after a hub was put back: the keepers do."""
        files = self.network.repository(public_of(self.hub.key.timestamp_seed), self._now)
        with self.hub.store.reading() as db:
            known = directory.newest_files(db)
        if files != known:
            office.publish(self.hub, files, self._now)
        if self._now - self._signed > _SIGNED_FOR:
            self._signed = self._now

    def watch(self, answer, asked, caller):
        """At every answer, heard or lost: it is what the model of the hub would have said."""
        if asked.epoch not in ("", self.hub.epoch):
            # Nothing was taken: the hub lives another life, and says that alone.
            self.heard.wrong += ["another life tells of itself before all"] * bool(answer.events)
            return
        self.heard.answered(asked.items, answer.results, self._now)
        if any(result.outcome in _HEARD for result in answer.results):
            with self.hub.store.reading() as db:
                names = tuple({result.id for result in answer.results})
                kept = {row["id"] for row in db.all(tables.message, id=names)}
            if any(r.outcome in _HEARD and r.id not in kept for r in answer.results):
                self.heard.wrong.append("acknowledged, and not kept")
        self.heard.wrong += served.broken(answer.events, caller.org, self.heard.books)

    def withdraw_elsewhere(self, who, luck):
        """A colleague's device withdraws a consent that another laptop asked for."""
        others = [c for laptop in self.laptops for c in laptop.consents if laptop.released]
        if others:
            self.end_elsewhere(who, random.Random(luck).choice(others), luck)

    def end_elsewhere(self, who, consent, luck):
        """This device withdraws the consent, whoever asked for it."""
        laptop = self.laptops[who]
        self.heard.meant.add(str(consent.id))
        header = Header(
            PROTOCOL, self.fresh(), Kind.CONSENT_WITHDRAWN, str(consent.id), laptop.own.org,
            laptop.own.device, self._now, consent_id=str(consent.id),
        )  # fmt: skip
        body = canonical(ConsentWithdrawn(self._now))
        message = sign_clear(header, body, laptop.own.keys.sign)
        self._elsewhere.append((laptop.caller, message))
        self.ask(laptop.caller, message)

    def deliver_late(self, luck):
        """An old question arrives once more; nobody hears the answer."""
        lines = [(each.line, each.caller) for each in self.laptops]
        lines += [(each.line, each.line._caller) for each in self.agencies]
        old = [(asked, caller) for line, caller in lines for asked in line.asked]
        if old:
            self.deliver(*random.Random(luck).choice(old))

    def deliver(self, raw, caller):
        """This question arrives; nobody hears the answer."""
        question = unpacked(Exchange, raw)
        answer = Desk(self.hub).exchange(caller, question, self._now).answer
        self.watch(answer, question, caller)

    def fresh(self):
        """Return an id that nothing has."""
        return str(UUID(int=self._ids.getrandbits(128), version=4))

    def ask(self, caller, message):
        """This message arrives alone; nobody hears the answer."""
        self.deliver(packed(Exchange((message,))), caller)

    def keep_hub(self):
        """Copy the hub's database as a backup does."""
        self.kept_hub = self.place / "kept.db"
        self.heard.keep()
        self.kept_hub.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(self.place / "hub" / "hub.db")) as now,
            closing(sqlite3.connect(self.kept_hub)) as then,
        ):
            now.backup(then)

    def put_hub_back(self):
        """Put the copy in place and say so, as the office does."""
        self.hub.store.close()
        for file in (self.place / "hub").glob("hub.db*"):
            file.unlink()
        shutil.copy(self.kept_hub, self.place / "hub" / "hub.db")
        self._open_hub()
        office.restored(self.hub, secrets.token_bytes, self._now)
        self.heard.put_back(self._now)
        self.hub.store.close()
        self._open_hub()
        for each in (*self.laptops, *self.agencies):
            each.line._hub, each.line._desk = self.hub, Desk(self.hub)
        self._sign_anew()
        for caller, message in self._elsewhere:  # as a colleague's own outbox does (I9)
            self.ask(caller, message)

    def forget_the_newest(self, who, agency, luck):
        """The hub loses what one laptop brought last; others fill its place before it asks."""
        chance, other = random.Random(luck), self.laptops[(who + 1) % LAPTOPS]
        self.keep_hub()
        self.laptops[who].refer(agency, chance.getrandbits(32))
        self.laptops[who].speak(chance.getrandbits(32) * 3)  # over a good line
        self.put_hub_back()
        other.refer(agency, chance.getrandbits(32))
        other.refer_again(chance.getrandbits(32))
        other.speak(chance.getrandbits(32) * 3)

    def settle(self):
        """Let everybody talk over a good line until nothing moves; return what does not hold."""
        for laptop in self.laptops:
            laptop.turn_clock(0)
        quiet = 0
        for number in range(_ROUNDS):
            # An agency's receipt for what a restored hub has lost, and nobody may send again, is
            # offered for as long as the hub has patience.
            self.pass_time(_PATIENCE if number == _ROUNDS // 2 else _PAUSE)
            done = [laptop.round() for laptop in self.laptops]
            for laptop in self.laptops:
                laptop.heed()
            for agency in self.agencies:
                self._agency_round(agency)
            moved = any(each.sent or each.came for each in done)
            moved |= any(still_waits(laptop) for laptop in self.laptops)
            moved |= any(each.state is not HubState.REACHED for each in done)
            moved |= any(a.tray.waiting(1) or a.tray.next_due() for a in self.agencies)
            quiet = 0 if moved else quiet + 1
            if quiet == 2:
                return self.heard.wrong + agreement.of_village(self)
        return [*self.heard.wrong, *agreement.of_hub(self), f"never came to rest: {done}"]

    def _agency_round(self, agency):
        with suppress(LineError):
            agency.round()

    def destroy(self):
        """Close everything and give the space back."""
        for each in (*self.laptops, *self.agencies):
            (each.vault if isinstance(each, Laptop) else each).close()
        self.hub.store.close()
        shutil.rmtree(self.place)

    def _open_hub(self):
        self.hub = open_hub(self.place / "hub", WORLD, secrets.token_bytes)


@cache
def _network_in(place):
    """Read everybody's keys once: every village of a process has the same, at the same place."""
    return network_in(place, secrets.token_bytes)


def still_waits(laptop):
    """Say whether something will go by itself; what lost its consent waits for a person."""
    waiting = exchange.outbox(laptop.vault)
    return any(not each.is_refused and each.problem != "consent-lapsed" for each in waiting)
