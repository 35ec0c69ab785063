import random
from datetime import UTC, datetime

import msgspec
import pytest

from sync.client.hybrid import HYBRID, SealingPair
from sync.client.signing import DeviceKeys, SigningKey
from sync.protocol.codec import canonical
from sync.protocol.directory import (
    CERT_CONTEXT,
    DeviceCert,
    DeviceClaim,
    DirectoryBook,
    Listing,
    SealingKey,
)

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 11, 20, tzinfo=UTC)


@pytest.fixture
def chance():
    return random.Random(1388).randbytes


class Org:
    def __init__(self, name, chance):
        self.name = name
        self.sign = SigningKey.make(chance)
        self.pair = SealingPair.make(chance)
        self.device = DeviceKeys.make(f"device-of-{name}", chance)

    @property
    def key(self):
        return SealingKey(epoch=1, suite=HYBRID, public=self.pair.public)

    @property
    def private_keys(self):
        return {1: self.pair.secret}

    def cert(self, **changes):
        facts = {
            "org": self.name,
            "device": self.device.device,
            "role": "desk",
            "sign_pub": self.device.sign.public,
            "valid_until": NEXT_YEAR,
        }
        claim = canonical(DeviceClaim(**facts | changes))
        return DeviceCert(claim, self.sign.sign(CERT_CONTEXT + claim))

    def listing(self):
        record = {"id": self.name, "name": self.name, "description": ""}
        return Listing(self.name, msgspec.Raw(canonical(record)), self.sign.public, (self.key,))


@pytest.fixture
def centre(chance):
    return Org("centre", chance)


@pytest.fixture
def shelter(chance):
    return Org("shelter", chance)


@pytest.fixture
def a_directory(centre, shelter):
    def make(**changes):
        facts = {
            "network": "here",
            "world": "practice",
            "version": 3,
            "issued": NIGHT,
            "expires": NEXT_YEAR,
            "listings": (centre.listing(), shelter.listing()),
        }
        return DirectoryBook(**facts | changes)

    return make
