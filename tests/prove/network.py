"""Hub, agencies and an enrolled laptop in one process, made once and copied for each trial."""

import random
import secrets
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from prove.evening import DUSK, begin
from prove.lines import GoodLine
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.moment import Moment
from desktop.services import enrolment
from desktop.services.enrolment import Invitation, UnknownHub
from sync.practice.desks import WORLD, Surroundings
from sync.practice.desks import Desk as AgencyDesk
from sync.practice.network import network_in
from sync.protocol.directory import Enrol, PendingDevice
from sync.server import office
from sync.server.batch import Caller
from sync.server.founding import open_hub
from sync.server.repeats import Signer
from sync.trust.making import public_of

AGENCIES = 3


def template(place: Path, database: str = "") -> Path:
    """Found a hub, publish everyone, enrol one laptop; return the folder, all of it closed."""
    now = DUSK - timedelta(hours=1)
    hub = open_hub(place / "hub", WORLD, secrets.token_bytes, database)
    network = network_in(place, secrets.token_bytes)
    stamps = public_of(hub.key.timestamp_seed)
    office.publish(hub, network.repository(stamps, now), now)
    for member in network.members:
        own, asked = member.identity, member.identity.own_request()
        office.add_device(hub, asked, own.approval(asked, own.role, now), now)
    vault = by_key(a_closed_vault(place / "vault"))
    begin(vault, "template")
    enrol_at(hub, network, vault, now)
    vault.close()
    hub.store.close()
    return place


def enrol_at(hub, network, vault, now, seed="laptop"):
    centre, line = network.centre.identity, GoodLine(hub, lambda: now)
    code = office.new_code(hub, centre.org, "counselor", secrets.token_bytes, now)
    door, chance = UnknownHub("http://127.0.0.1:1", line), random.Random(seed)
    invitation = Invitation(code, office.root(hub))
    admin = Signer(centre.device, centre.org, centre.role, f"who lets {seed} in")
    moment = Moment(now, UUID(int=chance.getrandbits(128), version=4))
    enrolment.enrol(vault, door, invitation, moment, secrets.token_bytes)
    desk = line._desk
    for waiting in desk.pending(admin).devices:
        desk.approve(admin, centre.approval(_asked(waiting), waiting.role, now), now)
    enrolment.enrol(vault, door, invitation, moment, secrets.token_bytes)


def _asked(waiting: PendingDevice):
    return Enrol("", waiting.device, waiting.sign_pub, waiting.seal_pub, b"")


def _caller(identity) -> Caller:
    return Caller(identity.device, identity.org, identity.role)


class Agency(AgencyDesk):
    """A real practice desk, at the end of a line of ours."""

    def __init__(self, member, around, line):
        super().__init__(member.folder, member.identity, member.reply, around)
        self._hub.close()
        self._hub = line
        self.org, self.tray, self.line = member.identity.org, self._tray, line

    def close(self):
        self._tray.close()


class World:
    """One trial's copy of everything, with its own clock."""

    def __init__(self, kept: Path | None, place: Path, line_of, agencies: int = AGENCIES):
        """`line_of(hub, clock, caller)` makes each line. Without `kept`, `place` is one."""
        if kept is not None:
            shutil.copytree(kept, place)
        self.place, self._now = place, DUSK
        self.hub = self._opened_hub()
        self.network = network_in(place, secrets.token_bytes)
        self.vault = by_key(place / "vault")
        with self.vault.reading() as db:
            record = enrolment.current(db)
        self.laptop = Caller(record.device, record.org, record.role)
        self.line = line_of(self.hub, self.clock, self.laptop)
        around = Surroundings(
            "http://127.0.0.1:1", office.root(self.hub), timedelta(0), self.clock,
            secrets.token_bytes,
        )  # fmt: skip
        self.agencies = [
            Agency(member, around, line_of(self.hub, self.clock, _caller(member.identity)))
            for member in self.network.agencies[:agencies]
        ]

    def _opened_hub(self):
        return open_hub(self.place / "hub", WORLD, secrets.token_bytes)

    def clock(self):
        return self._now

    def pass_time(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def reopen_vault(self) -> None:
        """Open the vault as after a kill."""
        self.vault.close()
        self.vault = by_key(self.place / "vault")

    def close(self):
        self.vault.close()
        for agency in self.agencies:
            agency.close()
        self.hub.store.close()

    def destroy(self):
        """Close everything and give the space back."""
        self.close()
        shutil.rmtree(self.place)
