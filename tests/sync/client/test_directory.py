from datetime import UTC, datetime

import msgspec
import pytest

from sync.client.directory import (
    sealing_key_of,
    sender_of,
    verify_cert,
)
from sync.client.errors import CertRefused
from sync.client.receipts import proves
from sync.client.sealing import sign_clear
from sync.client.signing import SigningKey
from sync.protocol.answers import RECEIPT_CONTEXT, Receipt, ReceiptClaim
from sync.protocol.codec import canonical
from sync.protocol.directory import DeviceCert, SealingKey
from sync.protocol.messages import Header, Kind
from sync.protocol.receipts import among, receipts_words
from sync.protocol.trees import Tree

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)


def test_the_newest_key_that_we_can_use_is_chosen(a_directory, shelter):
    keys = (
        shelter.key,
        msgspec.structs.replace(shelter.key, epoch=2),
        SealingKey(3, suite=9, public=b"of a later suite"),
        msgspec.structs.replace(shelter.key, epoch=4, is_retired=True),
    )
    listing = msgspec.structs.replace(shelter.listing(), sealing_keys=keys)
    book = a_directory(listings=(listing,))

    assert sealing_key_of(book, "shelter").epoch == 2
    assert sealing_key_of(book, "nobody") is None


@pytest.fixture
def book(a_directory):
    return a_directory()


def test_an_organisation_vouches_for_its_device(book, shelter):
    claim = verify_cert(shelter.cert(), book, NIGHT)

    assert (claim.org, claim.sign_pub) == ("shelter", shelter.device.sign.public)


def test_nobody_else_vouches_for_it(book, shelter, centre):
    bad = [
        centre.cert(org="shelter"),
        shelter.cert(org="nobody"),
        shelter.cert(valid_until=NIGHT),
        DeviceCert(b"{}", shelter.cert().sig),
        DeviceCert(shelter.cert().claim, b""),
    ]

    for cert in bad:
        with pytest.raises(CertRefused):
            verify_cert(cert, book, NIGHT)


def a_status(shelter, **changes):
    facts = {
        "v": 1,
        "id": "one",
        "kind": Kind.TASK_STATUS,
        "ref": "case",
        "from_org": "shelter",
        "from_device": shelter.device.device,
        "created": NIGHT,
    }
    return sign_clear(Header(**facts | changes), b"{}", shelter.device.sign)


def test_a_message_is_tied_to_the_certificate_it_came_with(book, shelter, centre):
    assert sender_of(a_status(shelter), shelter.cert(), book, NIGHT).org == "shelter"

    for message, cert in [
        (a_status(shelter), None),
        (a_status(shelter), centre.cert()),
        (a_status(shelter, from_org="centre"), shelter.cert()),
        (a_status(shelter, from_device="another"), shelter.cert()),
    ]:
        with pytest.raises(CertRefused):
            sender_of(message, cert, book, NIGHT)


def a_receipt(key, message, **changes):
    facts = {"id": "one", "digest": message.digest(), "hub": "hub", "seq": 1, "time": NIGHT}
    claim = canonical(ReceiptClaim(**facts | changes))
    return Receipt(claim, key.sign(RECEIPT_CONTEXT + claim))


def test_a_receipt_proves_one_message_at_one_hub(shelter, chance):
    hub_key, message = SigningKey.make(chance), a_status(shelter)

    assert proves(a_receipt(hub_key, message), hub_key.public, "hub", message)
    assert not proves(None, hub_key.public, "hub", message)
    assert not proves(a_receipt(shelter.sign, message), hub_key.public, "hub", message)
    assert not proves(a_receipt(hub_key, message, hub="other"), hub_key.public, "hub", message)
    assert not proves(a_receipt(hub_key, message, digest=""), hub_key.public, "hub", message)


def receipts_of(key, messages):
    claims = [
        canonical(ReceiptClaim(str(seq), message.digest(), "hub", seq, NIGHT))
        for seq, message in enumerate(messages)
    ]
    tree = Tree(claims)
    return among(claims, tree, key.sign(receipts_words(tree.size, tree.root)))


def test_receipts_of_many_each_prove_one_message(shelter, chance):
    key, messages = SigningKey.make(chance), [a_status(shelter, ref=str(n)) for n in range(7)]
    receipts = receipts_of(key, messages)

    def is_proven(receipt, message, public=key.public):
        return proves(receipt, public, "hub", message)

    assert all(map(is_proven, receipts, messages))
    assert not any(map(is_proven, receipts, messages[1:]))
    assert not is_proven(receipts[0], messages[0], shelter.sign.public)


@pytest.mark.parametrize(
    "changes",
    [
        {"position": 3}, {"position": -1}, {"position": 7}, {"size": 6}, {"size": 8}, {"path": ()},
        {"size": 1, "position": 0, "path": ()},
    ],
)  # fmt: skip
def test_a_receipt_of_many_proves_nothing_from_another_place(shelter, chance, changes):
    key, messages = SigningKey.make(chance), [a_status(shelter, ref=str(n)) for n in range(7)]
    receipt = receipts_of(key, messages)[2]
    elsewhere = msgspec.structs.replace(receipt.branch, **changes)

    moved = msgspec.structs.replace(receipt, branch=elsewhere)
    alone = msgspec.structs.replace(receipt, branch=msgspec.UNSET)

    assert proves(receipt, key.public, "hub", messages[2])
    assert not proves(moved, key.public, "hub", messages[2])
    assert not proves(alone, key.public, "hub", messages[2])
    unsigned = msgspec.structs.replace(receipt, sig=b"")
    assert not proves(unsigned, key.public, "hub", messages[2])
