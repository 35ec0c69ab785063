"""A counselor, a supervisor, a colleague and the police, each with a vault, at one real hub."""

from builders import a_moment, on_a_night
from disclosures_for_tests import hsds
from hub_for_tests import HubForTests
from network_of_one import Line, enrol, look_up
from vaults_for_tests import a_vault

from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground, Writing
from desktop.domain.ids import AgencyId
from desktop.domain.youths import Age
from desktop.services import cosigning, disclosures, exchange, youths
from desktop.services.youths import NewYouth
from desktop.vault import mailbox, rejoining, reported

WORDS = {Item.ALIAS: "하늘", Item.REACH: "신림역 3번 출구", Item.SITUATION: "팔에 멍이 있다"}
REASON = "등과 팔에 멍이 여럿 있고, 집에서 맞았다고 말했다"

POLICE_PHONE = "02-880-0112"


class Place:
    """One laptop: its vault, its keys and its line."""

    def __init__(self, street, folder, writer):
        self.street, self.writer = street, writer
        self.hub, self.centre = street.hub, writer  # what a Line asks for
        self.vault = a_vault(folder)
        self.line = Line(self)
        enrol(self.vault, self.hub, writer)
        look_up(self.vault, self.hub, self.line)

    @property
    def now(self):
        return self.street.hub.clock.now

    def served(self, path):
        return self.hub.published(path)

    def moment(self):
        return a_moment(self.now)

    def round(self):
        return exchange.exchange(self.vault, self.line, self.now)

    def become(self, writer):
        """Join again, as a laptop does that was put back: another device, which hears all anew."""
        self.writer = self.centre = writer
        with self.vault.transaction() as db:
            rejoining.begin(db, "", b"", self.now)
        enrol(self.vault, self.hub, writer)
        with self.vault.transaction() as db:
            mailbox.start_over(db, mailbox.place(db).epoch)


class Street:
    """The whole of it. The clock is the hub's."""

    def __init__(self, home):
        self.home, self.hub = home, HubForTests(home)
        hub = self.hub
        self.police_desk, self.city_desk = hub._party("police", "desk"), hub._party("city", "desk")
        kinds = {
            hub.centre: "counseling-center", hub.shelter: "youth-organization",
            hub.clinic: "public-hospital", self.police_desk: "police",
            self.city_desk: "local-government",
        }  # fmt: skip
        phones = {self.police_desk: POLICE_PHONE}
        listings = tuple(
            each.own.listing(hsds(each.org, kind, phones.get(each, "")))
            for each, kind in kinds.items()
        )
        hub.publish_listings(2, listings)
        hub.seat(self.police_desk)
        hub.seat(self.city_desk)
        self.places = []
        self.counselor = self.place("counselor", hub.let_in(hub.centre))
        self.supervisor = self.place("supervisor", hub.let_in(hub.centre, "supervisor"))

    def place(self, name, writer):
        """Return another laptop."""
        self.places.append(Place(self, self.home / f"vault-{name}", writer))
        return self.places[-1]

    def meet(self, **changes):
        vault, moment = self.counselor.vault, self.counselor.moment
        on_a_night(vault, moment())
        who = NewYouth(**{"alias": "하늘", "age": Age.stated(13)} | changes)
        return youths.meet(vault, who, "", moment()).youth.id

    def writing(self, youth=None, **changes):
        usual = {
            "youth": youth or self.meet(),
            "ground": Ground.ABUSE,
            "agency": AgencyId(self.police_desk.org),
            "reason": REASON,
            "words": WORDS,
        }
        return Writing(**usual | changes)

    def preview(self, writing=None, **changes):
        place, writing = self.counselor, writing or self.writing(**changes)
        return disclosures.preview(place.vault, writing, place.moment(), self.hub.chance)

    def ask(self, **changes):
        """Write a report and ask for a second name."""
        place = self.counselor
        return disclosures.ask(
            place.vault, self.preview(**changes), place.moment(), self.hub.chance
        )

    def sign(self, ref):
        """Bring the question to the supervisor, and the name back."""
        self.counselor.round()
        self.supervisor.round()
        cosigning.sign(self.supervisor.vault, ref, self.supervisor.moment())
        self.supervisor.round()
        self.counselor.round()

    def reported(self, **changes):
        """Return a report that was signed and has left."""
        asked = self.ask(**changes)
        self.sign(asked.id)
        self.counselor.round()
        return asked.id

    def report(self, ref):
        place = self.counselor
        with place.vault.reading() as db:
            return reported.one(db, ref)

    def close(self):
        for place in self.places:
            place.vault.close()
        self.hub.close()
