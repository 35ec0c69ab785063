"""Without a consent nothing leaves but what two laws name: the whole way, and four gates alone.

Each trial is one random report and one random fate of the question to the supervisor. What arrives
is opened with the receiver's own key and compared with what the law allows, worked out here anew.
Then something forbidden is pushed past the other gates: the database, the sender, the hub and the
receiver must each refuse it alone (I4). Control: a vault whose trigger is gone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from invented import alias, sentence
from prove import lawgates
from prove.proof import Proof, scratch, spread
from street_for_tests import Street

from desktop.basis_errors import BasisNotAllowed
from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground, Writing
from desktop.domain.ids import AgencyId
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from desktop.services import cosigning, disclosures, ledger
from sync.client.sealing import open_sealed
from sync.protocol.messages import Kind

NAME = "consent-basis"
FULL = 20_000
TRIALS_A_WORLD = 50
_WEEK = 7 * 24 * 3600

LAW = {
    Ground.ABUSE: (
        {"police", "city"},
        {"alias", "age", "gender", "language", "reach", "situation", "health"},
    ),
    Ground.LIFE: (
        {"police", "city", "clinic"},
        {"alias", "age", "gender", "language", "reach", "health"},
    ),
}
"""Said here once more, so that a mistake in the program's own table shows."""


def run(count: int) -> Proof:
    """Report that often."""
    broken = spread(trials, count, TRIALS_A_WORLD, NAME)
    found = trials("control", 20, is_trigger_gone=True)
    return Proof(count, len(broken), any("trigger" in problem for problem in found))


def trials(seed: str, count: int, is_trigger_gone: bool = False) -> Iterator[str]:
    """Do trials in one world; tell what got through that should not, or did not that should."""
    with scratch("basis") as place:
        street = Street(Path(place) / "street")
        if is_trigger_gone:
            lawgates.without_trigger(street.counselor.vault)
        try:
            for number in range(count):
                problems = Trial(street, random.Random(f"{seed}/{number}")).broken()
                yield from (f"trial {number}: {problem}" for problem in problems)
        finally:
            street.close()


@dataclass
class Trial:
    """One report."""

    street: Street
    chance: random.Random

    def broken(self) -> Iterator[str]:
        """Name what did not hold."""
        self._pass_time(60)
        orgs = self._orgs()
        age = self.chance.choice([Age.stated(13)] * 4 + [Age.stated(18), Age.unknown()])
        youth = self.street.meet(alias=alias(self.chance), age=age)
        ground, to = self.chance.choice(list(Ground)), self.chance.choice(sorted(orgs))
        written = self.chance.sample(sorted(Item), self.chance.randint(1, 3))
        words = {item: sentence(self.chance) for item in written}
        if Item.IDENTIFIER in words:
            words[Item.IDENTIFIER] = "passport M12345678"
        reason = sentence(self.chance) if self.chance.random() < 0.95 else ""
        writing = Writing(youth, ground, AgencyId(orgs[to]), reason, words)
        lawful = _is_lawful(ground, to, written, age) and bool(reason)
        shown = self._shown(writing)
        if (shown is not None) != lawful:
            yield f"shown={shown is not None} lawful={lawful}"
        if shown is not None:
            yield from self._asked(shown, to)
        yield from lawgates.broken(self.street, youth, self.chance)

    def _orgs(self) -> dict[str, str]:
        hub = self.street.hub
        desks = {"police": self.street.police_desk, "city": self.street.city_desk,
                 "clinic": hub.clinic, "shelter": hub.shelter}  # fmt: skip
        return {name: desk.org for name, desk in desks.items()}

    def _shown(self, writing):
        place = self.street.counselor
        try:
            return disclosures.preview(place.vault, writing, place.moment(), self.chance.randbytes)
        except (BasisNotAllowed, NothingWritten):
            return None

    def _asked(self, shown, to) -> Iterator[str]:
        """Ask, let the supervisor answer or not, let time pass, and read what arrived."""
        place, supervisor = self.street.counselor, self.street.supervisor
        asked = disclosures.ask(place.vault, shown, place.moment(), self.chance.randbytes)
        ref, fate = asked.id, self.chance.choice(["sign"] * 5 + ["refuse", "nothing", "end"])
        place.round()
        supervisor.round()
        if fate == "end":
            disclosures.call_off(place.vault, ref, place.moment())
        if fate in ("sign", "end"):
            cosigning.sign(supervisor.vault, ref, supervisor.moment())
        elif fate == "refuse":
            cosigning.refuse(supervisor.vault, ref, cosigning.OTHER, supervisor.moment())
        supervisor.round()
        waited = self.chance.choice((0, 600, 3_600, _WEEK - 1, _WEEK, _WEEK + 1))
        self._pass_time(waited, exactly=True)
        for _ in range(2):
            place.round()
        arrived = self._arrived(to, str(ref))
        expected = [shown.packet] if fate == "sign" and waited < _WEEK else []
        if arrived != expected:
            yield f"fate={fate} waited={waited} arrived={len(arrived)}"
        entries = sum(entry.at == place.now for entry in ledger.page(place.vault, -1)[1])
        if bool(entries) != bool(expected):
            yield f"ledger={entries} provided={len(expected)}"

    def _arrived(self, to, ref) -> list[bytes]:
        """Return what the receiver can open of it."""
        desk = {"police": self.street.police_desk, "city": self.street.city_desk}.get(
            to, self.street.hub.clinic
        )
        found, after, head = [], 0, 1
        while after < head:
            answer = self.street.hub.exchange(desk, after=after)
            for event in answer.events:
                if event.ref == ref and event.kind is Kind.REFERRAL_REQUEST and event.message:
                    keys = desk.own.private_keys
                    sender = self.street.counselor.writer.keys.sign.public
                    found.append(open_sealed(event.message, desk.org, keys, sender))
            after, head = after + max(1, len(answer.events)), answer.head
        return found

    def _pass_time(self, most: int, *, exactly: bool = False) -> None:
        seconds = most if exactly else self.chance.randint(1, most)
        self.street.hub.clock.now += timedelta(seconds=seconds)
        hub = self.street.hub
        if hub.clock.now - hub.published_at > timedelta(days=3):
            # The network's keepers sign anew in time, as they do every few days.
            hub.publish_listings(hub.keepers.version + 1, hub.listings)


def _is_lawful(ground, to, written, age) -> bool:
    receivers, items = LAW[ground]
    is_young = age.lowest < 18 or ground is not Ground.ABUSE
    return to in receivers and is_young and {item.value for item in written} <= items
