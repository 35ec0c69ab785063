"""Two laptops of one centre: one without a line, and a supervisor's, which carries for it."""

import msgspec
from builders import a_moment
from desk_for_tests import give_key, retire_key
from network_of_one import Line, Town, enrol, look_up
from vaults_for_tests import a_vault

from desktop.services import carrying
from desktop.vault import enrolment
from sync.client.enrolment import Enrolment
from sync.client.errors import Unreachable
from sync.protocol.carrying import CarriedAll
from sync.protocol.codec import packed


class Carrier:
    """A laptop of the town's centre that has a line."""

    def __init__(self, town, home, writer=None):
        self.town = town
        self.own = writer or town.hub.let_in(town.centre)
        self.vault = a_vault(home)
        self.is_cut, self.asked = False, []
        self.lasts = None
        """After so many requests the line is gone."""
        enrol(self.vault, town.hub, self.own)
        self.renew()

    def renew(self):
        """Fetch the directory as it is now."""
        look_up(self.vault, self.town.hub, self.town.line)

    def carry(self, asked, now):
        """As `HttpHub`, without HTTP."""
        if self.is_cut or (self.lasts is not None and len(self.asked) >= self.lasts):
            raise Unreachable
        self.asked.append(asked)
        answer = self.town.hub.ask(self.own.signed("POST", "/v1/carry", packed(asked)))
        assert answer.status == 200, answer.body
        return answer.value(CarriedAll)

    def close(self):
        """Nothing is open."""

    def forward(self, bundle):
        """Bring a bundle to the hub."""
        town = self.town
        moment = a_moment(town.now)
        return carrying.forward(self.vault, self, bundle, moment, town.hub.chance)


class Mate(Town):
    """Another laptop of the town's centre: what its own laptop does, with a vault of its own."""

    def __init__(self, town, home):
        there = Carrier(town, home)
        self.hub, self.vault = town.hub, there.vault
        self.centre, self.shelter = there.own, town.shelter
        self.line, self.read = Line(self), 0
        self.spoil = lambda path, raw: raw


class Office:
    """A town whose laptop has lost its line, and the supervisor's laptop."""

    def __init__(self, home):
        self.town = Town(home / "town", a_vault(home / "away"))
        self.town.line.is_cut = True
        self.carrier = Carrier(self.town, home / "carrier")

    @property
    def vault(self):
        """The laptop without a line."""
        return self.town.vault

    def pack(self):
        return carrying.pack(self.vault, self.town.moment(), self.town.hub.chance)

    def forward(self, bundle):
        return self.carrier.forward(bundle)

    def unpack(self, bundle, vault=None):
        return carrying.unpack(vault or self.vault, bundle, self.town.now)

    def trip(self):
        """Hand over, let it be brought, and take in what comes back."""
        return self.unpack(self.forward(self.pack().bundle).bundle)

    def close(self):
        self.carrier.vault.close()
        self.vault.close()
        self.town.close()


def renew_the_centres_key(office, mate):
    """List a new key of the centre; the laptop without a line is not there to be given it."""
    town = office.town
    pair = retire_key(town, town.centre.org)
    give_key(town, pair, town.centre, mate.centre, office.carrier.own)
    office.carrier.renew()
    mate.round()


def kept_of(town):
    """Return the enrolment of the town's own laptop."""
    with town.vault.reading() as db:
        return msgspec.json.decode(enrolment.kept(db), type=Enrolment)
