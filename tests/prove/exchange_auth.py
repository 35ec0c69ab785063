"""Whoever may not ask is refused, whatever is wrong with the request, and nothing changes.

Each signed endpoint of the real hub is asked in every way of `forgeries`, with a body that would
have an effect, and by those who are known but may not. Controls: verifiers that ask for no
component, and that remember no nonce.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from backups_for_tests import digest, made
from hub_for_tests import HubForTests
from msgspec import structs
from prove import forgeries
from prove.forged import Forgery, Place
from prove.proof import Proof, scratch, tell

from sync.client.bundles import parcel
from sync.client.enrolment import Enrolment, unwrapped, wrapped
from sync.client.organisation import rotation
from sync.client.signing import SigningKey
from sync.protocol.answers import Exchange
from sync.protocol.backups import (
    BackupRule,
    Dropping,
    Handful,
    Keeping,
    LeftBehind,
    Piece,
    Pieces,
    PiecesWanted,
    SetWanted,
)
from sync.protocol.carrying import Carry
from sync.protocol.codec import packed
from sync.protocol.directory import Founding, Revocation
from sync.protocol.endpoints import ENDPOINTS
from sync.protocol.problems import PROBLEMS
from sync.server import devices, office, signatures

NAME = "exchange-auth"
LEAST = 300
_SIGNED = tuple((e.method.upper(), e.path) for e in ENDPOINTS if e.is_signed)
_WAYS = tuple(case for group in forgeries.GROUPS for case in group())
_FOR_ALL = (
    "/v1/exchange",
    "/v1/carry",
    "/v1/devices/me",
    "/v1/backups",
    "/v1/backups/rule",
    *(f"/v1/backups/{word}" for word in ("missing", "pieces", "keep", "drop")),
)
_ADMINS = tuple(place for place in _SIGNED if place[1] not in _FOR_ALL)
_ROLES = tuple(
    (f"a {role}", lambda stage, ours, by=role: stage.by(getattr(stage, by), ours), {"role"})
    for role in ("colleague", "other")
)
CASES = tuple((place, *way) for place in _SIGNED for way in _WAYS) + tuple(
    (place, *way) for place in _ADMINS for way in _ROLES
)
"""Endpoint, name, how to make the question, and the problems that are right."""
FULL = len(CASES)


def run(count: int) -> Proof:
    """Ask in so many of the ways, spread over all of them."""
    count = min(count, FULL)
    chosen = [CASES[at * FULL // count] for at in range(count)]
    with scratch("auth") as place:
        broken = list(asked(Path(place) / "hub", chosen))
        tell(NAME, broken)
        caught = [_is_caught(Path(place) / fault.__name__, fault) for fault in FAULTS]
    return Proof(count, len(broken), all(caught))


def asked(home: Path, cases) -> Iterator[str]:
    """Ask a new hub in these ways; yield what was not refused as it must be."""
    stage = Stage(home)
    try:
        yield from stage.true_ones()
        yield from filter(None, map(stage.wrong, cases))
    finally:
        stage.house.close()


def _is_caught(home, fault):
    ways = (*forgeries.components(), *forgeries.uses())
    with fault(), closing(asked(home, [(_SIGNED[0], *way) for way in ways])) as found:
        return any(found)


class Stage:
    """A hub with everybody who might ask, and what each endpoint would do."""

    def __init__(self, home):
        home.mkdir(parents=True)
        self.house = house = HubForTests(home)
        self.own, self.other = house.centre, house.shelter
        self.colleague = house.let_in(self.own)
        self.shut_out = house.let_in(self.own, "admin")
        office.revoke(house.hub, self.own.org, self.shut_out.keys.device, house.clock())
        self.waiting = self._at_the_door()
        self.stranger = house.newcomer(self.own)
        self.places = {(p.method, p.path): p for p in self._places()}

    def nonce(self):
        return self.house.chance(16).hex()

    def by(self, writer, ours):
        """Return the same request, asked rightly by somebody else."""
        return ours.but(device=writer.keys.device, sign=writer.keys.sign.sign)

    def of_the_org(self):
        return SigningKey(self.own.own.org_sign).sign

    def another(self, place):
        """Return an endpoint of the same method."""
        same = [p for p in self.places.values() if p.method == place.method and p != place]
        return same[0]

    def ours(self, place):
        """Return what the admin would rightly ask there."""
        keys = self.own.keys
        return Forgery(place, keys.device, keys.sign.sign, self.house.clock(), self.nonce())

    def ask_rightly(self, question):
        answer = self.house.ask(question)
        if answer.status == 401:
            raise AssertionError(f"what is signed rightly is refused: {answer.problem}")

    def in_turn(self):
        """Return the endpoints in an order in which each does what it is for."""
        return sorted(self.places.values(), key=_turn)

    def true_ones(self):
        """Name the endpoints that refuse what they must not: then nothing would be proven."""
        self._leave_backups()
        for place in self.in_turn():
            answer = self.house.ask(self.ours(place).question())
            if answer.status == 401 or (answer.status != 200 and "found" not in place.path):
                yield f"{place.path} refuses what is right: {answer.problem}"
        self._leave_backups()

    def wrong(self, case):
        """Ask in one way; return what is wrong about the answer, or None."""
        where, name, made, kinds = case
        self.house.clock.turn(seconds=1)
        question = made(self, self.ours(self.places[where]))
        question = question.question() if isinstance(question, Forgery) else question
        before = self._kept()
        answer = self.house.ask(question)
        said = answer.problem if answer.status != 200 else "taken"
        if said not in kinds or answer.status != PROBLEMS[said].status:
            return f"{where[1]}, {name}: {answer.status} {said}"
        if self._kept() != before:
            return f"{where[1]}, {name}: refused, and something was written"
        return None

    def _kept(self):
        with closing(sqlite3.connect(self.house.home / "hub" / "hub.db")) as db:
            return tuple(db.iterdump())

    def _at_the_door(self):
        house = self.house
        waiting = house.newcomer(self.own)
        code = office.new_code(house.hub, self.own.org, "counselor", house.chance, house.clock())
        assert house.post("/v1/enrol", waiting.own.own_request(code)).status == 200
        return waiting

    def _leave_backups(self):
        bodies = {
            "/v1/orgs/backups": BackupRule(True),
            "/v1/backups/pieces": Handful((Piece(digest(b"one"), b"one"),)),
            "/v1/backups/keep": Keeping(made(self.own, "first", b"one"), False),
        }
        for path, body in bodies.items():
            assert self.house.ask(self.own.signed("POST", path, packed(body))).status == 200

    def _places(self):
        bodies = self._bodies()
        for method, path in _SIGNED:
            yield Place(method, path, packed(bodies[path]) if path in bodies else b"")

    def _bodies(self):
        house, own, now = self.house, self.own, self.house.clock()
        consent = own.consent(own.fresh(), self.other)
        away = parcel(Exchange((consent,)), self.colleague.keys, now)
        gone, new = house.let_in(own), house.newcomer(own)
        code = office.new_code(house.hub, own.org, "counselor", house.chance, now)
        request = new.own.own_request(code)
        assert house.post("/v1/enrol", request).status == 200
        turn = rotation(self._enrolment(), house.listings[0], self._listed(), house.chance)
        cert = own.own.cert(own.keys.device, "admin", own.keys.sign.public, now)
        return {
            "/v1/exchange": Exchange((consent,)),
            "/v1/carry": Carry((away,)),
            "/v1/devices/approve": self._approval(request, turn),
            "/v1/devices/revoke": Revocation(gone.keys.device),
            "/v1/orgs/rotate": turn,
            "/v1/orgs/found": Founding(turn.keys, cert, ()),
            **self._of_backups(),
        }

    def _approval(self, request, turn):
        """The new key goes to whoever comes in after it was made."""
        own = self.own
        key = next(each.key for each in turn.wrapped if each.device == own.keys.device)
        newest = wrapped(key.epoch, unwrapped(key, own.keys), request.device, request.seal_pub)
        given = own.own.approval(request, "counselor", self.house.clock())
        return structs.replace(given, org_keys=(*given.org_keys, newest))

    def _of_backups(self):
        device = self.own.keys.device
        return {
            "/v1/orgs/backups": BackupRule(False),
            "/v1/orgs/backups/drop": LeftBehind(self.shut_out.keys.device),
            "/v1/backups/missing": Pieces((digest(b"two"),)),
            "/v1/backups/pieces": Handful((Piece(digest(b"two"), b"two"),)),
            "/v1/backups/keep": Keeping(made(self.own, "second", b"one"), False),
            "/v1/backups/drop": Dropping(("second",)),
            "/v1/backups/set": SetWanted(device, "first"),
            "/v1/backups/fetch": PiecesWanted(device, (digest(b"one"),)),
        }

    def _listed(self):
        with self.house.hub.store.reading() as db:
            return devices.listed(db, self.own.org)

    def _enrolment(self):
        own = self.own.own
        keys = (own.device, own.device_sign, own.device_seal)
        return Enrolment(
            "", "practice", *keys, org=own.org, org_keys=own.private_keys, org_sign=own.org_sign
        )


def _turn(place):
    """First the keys, which are made for exactly those who are in now; last what destroys."""
    return "rotate" not in place.path, place.path == "/v1/orgs/backups"


@contextmanager
def asks_for_nothing():
    """Be content with whatever is covered."""
    was, signatures.SIGNED_COMPONENTS = signatures.SIGNED_COMPONENTS, ()
    try:
        yield
    finally:
        signatures.SIGNED_COMPONENTS = was


@contextmanager
def forgets_nonces():
    """Remember no nonce."""
    was, signatures.Nonces.is_new = signatures.Nonces.is_new, lambda *_: True
    try:
        yield
    finally:
        signatures.Nonces.is_new = was


FAULTS = (asks_for_nothing, forgets_nonces)
