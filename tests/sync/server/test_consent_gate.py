"""I4: the hub takes a referral only under a consent it knows, in force, for this and no more."""

import inspect
from datetime import timedelta

import msgspec
import pytest
from hub_for_tests import NIGHT, header_of

from sync.client.sealing import seal, sign_clear
from sync.protocol.bodies import ConsentGiven
from sync.protocol.codec import canonical
from sync.protocol.directory import SealingKey
from sync.protocol.messages import Kind
from sync.server import consents

LAPSES = {
    "never given": ({}, {"consent_id": "00000000-0000-4000-8000-000000000000"}, "consent-unknown"),
    "another record": ({}, {"consent_digest": "e" * 64}, "consent-unknown"),
    "another agency": ({"recipients": ("someone-else",)}, {}, "recipient-not-consented"),
    "nobody": ({"recipients": ()}, {}, "recipient-not-consented"),
    "an item too many": ({}, {"item_codes": ("alias", "health")}, "item-not-consented"),
    "no item named": ({}, {"item_codes": ()}, "item-not-consented"),
    "no basis": ({}, {"basis": ""}, "basis-not-allowed"),
    "another basis": ({}, {"basis": "duty:10"}, "basis-not-allowed"),
    "ended": ({"valid_until": NIGHT}, {}, "consent-expired"),
    "ended earlier": ({"valid_until": NIGHT - timedelta(days=1)}, {}, "consent-expired"),
    "packet's own end": ({}, {"expires": NIGHT}, "consent-expired"),
}


@pytest.mark.parametrize(("given", "asked", "code"), LAPSES.values(), ids=LAPSES)
def test_what_the_consent_does_not_cover_does_not_pass(house, given, asked, code):
    centre, shelter = house.centre, house.shelter
    consent = centre.fresh()
    assert house.outcomes(centre, centre.consent(consent, shelter, **given)) == ["accepted"]

    asked = {"consent_id": consent} | asked
    said = house.outcomes(centre, centre.referral(asked.pop("consent_id"), shelter, **asked))

    assert said == [f"rejected:{code}"]
    assert house.exchange(shelter).head == 0


LINES = {
    "another record": ("check", 'consent["digest"] != header.consent_digest', "False"),
    "ended": ("check", 'now >= moment(consent["valid_until"]) or', ""),
    "packet's own end": ("check", " or (header.expires and now >= header.expires)", ""),
    "another agency": ("_check_scope", 'header.to_org not in _codes(consent["recipients"])', "0"),
    "no item named": ("_check_scope", "not header.item_codes or", ""),
    "an item too many": (
        "_check_scope", 'not _codes(consent["item_codes"]).issuperset(header.item_codes)', "False"
    ),
}  # fmt: skip
"""A line of the hub's gate by the lapse that it alone refuses."""


def test_each_line_of_the_gate_that_is_taken_out_is_noticed(house, monkeypatch):
    for lapse, (name, line, instead) in LINES.items():
        source = inspect.getsource(getattr(consents, name))
        assert source.count(line) == 1, lapse
        made = dict(vars(consents))
        exec(source.replace(line, instead), made)
        with monkeypatch.context() as broken:
            broken.setattr(consents, name, made[name])
            assert _said(house, *LAPSES[lapse][:2]) == ["accepted"], lapse
        assert _said(house, *LAPSES[lapse][:2]) == [f"rejected:{LAPSES[lapse][2]}"]


def _said(house, given, asked):
    centre, consent = house.centre, house.centre.fresh()
    house.outcomes(centre, centre.consent(consent, house.shelter, **given))
    asked = {"consent_id": consent} | asked
    return house.outcomes(centre, centre.referral(asked.pop("consent_id"), house.shelter, **asked))


def test_a_consent_runs_out_by_the_hubs_clock(house, centre, shelter, consent):
    house.clock.turn(days=89, hours=23, minutes=59)
    assert house.outcomes(centre, centre.referral(consent, shelter)) == ["accepted"]

    house.clock.turn(minutes=1)

    assert house.outcomes(centre, centre.referral(consent, shelter)) == [
        "rejected:consent-expired"
    ]


def test_another_organisation_cannot_use_the_consent(house, shelter, clinic, consent):
    said = house.outcomes(clinic, clinic.referral(consent, shelter))

    assert said == ["rejected:consent-unknown"]


def test_a_consent_given_twice_is_the_same_consent(house, centre, shelter, consent):
    assert house.outcomes(centre, centre.consent(consent, shelter)) == ["accepted"]


def test_a_consent_cannot_be_widened_afterwards(house, centre, shelter, clinic, consent):
    wider = centre.consent(consent, shelter, clinic, digest="f" * 64)

    assert house.outcomes(centre, wider) == ["rejected:id-reused"]
    assert house.outcomes(centre, centre.referral(consent, clinic)) == [
        "rejected:recipient-not-consented"
    ]


def test_a_consent_repeated_with_other_content_changes_nothing(
    house, centre, shelter, clinic, consent
):
    house.outcomes(centre, centre.consent(consent, shelter, clinic))

    assert house.outcomes(centre, centre.referral(consent, clinic)) == [
        "rejected:recipient-not-consented"
    ]


@pytest.mark.parametrize(
    ("readers", "code"),
    [
        (("centre",), "key-epoch-retired"),
        (("shelter", "centre", "clinic"), "recipient-not-consented"),
        (("shelter", "shelter"), "malformed"),
    ],
    ids=["agency cannot open it", "a third party can", "sealed twice"],
)
def test_exactly_the_two_parties_can_open_what_passes(house, readers, code):
    centre, shelter = house.centre, house.shelter
    consent = centre.fresh()
    house.outcomes(centre, centre.consent(consent, shelter))
    message = centre.referral(consent, shelter, recipients=(shelter, centre, house.clinic))
    keys = {key.org: key for key in message.keys}

    forged = msgspec.structs.replace(
        message, keys=tuple(keys[getattr(house, reader).org] for reader in readers)
    )

    assert house.outcomes(centre, forged) == [f"rejected:{code}"]


def test_a_key_the_directory_does_not_list_is_refused(house, centre, shelter, consent):
    old = shelter.own.sealing_key
    retired = SealingKey(old.epoch + 1, old.suite, old.public)
    header = header_of(centre.referral(consent, shelter))

    message = seal(header, b"x", centre.keys.sign, ((shelter.org, retired),), house.chance)

    assert house.outcomes(centre, message) == ["rejected:key-epoch-retired"]


def test_an_organisation_that_left_the_directory_receives_nothing(house, centre, shelter, consent):
    house.publish(2, centre, house.clinic)

    said = house.outcomes(centre, centre.referral(consent, shelter))

    assert said == ["rejected:org-inactive"]


@pytest.mark.parametrize(
    "changes",
    [
        {"basis": "하늘이가 좋다고 했어요"},
        {"recipients": ("쉼터",)},
        {"item_codes": ("그의 이름은",)},
        {"digest": "a b"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_words_where_codes_belong_are_refused(house, centre, shelter, changes):
    said = house.outcomes(centre, centre.consent(centre.fresh(), shelter, **changes))

    assert said == ["rejected:malformed"]


def test_a_time_without_its_zone_is_refused(house, centre, shelter):
    naive = (NIGHT + timedelta(days=1)).replace(tzinfo=None)

    said = house.outcomes(centre, centre.consent(centre.fresh(), shelter, valid_until=naive))

    assert said == ["rejected:malformed"]


def test_a_body_of_another_kind_is_refused(house, centre):
    header = centre.header(Kind.CONSENT_WITHDRAWN, centre.fresh())
    body = ConsentGiven("d" * 64, (), (), "consent:17", NIGHT)

    message = sign_clear(header, canonical(body), centre.keys.sign)

    assert house.outcomes(centre, message) == ["rejected:malformed"]
