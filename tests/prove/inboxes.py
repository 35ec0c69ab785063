"""A village whose agencies work with the real inbox, each at a vault of its own that may die."""

import random
import secrets
from datetime import UTC, timedelta
from pathlib import Path

import msgspec
from prove import three
from prove.evening import DUSK, begin
from prove.village import AGENCIES, LAPTOPS, Laptop, Village, still_waits, village_template
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.consents import Item
from desktop.domain.inbox import Deed, Gone
from desktop.domain.referrals import Appointment
from desktop.errors import AppError
from desktop.services import exchange, inbox
from desktop.services.exchange import HubState
from desktop.services.inbox import Doing, Saying
from desktop.vault import enrolment, mailbox
from sync.client.enrolment import Enrolment
from sync.client.pace import Pace
from sync.practice.desks import WORLD
from sync.practice.network import network_in
from sync.server import office, restores
from sync.server.desk import Desk as HubDesk
from sync.server.founding import open_hub

_SMALL = 2
"""So few, or one more, go in a round over a bad line: what a desk has to say goes in several."""
_ROUNDS = 60
_PAUSE = 4_000
_PATIENCE = restores.PATIENCE.total_seconds()
_AGREED = 1_000
"""A person agrees to whatever goes."""


def desks_template(place: Path) -> Path:
    """Found a village, and a vault for the inbox of each of its agencies."""
    village_template(place)
    hub, now = open_hub(place / "hub", WORLD, secrets.token_bytes), DUSK - timedelta(hours=1)
    network = network_in(place, secrets.token_bytes)
    for number, member in enumerate(network.agencies[:AGENCIES], LAPTOPS):
        vault = by_key(a_closed_vault(place / f"laptop{number}"))
        begin(vault, "desk")
        with vault.transaction() as db:
            enrolment.keep(db, msgspec.json.encode(_enrolled(hub, member.identity, now)).decode())
            mailbox.start_over(db, hub.epoch)
        vault.close()
    hub.store.close()
    return place


def _enrolled(hub, own, now) -> Enrolment:
    return Enrolment(
        url="http://127.0.0.1:1", world=WORLD, root=office.root(hub), device=own.device,
        sign_key=own.device_sign, seal_key=own.device_seal, hub=hub.id, hub_key=hub.key.public,
        org=own.org, role=own.role, org_keys=own.private_keys,
        cert=own.approval(own.own_request(), own.role, now).cert,
    )  # fmt: skip


class Inbox(Laptop):
    """One agency's desk."""

    def __init__(self, village, number):
        super().__init__(village, number)
        self.line.pace = Pace(_SMALL + number % 2)

    def act(self, luck):
        """Look at cases, decide, and write back: a few times."""
        chance = random.Random(luck)

        def do(vault):
            for _ in range(chance.randint(1, 5)):
                here = [case for case in inbox.listing(vault) if case.gone is Gone.HERE]
                if here:
                    self._about(vault, chance.choice(here), chance)

        self._mortal(do, luck)

    def bring_to_its_end(self, luck):
        """Take everything on that is new, and help until there is nothing left to do."""

        def do(vault):
            for case in inbox.listing(vault):
                for deed in (Deed.ACCEPT, Deed.START, Deed.COMPLETE):
                    self._said(inbox.do, vault, case, Doing(deed))

        self._mortal(do, luck)

    def _about(self, vault, case, chance):
        what = chance.random()
        if what < 0.2:
            inbox.open_case(vault, case.id, self._moments())
        elif what < 0.6 and case.may():
            deed = chance.choice(case.may())
            words = "몇 마디" if chance.random() < 0.3 else ""
            doing = Doing(deed, "no-room" if deed is Deed.DECLINE else "", words)
            self._said(inbox.do, vault, case, doing)
        elif case.is_accepted:
            self._said(inbox.say, vault, case, self._saying(chance))

    def _said(self, doing, vault, case, what):
        try:
            doing(vault, case.id, what, self._moments(), secrets.token_bytes)
        except AppError:  # with this clock nobody is listed, or a consent is over: a person reads
            return

    def _saying(self, chance):
        tomorrow = self.now().astimezone(UTC).replace(microsecond=0) + timedelta(days=1)
        place = f"상담실 {chance.randrange(9)}"
        asks = frozenset({Item.HEALTH}) if chance.random() < 0.3 else frozenset()
        is_booked = chance.random() < 0.7
        return Saying("한마디", Appointment(tomorrow, place) if is_booked else None, asks)

    def _restore(self):
        super()._restore()
        self._village.heard.forgetful.add(self.own.device)

    def _round(self, vault):
        done = exchange.exchange(vault, self.line, self.now(), may_remove=_AGREED)
        if done.state is HubState.NOT_ENROLLED:
            raise AssertionError("the desk forgot who it is")
        return done


class Town(Village):
    """Three laptops that ask, two desks that are asked, and the hub between them."""

    def __init__(self, kept: Path):
        super().__init__(kept)
        self.desks = [Inbox(self, LAPTOPS + number) for number in range(AGENCIES)]
        self.everybody = (*self.laptops, *self.desks)
        for desk in self.desks:
            desk.round()

    def put_hub_back(self):
        """Put the copy in place; the desks have a line to it."""
        super().put_hub_back()
        for desk in self.desks:
            desk.line._hub, desk.line._desk = self.hub, HubDesk(self.hub)

    def in_peace(self, chance):
        """Let everybody talk over a good line for a while, in any order."""
        for _ in range(3):
            for each in chance.sample(self.everybody, len(self.everybody)):
                each.round()

    def settle(self):
        """Let everybody talk over a good line until nothing moves; return what does not hold."""
        for each in self.everybody:
            each.turn_clock(0)
        quiet = 0
        for number in range(_ROUNDS):
            self.pass_time(_PATIENCE if number == _ROUNDS // 2 else _PAUSE)
            done = [each.round() for each in self.everybody]
            for laptop in self.laptops:
                laptop.heed()
            moved = any(d.sent or d.came or d.state is not HubState.REACHED for d in done)
            quiet = 0 if moved or any(map(still_waits, self.everybody)) else quiet + 1
            if quiet == 2:
                return self.heard.wrong + three.broken(self)
        return [*self.heard.wrong, *three.broken(self), f"never came to rest: {done}"]

    def destroy(self):
        """Close everything and give the space back."""
        for desk in self.desks:
            desk.vault.close()
        super().destroy()
