"""A real hub for tests, called without a network: real signatures, real seals, a clock to turn."""

import asyncio
import random
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from prove.instead import instead
from requests.structures import CaseInsensitiveDict
from tuf_for_tests import Keepers

from sync.client.httpsig import sign_request
from sync.client.sealing import seal, sign_clear
from sync.practice.identity import Identity, identity_in
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.bodies import (
    ConsentGiven,
    ConsentWithdrawn,
    DeliveryReceipt,
    ErasureAttest,
    ReferralCancel,
    Stage,
    TaskMoved,
)
from sync.protocol.codec import canonical, packed, read_json, unpacked
from sync.protocol.directory import Enrolled
from sync.protocol.messages import Header, Kind
from sync.server import founding, office
from sync.server.app import app
from sync.server.desk import Desk
from sync.server.shelf import Shelf
from sync.trust.layout import LIFE, Role
from sync.trust.making import public_of

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
ADDRESS = "http://hub.example"
WORDS = "하늘이는 오늘 밤 잘 곳이 필요해요"


class Clock:
    def __init__(self):
        self.now = NIGHT

    def __call__(self):
        return self.now

    def turn(self, **delta):
        self.now += timedelta(**delta)


@dataclass
class Question:
    method: str
    url: str
    headers: CaseInsensitiveDict = field(default_factory=CaseInsensitiveDict)
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: bytes

    def value(self, kind):
        return unpacked(kind, self.body)

    @property
    def problem(self):
        return read_json(dict, self.body)["type"].rpartition(":")[2]


class Writer:
    """One organisation's one device, and everything it can write."""

    def __init__(self, identity, chance, clock):
        self.own = identity
        self.org = identity.org
        self.keys = identity.keys
        self._chance = chance
        self._clock = clock
        self.questions = 0

    def fresh(self):
        return str(UUID(bytes=self._chance(16), version=4))

    def header(self, kind, ref, **changes):
        facts = {
            "v": 1,
            "id": self.fresh(),
            "kind": kind,
            "ref": ref,
            "from_org": self.org,
            "from_device": self.keys.device,
            "created": self._clock(),
        }
        return Header(**facts | changes)

    def clear(self, kind, ref, body, **changes):
        return sign_clear(self.header(kind, ref, **changes), canonical(body), self.keys.sign)

    def consent(self, ref, *agencies, message_id=None, **changes):
        facts = {
            "digest": "d" * 64,
            "recipients": tuple(agency.org for agency in agencies),
            "item_codes": ("alias", "need", "reach"),
            "basis": "consent:17",
            "valid_until": self._clock() + timedelta(days=90),
        }
        body = ConsentGiven(**facts | changes)
        return self.clear(Kind.CONSENT_GIVEN, ref, body, id=message_id or self.fresh())

    def withdrawal(self, consent, *named, **changes):
        body = ConsentWithdrawn(**{"at": self._clock(), "referrals": named} | changes)
        return self.clear(Kind.CONSENT_WITHDRAWN, consent, body)

    def referral(self, consent, agency, ref=None, recipients=None, **changes):
        facts = {
            "to_org": agency.org,
            "consent_id": consent,
            "consent_digest": "d" * 64,
            "basis": "consent:17",
            "item_codes": ("alias", "need"),
        }
        kind = changes.pop("kind", Kind.REFERRAL_REQUEST)
        header = self.header(kind, ref or self.fresh(), **facts | changes)
        return self._sealed(header, recipients or (agency, self))

    def amends(self, ref, consent, agency, **changes):
        return self.referral(consent, agency, ref, kind=Kind.REFERRAL_AMEND, **changes)

    def note(self, ref, agency, recipients=None):
        header = self.header(Kind.TASK_NOTE, ref, to_org=agency.org)
        return self._sealed(header, recipients or (agency, self))

    def cancel(self, ref):
        return self.clear(Kind.REFERRAL_CANCEL, ref, ReferralCancel("no-longer-needed"))

    def receipt(self, request, stage=Stage.DELIVERED, digest=None):
        body = DeliveryReceipt(stage, digest or request.digest())
        return self.clear(Kind.DELIVERY_RECEIPT, header_of(request).ref, body)

    def moves(self, ref, to, reason="", expected=None):
        return self.clear(Kind.TASK_STATUS, ref, TaskMoved(to, reason, expected))

    def attest(self, ref, outcome="destroyed", article=""):
        return self.clear(Kind.ERASURE_ATTEST, ref, ErasureAttest(outcome, article))

    def _sealed(self, header, readers):
        recipients = tuple((reader.org, reader.own.sealing_key) for reader in readers)
        return seal(header, WORDS.encode(), self.keys.sign, recipients, self._chance)

    def signed(self, method, path, body=b"", at=None):
        """Return the question as this device asks it."""
        self.questions += 1
        question = Question(method, ADDRESS + path, CaseInsensitiveDict(), body)
        question.headers["Host"] = "hub.example"
        sign_request(question, body, self.keys, at or self._clock(), self.questions)
        return question


@cache
def _founded(seed, version):
    """A hub with its organisations seated, closed, and what chance would give next."""
    with TemporaryDirectory() as place:
        home = Path(place)
        (home / "hub").mkdir()
        made = HubForTests(home, seed)
        made.seat_all()
        for later in range(2, version + 1):
            made.publish(later, *made.parties)
        made.shelf.restamp(NIGHT)
        made.close()
        files = {
            file.relative_to(home): file.read_bytes()
            for file in home.rglob("*") if file.is_file()
        }  # fmt: skip
    return files, made.dice.getstate()


def _put(home, files):
    """Put them there as the hub and its organisations would, for nobody else to read."""
    for name, content in files.items():
        file = home / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(content)


class HubForTests:
    """A hub with three organisations, whose first devices are in.

    Founding one takes longer than copying it, so every new one is a copy, with the same keys.
    """

    def __init__(self, home, seed=1388, database="", version=1):
        """`version` is that of the directory that a new one serves."""
        is_new = not (home / "hub").exists()
        is_copy = is_new and not database
        if is_copy:
            _put(home, _founded(seed, version)[0])
        self.home, self.database = home, database
        self.clock = Clock()
        self.dice = random.Random(seed)
        self.chance = self.dice.randbytes
        # What is copied is up to date already, and Alembic takes long to find that.
        with instead(founding, "migrate", lambda _: None) if is_copy else nullcontext():
            self.app = app(home / "hub", "practice", self.clock, database=database)
        self.hub = self.app.state.hub
        self.desk = Desk(self.hub)
        self.shelf = Shelf(self.hub)
        # The same keepers whenever the same house is opened again.
        stamps = public_of(self.hub.key.timestamp_seed)
        self.keepers = Keepers(NIGHT, timestamp=stamps, chance=random.Random(1388).randbytes)
        self.centre = self._party("centre", "admin")
        self.shelter = self._party("shelter", "desk")
        self.clinic = self._party("clinic", "desk")
        if is_copy:
            self.dice.setstate(_founded(seed, version)[1])
            self.keepers.version = version + 1
            self.listings, self.published_at = self._listings(self.parties), NIGHT
        elif is_new:
            self.seat_all()

    @property
    def parties(self):
        return self.centre, self.shelter, self.clinic

    def seat_all(self):
        """Let the three take part."""
        self.publish(1, *self.parties)
        for party in self.parties:
            self.seat(party)

    def reopen(self):
        """Begin to serve anew, as after a restart."""
        self.hub.store.close()
        self.app = app(self.home / "hub", "practice", self.clock, database=self.database)
        self.hub = self.app.state.hub
        self.desk, self.shelf = Desk(self.hub), Shelf(self.hub)

    def _party(self, name, role):
        folder = self.home / name
        identity = identity_in(
            folder, str(UUID(bytes=self.chance(16), version=4)), role, self.chance
        )
        return Writer(identity, self.chance, self.clock)

    def newcomer(self, party, role="counselor"):
        """Return another device of the same organisation, not enrolled."""
        other = self._party(f"other-{party.fresh()}", role).own
        keys = {"device": other.device, "device_sign": other.device_sign}
        kept = {name: getattr(party.own, name) for name in ("org", "org_sign", "org_seal")}
        identity = Identity(role=role, device_seal=other.device_seal, **keys, **kept)
        return Writer(identity, self.chance, self.clock)

    def publish(self, version, *parties):
        """Let the keepers list these organisations, as this version."""
        return self.publish_listings(version, self._listings(parties))

    def _listings(self, parties):
        return tuple(party.own.listing(f'{{"id":"{party.org}"}}'.encode()) for party in parties)

    def publish_listings(self, version, listings):
        self.keepers.version = version
        files = self.keepers.publish(listings, self.clock())
        office.publish(self.hub, files, self.clock())
        self.listings, self.published_at = listings, self.clock()
        return files

    def published(self, path):
        """Hand out a file of the directory, which hub and keepers have kept fresh."""
        if self.clock() - self.published_at >= LIFE[Role.SNAPSHOT]:
            self.publish_listings(self.keepers.version, self.listings)
        self.shelf.restamp(self.clock())
        leaf = self.shelf.leaf(path, self.clock())
        return leaf.content if leaf else None

    def seat(self, party):
        asked = party.own.own_request()
        approval = party.own.approval(asked, party.own.role, self.clock())
        office.add_device(self.hub, asked, approval, self.clock())

    def let_in(self, party, role="counselor"):
        """Return another device of the organisation, which is let in."""
        colleague = self.newcomer(party, role)
        self.seat(colleague)
        return colleague

    def ask(self, question):
        """Put one HTTP question to the app."""
        return asyncio.run(asked(self.app, question))

    def get(self, path):
        return self.ask(Question("GET", ADDRESS + path))

    def post(self, path, value):
        return self.ask(Question("POST", ADDRESS + path, body=packed(value)))

    def exchange(self, party, *items, after=0, **more):
        body = packed(Exchange(items, after, **more))
        answer = self.ask(party.signed("POST", "/v1/exchange", body))
        assert answer.status == 200, answer.body
        return answer.value(Exchanged)

    def standing(self, party):
        """Return how a party's device stands, with the keys that it may open."""
        answer = self.ask(party.signed("GET", "/v1/devices/me"))
        assert answer.status == 200, answer.body
        return answer.value(Enrolled)

    def outcomes(self, party, *items):
        """Bring messages and return what became of each, as `accepted` or `rejected:code`."""
        results = self.exchange(party, *items).results
        return [f"{result.outcome}:{result.reason}".rstrip(":") for result in results]

    def close(self):
        self.hub.store.close()


def header_of(message):
    return read_json(Header, message.header)


async def asked(made, question):
    """Call an ASGI app once."""
    _, _, rest = question.url.partition("://")
    host, _, target = rest.partition("/")
    path, _, query = f"/{target}".partition("?")
    headers = {"host": host, **{name.lower(): value for name, value in question.headers.items()}}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": question.method,
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(n.encode("latin-1"), v.encode("latin-1")) for n, v in headers.items()],
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": (host, 80),
    }
    pieces = [{"type": "http.request", "body": question.body, "more_body": False}]
    said = []

    async def receive():
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(piece):
        said.append(piece)

    await made(scope, receive, send)
    start = next(piece for piece in said if piece["type"] == "http.response.start")
    body = b"".join(p.get("body", b"") for p in said if p["type"] == "http.response.body")
    names = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, body)
