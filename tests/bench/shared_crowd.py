"""Many laptops of many centres, each with what an evening left in its outbox."""

import random
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from bench.shared_items import words_of
from bench.shared_ours import WORLD, now

from sync.client.backoff import Backoff
from sync.client.engine import check, within_bytes
from sync.client.errors import LineError
from sync.client.hybrid import SealingPair
from sync.client.receipts import proves
from sync.client.sealing import seal, sign_clear
from sync.client.signing import DeviceKeys, SigningKey
from sync.client.transport import HttpHub
from sync.practice.identity import Identity
from sync.protocol.answers import Exchange, Outcome
from sync.protocol.bodies import ConsentGiven, Packet
from sync.protocol.codec import canonical
from sync.protocol.messages import PROTOCOL, Header, Kind
from sync.protocol.receipts import unfolded
from sync.server import devices, office

EACH = 40
"""Laptops of one centre."""
REFERRALS = 2
_SEATED_AT_ONCE = 100
_DIGEST = "ab" * 32
_MOST_TRIES = 20


@dataclass(frozen=True)
class Traveller:
    """One laptop: its keys, and what waits in it."""

    keys: DeviceKeys
    outbox: tuple


@dataclass(frozen=True)
class Arrived:
    """How it went for one laptop."""

    seconds: float
    tries: int
    proven: int
    came: int


def a_crowd(hub, count):
    """Seat so many laptops at the hub, which need not run, and write what they will bring."""
    centres = [_centre() for _ in range(max(2, count // EACH))]
    for centre in centres:
        office.add_org(hub, centre.listing(b'{"id":"%s"}' % centre.org.encode()), now())
    homes = [centres[number % len(centres)] for number in range(count)]
    everybody = [DeviceKeys.make(str(uuid4()), secrets.token_bytes) for _ in range(count)]
    for first in range(0, count, _SEATED_AT_ONCE):
        with hub.store.writing() as db:
            for keys, home in list(zip(everybody, homes, strict=True))[first:][:_SEATED_AT_ONCE]:
                _seat(db, keys, home)
    chance = random.Random("crowd")
    return [
        Traveller(keys, _written(keys, home, chance.choice(centres)))
        for keys, home in zip(everybody, homes, strict=True)
    ]


def arrive(traveller, url, hub, rest):
    """Do what a laptop does that found a line; return its tries, what it proved, what came."""
    line, backoff, tries = HttpHub(url, traveller.keys, WORLD, hub.id), Backoff(), 0
    luck = random.Random(traveller.keys.device)
    while True:
        tries += 1
        try:
            line.hello()
            proven, came = _exchanged(traveller, line, hub)
        except LineError:
            if tries == _MOST_TRIES:
                return tries, 0, 0
            backoff = backoff.after_failure()
            rest(backoff.wait(luck.random()).total_seconds())
        else:
            return tries, proven, came
        finally:
            line.close()


def _exchanged(traveller, line, hub):
    outbox, after, proven, came = traveller.outbox, 0, 0, 0
    while True:
        asked = Exchange(within_bytes(outbox), after)
        answer = line.exchange(asked, now())
        check(asked, answer)
        for message, result in zip(asked.items, unfolded(answer).results, strict=True):
            is_kept = result.outcome in {Outcome.ACCEPTED, Outcome.DUPLICATE}
            proven += is_kept and proves(result.receipt, hub.key.public, hub.id, message)
        outbox, after = outbox[len(asked.items) :], after + len(answer.events)
        came += len(answer.events)
        if not outbox and answer.head <= after:
            return proven, came


def _centre():
    device = DeviceKeys.make(str(uuid4()), secrets.token_bytes)
    return Identity(
        str(uuid4()), "admin", SigningKey.make(secrets.token_bytes).seed,
        SealingPair.make(secrets.token_bytes).secret,
        device.device, device.sign.seed, device.seal.secret,
    )  # fmt: skip


def _seat(db, keys, home):
    # Asked and approved as an office does it, by a centre that knows the laptop.
    own = Identity(
        home.org, "counselor", home.org_sign, home.org_seal, keys.device,
        keys.sign.seed, keys.seal.secret,
    )  # fmt: skip
    asked = own.own_request()
    devices.add(db, asked, home.approval(asked, "counselor", now()), now())


def _written(keys, home, agency):
    consent, until = str(uuid4()), now() + timedelta(days=30)
    body = ConsentGiven(_DIGEST, (agency.org,), ("need", "situation"), "consent:17", until)
    header = _header(keys, home, Kind.CONSENT_GIVEN, consent)
    letters = (_letter(keys, home, agency, consent, number) for number in range(REFERRALS))
    return (sign_clear(header, canonical(body), keys.sign), *letters)


def _letter(keys, home, agency, consent, number):
    ref, told = str(uuid4()), {item.value: text for item, text in words_of(number).items()}
    packet = Packet(ref, agency.org, ("counsel",), "routine", told, False, now())
    header = _header(
        keys, home, Kind.REFERRAL_REQUEST, ref, to_org=agency.org, consent_id=consent,
        basis="consent:17", consent_digest=_DIGEST, item_codes=tuple(sorted(told)),
    )  # fmt: skip
    readers = {each.org: each.sealing_key for each in (agency, home)}
    return seal(header, canonical(packet), keys.sign, tuple(readers.items()), secrets.token_bytes)


def _header(keys, home, kind, ref, **facts):
    return Header(PROTOCOL, str(uuid4()), kind, ref, home.org, keys.device, now(), **facts)
