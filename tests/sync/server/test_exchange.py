import pytest
from hub_for_tests import header_of
from msgspec import UNSET, msgpack
from msgspec.structs import replace

from sync.client.receipts import proves
from sync.client.sealing import open_sealed, verify_clear
from sync.client.signing import verify
from sync.protocol.answers import Outcome, ReceiptClaim
from sync.protocol.bodies import Stage
from sync.protocol.codec import canonical, packed, read_json
from sync.protocol.messages import Kind
from sync.protocol.receipts import receipts_words, unfolded
from sync.protocol.trees import Tree
from sync.server import tables


def test_a_referral_reaches_the_agency_which_opens_it(house, centre, shelter, request_sent):
    came = house.exchange(shelter)

    (event,) = came.events
    assert (event.seq, event.kind, event.state, event.version) == (
        1,
        Kind.REFERRAL_REQUEST,
        "requested",
        1,
    )
    assert event.message == request_sent
    assert event.cert.claim
    opened = open_sealed(
        event.message, shelter.org, shelter.own.private_keys, centre.keys.sign.public
    )
    assert "잘 곳" in opened.decode()


def test_every_accepted_message_has_a_receipt_that_only_this_hub_can_sign(
    house, centre, shelter, consent
):
    items = [centre.referral(consent, shelter) for _ in range(3)]

    results = unfolded(house.exchange(centre, *items)).results

    claims = []
    for message, result in zip(items, results, strict=True):
        assert proves(result.receipt, house.hub.key.public, house.hub.id, message)
        claims.append(read_json(ReceiptClaim, result.receipt.claim))
        assert claims[-1].digest == message.digest()
        assert (claims[-1].id, claims[-1].hub) == (result.id, house.hub.id)
    assert [claim.seq for claim in claims] == [2, 3, 4]


def test_receipts_of_one_answer_travel_with_one_signature(house, centre, shelter, consent):
    items = [centre.referral(consent, shelter) for _ in range(3)]

    answer = house.exchange(centre, *items)

    tree = Tree([result.receipt.claim for result in answer.results])
    verify(house.hub.key.public, receipts_words(3, tree.root), answer.receipts, "receipt")
    assert [(r.receipt.sig, r.receipt.branch) for r in answer.results] == [(b"", UNSET)] * 3


def test_a_receipt_of_many_comes_again_as_it_was_and_proves_its_message_alone(
    house, centre, shelter, consent
):
    items = [centre.referral(consent, shelter) for _ in range(5)]
    first = unfolded(house.exchange(centre, *items)).results
    house.clock.turn(hours=1)

    again = [house.exchange(centre, message).results[0] for message in items]
    mixed = unfolded(house.exchange(centre, items[3], *_more(centre, shelter, consent, 2)))

    assert [result.receipt for result in again] == [result.receipt for result in first]
    assert mixed.results[0].receipt == first[3].receipt
    assert all(result.receipt.branch.size == 2 for result in mixed.results[1:])
    for message, result in zip(items, again, strict=True):
        assert result.outcome is Outcome.DUPLICATE
        assert proves(result.receipt, house.hub.key.public, house.hub.id, message)


def test_what_an_older_hub_kept_is_told_as_it_signed_it(house, centre, shelter, consent):
    """Before answers had one signature, each receipt had its own."""
    items = _more(centre, shelter, consent, 2)
    first, _ = house.exchange(centre, *items).results
    claim = read_json(ReceiptClaim, first.receipt.claim)
    (alone,) = house.hub.key.receipts([claim])
    kept = msgpack.decode(packed(replace(first, receipt=alone)))
    assert set(kept["receipt"]) == {"claim", "sig"}
    with house.hub.store.writing() as db:
        db.change(tables.message, {"id": first.id}, result=msgpack.encode(kept))

    again = unfolded(house.exchange(centre, *items)).results

    assert again[0].receipt == alone
    for message, result in zip(items, again, strict=True):
        assert proves(result.receipt, house.hub.key.public, house.hub.id, message)


def _more(centre, shelter, consent, count):
    return [centre.referral(consent, shelter) for _ in range(count)]


def test_answers_travel_back_to_the_counselor(house, centre, shelter, request_sent):
    ref = header_of(request_sent).ref
    said = [
        shelter.receipt(request_sent),
        shelter.receipt(request_sent, Stage.OPENED),
        shelter.moves(ref, "accepted"),
        shelter.note(ref, centre),
        shelter.moves(ref, "in-progress"),
        shelter.moves(ref, "completed"),
    ]
    assert house.outcomes(shelter, *said) == ["accepted"] * 6

    events = house.exchange(centre).events

    assert [event.message for event in events] == said
    assert [event.state for event in events] == [
        "requested", "requested", "accepted", "accepted", "in-progress", "completed",
    ]  # fmt: skip
    assert [event.version for event in events] == [1, 1, 2, 2, 3, 4]
    assert all(event.cert for event in events)
    assert verify_clear(events[0].message, shelter.keys.sign.public).ref == ref


def test_nothing_new_is_an_empty_answer(house, shelter):
    came = house.exchange(shelter)

    assert (came.results, came.events, came.head, came.directory) == ((), (), 0, 1)
    assert (came.hub, came.world, came.time) == (house.hub.id, "practice", house.clock())


def test_the_same_message_again_has_the_same_answer_and_no_second_effect(
    house, centre, shelter, consent
):
    message = centre.referral(consent, shelter)
    (first,) = house.exchange(centre, message).results
    house.clock.turn(days=365)

    (again,) = house.exchange(centre, message).results

    assert again.outcome is Outcome.DUPLICATE
    assert (again.receipt, again.state, again.version) == (first.receipt, "requested", 1)
    assert house.exchange(shelter).head == 1


def test_the_same_message_twice_in_one_batch_counts_once(house, centre, shelter, consent):
    message = centre.referral(consent, shelter)

    first, second = unfolded(house.exchange(centre, message, message)).results

    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.DUPLICATE)
    assert first.receipt == second.receipt
    assert first.receipt is not None
    assert house.exchange(shelter).head == 1


def test_a_rejection_is_remembered_too(house, centre, shelter):
    unknown = centre.fresh()
    message = centre.referral(unknown, shelter)
    assert house.outcomes(centre, message) == ["rejected:consent-unknown"]

    house.outcomes(centre, centre.consent(unknown, shelter))

    assert house.outcomes(centre, message) == ["rejected:consent-unknown"]
    assert house.outcomes(centre, centre.referral(unknown, shelter)) == ["accepted"]


def test_an_id_with_other_content_is_refused_and_the_first_stands(house, centre, shelter, consent):
    first = centre.referral(consent, shelter)
    name = header_of(first).id

    other = centre.referral(consent, shelter, id=name)

    assert house.outcomes(centre, first, other, first) == [
        "accepted", "rejected:id-reused", "duplicate",
    ]  # fmt: skip
    assert house.outcomes(centre, other) == ["rejected:id-reused"]
    assert house.exchange(shelter).head == 1


def test_a_referral_id_cannot_be_used_twice(house, centre, shelter, consent, request_sent):
    again = centre.referral(consent, shelter, ref=header_of(request_sent).ref)

    assert house.outcomes(centre, again) == ["rejected:id-reused"]


def test_a_bad_item_harms_no_other(house, centre, shelter, consent):
    broken = centre.referral(consent, shelter)
    broken = type(broken)(header=b"{}", keys=broken.keys, ct=broken.ct)
    good = [centre.referral(consent, shelter) for _ in range(2)]
    unknown = centre.referral(centre.fresh(), shelter)

    said = house.outcomes(centre, good[0], broken, unknown, good[1])

    assert said == ["accepted", "rejected:malformed", "rejected:consent-unknown", "accepted"]
    assert house.exchange(shelter).head == 2


def test_pages_follow_each_other_without_a_gap(house, centre, shelter, consent):
    house.exchange(centre, *(centre.referral(consent, shelter) for _ in range(7)))

    seen, after = [], 0
    while page := house.exchange(shelter, after=after, limit=3).events:
        seen += [event.seq for event in page]
        after = seen[-1]

    assert seen == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("after", [-1, 0, 1 << 40, 1 << 63, (1 << 64) - 1])
def test_a_strange_cursor_does_no_harm(house, shelter, request_sent, after):
    came = house.exchange(shelter, after=after)

    assert came.head == 1
    assert len(came.events) == (1 if after <= 0 else 0)


def test_a_page_is_no_larger_than_a_batch_but_never_stuck(house, centre, shelter, consent):
    for _ in range(6):
        big = centre.referral(consent, shelter)
        ct = big.ct + bytes(250_000)
        header = canonical(replace(header_of(big), size_class=len(ct)))
        big = type(big)(header=header, keys=big.keys, ct=ct)
        assert house.outcomes(centre, big) == ["accepted"]

    sizes = [len(house.exchange(shelter, after=after).events) for after in (0, 4)]

    assert sizes == [4, 2]


def test_a_message_that_is_too_large_is_refused_alone(house, centre, shelter, consent):
    big = centre.referral(consent, shelter)
    big = type(big)(header=big.header, keys=big.keys, ct=bytes(256 * 1024 + 1))

    assert house.outcomes(centre, big, centre.referral(consent, shelter)) == [
        "rejected:too-large", "accepted",
    ]  # fmt: skip
