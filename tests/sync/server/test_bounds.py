"""What is beyond a field's bounds is refused by name; what came beside it is taken."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from backups_for_tests import say
from hub_for_tests import header_of

from sync.protocol.backups import PiecesWanted, SetWanted
from sync.protocol.bodies import ITEM_CODES, RECALLED, RECIPIENTS, Recalled
from sync.protocol.codec import canonical, packed
from sync.protocol.directory import KeyFor, OrgKeys, Revocation, Rotation
from sync.protocol.messages import MESSAGE_BYTES, Kind
from sync.server import batch, recalls, tables

EARLIEST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=14)))
NUL = "\0"
MALFORMED, TOO_LARGE = "rejected:malformed", "rejected:too-large"


def beside(house, *odd):
    """Return what became of the odd ones, brought before a good one, which is taken."""
    good = house.centre.consent(house.centre.fresh(), house.shelter)
    *said, last = house.outcomes(house.centre, *odd, good)
    assert last == "accepted"
    return said


@pytest.mark.parametrize("at", [EARLIEST, LATEST])
def test_a_time_that_no_clock_can_have_said_is_refused_and_not_asked_for_again(house, at):
    centre, shelter = house.centre, house.shelter
    consent = centre.fresh()
    odd = (
        centre.consent(consent, shelter, valid_until=at),
        centre.withdrawal(consent, at=at),
        centre.clear(Kind.REFERRAL_CANCEL, consent, {"reason": ""}, created=at),
        centre.referral(consent, shelter, created=at),
        centre.referral(consent, shelter, expires=at),
    )

    assert beside(house, *odd) == [MALFORMED] * len(odd)


def test_a_clock_with_an_empty_battery_keeps_no_withdrawal_back(house, centre, shelter, consent):
    at = datetime(1970, 1, 1, tzinfo=UTC)
    word = centre.clear(Kind.CONSENT_WITHDRAWN, consent, {"at": at, "referrals": ()}, created=at)

    assert house.outcomes(centre, word, centre.referral(consent, shelter)) == [
        "accepted", "rejected:consent-withdrawn",
    ]  # fmt: skip


def test_a_device_that_can_be_none_is_refused_with_its_message_alone(house, centre):
    odd = [
        centre.clear(Kind.REFERRAL_CANCEL, centre.fresh(), {"reason": ""}, from_device=name)
        for name in (NUL, "", "x" * 36)
    ]

    assert beside(house, *odd) == [MALFORMED] * 3


@pytest.mark.parametrize(
    "named",
    [
        Recalled("0" * 8 + "-0000" * 3 + "-" + "0" * 12, NUL),
        Recalled(NUL, "x"),
        Recalled("no-uuid", "x"),
    ],
)
def test_what_a_withdrawal_names_is_a_referral_and_an_organisation(house, centre, named):
    assert beside(house, centre.withdrawal(centre.fresh(), named)) == [MALFORMED]


@pytest.mark.parametrize("device", [NUL, "nobody", f"{'0' * 8}{'-0000' * 3}-{'0' * 12}\n"])
def test_a_device_that_can_be_none_is_no_request(house, centre, device):
    approval = centre.own.approval(centre.own.own_request(), "counselor", house.clock())
    (key,), keys = approval.org_keys, OrgKeys(b"", b"")
    asked = {
        "/v1/devices/revoke": Revocation(device),
        "/v1/devices/approve": msgspec.structs.replace(approval, device=device),
        "/v1/backups/set": SetWanted(device, "first"),
        "/v1/backups/fetch": PiecesWanted(device, ()),
        "/v1/orgs/rotate": Rotation(keys, (KeyFor(device, key),)),
    }

    answers = [say(house, centre, path, value) for path, value in asked.items()]

    assert [(answer.status, answer.problem) for answer in answers] == [(400, "malformed")] * 5


def sealed(house, **changes):
    message = house.centre.referral(house.centre.fresh(), house.shelter)
    return msgspec.structs.replace(message, **changes)


def with_copies(message, *lengths, **changes):
    keys = tuple(
        msgspec.structs.replace(key, enc=bytes(length), **changes)
        for key, length in zip(message.keys, lengths, strict=True)
    )
    return msgspec.structs.replace(message, keys=keys)


def as_map(message):
    return msgspec.msgpack.decode(packed(message))


def test_what_is_no_message_at_all_is_refused_and_harms_no_other(house):
    message = as_map(sealed(house))
    (key, *others) = message["keys"]
    odd = (
        {**message, "priority": "urgent"},
        {**message, "keys": [{**key, "epoch": "x"}, *others]},
        {**message, "sig": "text"},
        {name: value for name, value in message.items() if name != "header"},
        7,
        None,
        [[[[]]]],
    )

    assert beside(house, *odd) == [MALFORMED] * len(odd)


@pytest.mark.parametrize("odd", [{"items": 7}, {"items": [], "more": 1}, {"after": "x"}, [], 7])
def test_what_is_no_round_at_all_is_refused_whole(house, centre, odd):
    answer = house.ask(centre.signed("POST", "/v1/exchange", packed(odd)))

    assert (answer.status, answer.problem) == (400, "malformed")


@pytest.mark.parametrize("lengths", [(0, 60), (1168, 1229), (61, 1168)])
def test_a_sealed_key_has_one_of_three_lengths(house, lengths):
    assert beside(house, with_copies(sealed(house), *lengths)) == [MALFORMED]


def test_the_whole_message_has_its_size_whatever_part_is_large(house):
    message = sealed(house)
    copied = with_copies(message, 200_000, 200_000)
    often = msgspec.structs.replace(message, keys=message.keys * 200)
    named = msgspec.structs.replace(message.keys[0], org="x" * MESSAGE_BYTES)

    odd = (copied, often, msgspec.structs.replace(message, keys=(named,)))

    assert [beside(house, each) for each in odd] == [[TOO_LARGE]] * 3


@pytest.mark.parametrize(
    "changes",
    [{"suite": 77}, {"size_class": -5}, {"size_class": 4096}, {"key_epoch": -1},
     {"key_epoch": 1 << 31}],
)  # fmt: skip
def test_numbers_in_a_header_say_what_they_can_say(house, changes):
    message = sealed(house)
    header = canonical(msgspec.structs.replace(header_of(message), **changes))
    odd = msgspec.structs.replace(message, header=header)
    clear = house.centre.clear(
        Kind.REFERRAL_CANCEL, house.centre.fresh(), {"reason": ""}, **changes
    )

    assert beside(house, odd, clear) == [MALFORMED] * 2


def test_a_version_and_an_epoch_are_never_out_of_range(house, centre):
    moved = [centre.moves(centre.fresh(), "accepted", expected=odd) for odd in (-1, 1 << 31)]
    keyed = with_copies(sealed(house), 1168, 60, epoch=1 << 63)

    assert beside(house, *moved, keyed) == [MALFORMED] * 3


@pytest.mark.parametrize(
    ("field", "most"), [("recipients", RECIPIENTS), ("item_codes", ITEM_CODES)]
)
def test_a_consent_names_no_more_than_a_person_can_have_read(house, centre, shelter, field, most):
    def naming(count):
        return centre.consent(centre.fresh(), shelter, **{field: ("x",) * count})

    assert beside(house, naming(most + 1)) == [TOO_LARGE]
    assert house.outcomes(centre, naming(most)) == ["accepted"]


def test_a_referral_names_no_more_items_than_a_consent_can(house, centre, shelter, consent):
    codes = tuple(f"item-{n:02}" for n in range(ITEM_CODES + 1))

    assert beside(house, centre.referral(consent, shelter, item_codes=codes)) == [TOO_LARGE]


def invented(centre, agency, count):
    return tuple(Recalled(centre.fresh(), agency.org) for _ in range(count))


def test_a_withdrawal_names_a_hundred_referrals_at_most(house, centre, shelter):
    consent = centre.fresh()

    many = centre.withdrawal(consent, *invented(centre, shelter, RECALLED + 1))

    assert beside(house, many) == [TOO_LARGE]
    assert house.exchange(shelter).head == 0
    few = centre.withdrawal(consent, *invented(centre, shelter, RECALLED))
    assert house.outcomes(centre, few) == ["accepted"]
    assert house.exchange(shelter).head == RECALLED


def test_a_withdrawal_reaches_nobody_whom_its_consent_does_not_name(
    house, centre, shelter, clinic, consent
):
    named = (*invented(centre, shelter, 1), *invented(centre, clinic, 2))

    assert house.outcomes(centre, centre.withdrawal(consent, *named)) == ["accepted"]

    assert house.exchange(clinic).head == 0
    assert [event.ref for event in house.exchange(shelter).events] == [named[0].ref]


@pytest.mark.parametrize("is_said_before", [False, True])
def test_a_withdrawal_whose_grant_was_never_seen_reaches_whom_it_names(
    house, centre, clinic, is_said_before
):
    consent, (named,) = centre.fresh(), invented(centre, clinic, 1)
    if is_said_before:
        house.exchange(centre, centre.withdrawal(consent))

    assert house.outcomes(centre, centre.withdrawal(consent, named)) == ["accepted"]

    assert [event.ref for event in house.exchange(clinic).events] == [named.ref]


def test_many_withdrawals_at_once_do_not_hold_up_everybody(house, centre, shelter, monkeypatch):
    monkeypatch.setattr(batch, "RECALLED_AT_ONCE", 10)
    words = [centre.withdrawal(centre.fresh(), *invented(centre, shelter, 6)) for _ in range(3)]

    assert beside(house, *words) == ["accepted", "accepted", "retry"]
    assert house.exchange(shelter).head == 12

    assert house.outcomes(centre, *words) == ["duplicate", "duplicate", "accepted"]


def test_naming_referrals_again_and_again_comes_to_an_end(house, centre, shelter, monkeypatch):
    monkeypatch.setattr(recalls, "MOST", 5)
    consent = centre.fresh()

    for _ in range(3):
        word = centre.withdrawal(consent, *invented(centre, shelter, 3))
        assert house.outcomes(centre, word) == ["accepted"]

    with house.hub.store.reading() as db:
        assert len(db.all(tables.referral)) == 5
