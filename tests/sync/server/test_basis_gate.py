"""Without a consent the hub passes one thing: a basis in law, its receiver, two signatures."""

from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import msgspec
import pytest
from disclosures_for_tests import Reporter, answers, cert_of, cosigned, hsds, refuses
from hub_for_tests import NIGHT, header_of

from sync.protocol.codec import canonical, packed, read_json
from sync.protocol.disclosures import ABUSE, LIFE, DisclosureClaim
from sync.protocol.messages import SEALED_KINDS, Kind
from sync.server import disclosures, office, tables

_FAR_WEST = timezone(-timedelta(hours=14))


@pytest.fixture
def street(house):
    """A counselor, a supervisor, a colleague, and the authorities they may report to."""
    made = SimpleNamespace(house=house, centre=house.centre, clinic=house.clinic)
    made.police, made.city = house._party("police", "desk"), house._party("city", "desk")
    kinds = {
        made.centre: "counseling-center", house.shelter: "youth-organization",
        house.clinic: "public-hospital", made.police: "police", made.city: "local-government",
    }  # fmt: skip
    listings = tuple(party.own.listing(hsds(party.org, kind)) for party, kind in kinds.items())
    house.publish_listings(2, listings)
    for party in (made.police, made.city):
        house.seat(party)
    made.counselor = house.let_in(made.centre)
    made.supervisor = house.let_in(made.centre, "supervisor")
    made.colleague = house.let_in(made.centre)
    made.reporter = Reporter(made.counselor, house.chance, house.clock)
    return made


def a_report(street, to=None, signer=None, basis=ABUSE, **changes):
    """Return a request that passes, and its packet; `changes` are of the claim."""
    to, reporter = to or street.police, street.reporter
    items = changes.pop("items", ("alias", "reach"))
    packet = reporter.packet(street.counselor.fresh(), to, basis, items)
    claim = reporter.claim(packet, to, **changes)
    cosign = cosigned(signer or street.supervisor, claim, street.house.clock)
    return reporter.request(packet, to, cosign), packet


def ledger(street):
    with street.house.hub.store.reading() as db:
        return [dict(row) for row in disclosures.ledger(db)]


@pytest.mark.parametrize(
    ("basis", "to"),
    [(ABUSE, "police"), (ABUSE, "city"), (LIFE, "police"), (LIFE, "city"), (LIFE, "clinic")],
)
def test_a_cosigned_report_passes_to_whom_the_law_names(street, basis, to):
    receiver = getattr(street, to)
    message, packet = a_report(street, receiver, basis=basis)

    assert street.house.outcomes(street.counselor, message) == ["accepted"]

    (event,) = street.house.exchange(receiver).events
    assert (event.kind, event.ref) == (Kind.REFERRAL_REQUEST, packet.ref)
    assert event.message == message


def test_a_laptop_let_in_later_does_not_learn_who_reported(street):
    message, packet = a_report(street)
    street.house.outcomes(street.counselor, message)

    later = street.house.let_in(street.centre)

    assert packet.ref not in {event.ref for event in street.house.exchange(later).events}


def test_the_ledger_says_what_the_decree_asks_and_not_who_reported(street):
    message, packet = a_report(street)
    street.house.outcomes(street.counselor, message)

    (entry,) = ledger(street)

    header = header_of(message)
    assert entry == {
        "id": header.id, "referral_id": packet.ref, "from_org": street.centre.org,
        "recipient": street.police.org, "purpose": "child-protection", "legal_basis": ABUSE,
        "items": '["alias","reach"]', "at": "2026-11-20T14:10:00.000000+00:00",
        "form": "sealed-message", "limits": "purpose-only/reporter-secret",
    }  # fmt: skip
    assert street.counselor.keys.device not in str(entry)
    assert street.supervisor.keys.device not in str(entry)


def test_a_report_that_comes_again_to_a_hub_put_back_stands_once_in_the_ledger(street):
    message, _ = a_report(street)
    street.house.outcomes(street.counselor, message)
    before = ledger(street)
    with street.house.hub.store.writing() as db:
        for table in (tables.message, tables.packet, tables.reminder, tables.referral):
            db.remove(table)
    street.house.clock.turn(hours=1)

    assert street.house.outcomes(street.counselor, message) == ["accepted"]

    assert ledger(street) == before


def _without(street):
    message, _ = a_report(street)
    return msgspec.structs.replace(message, cosign=msgspec.UNSET)


def _with(street, **changes):
    return a_report(street, **changes)[0]


def _signed_over_again(street, **changes):
    """A claim that the supervisor signed, beside a header that says something else."""
    _, packet = a_report(street)
    reporter, police = street.reporter, street.police
    claim = reporter.claim(packet, police, **changes)
    return reporter.request(packet, police, cosigned(street.supervisor, claim, street.house.clock))


def _tampered(street, part):
    message, _ = a_report(street)
    cosign = msgspec.structs.replace(message.cosign, **{part: b"x" + bytes(63)})
    return msgspec.structs.replace(message, cosign=cosign)


def _under_another(street):
    """Signed by a colleague, beside the certificate of the supervisor."""
    _, packet = a_report(street)
    claim = street.reporter.claim(packet, street.police)
    cert = cert_of(street.supervisor, street.house.clock)
    cosign = cosigned(street.colleague, claim, street.house.clock, cert)
    return street.reporter.request(packet, street.police, cosign)


def _under_nobody(street):
    own, sign_pub = street.supervisor.own, street.supervisor.keys.sign.public
    cert = own.cert("\0", own.role, sign_pub, street.house.clock())
    _, packet = a_report(street)
    claim = street.reporter.claim(packet, street.police)
    cosign = cosigned(street.supervisor, claim, street.house.clock, cert)
    return street.reporter.request(packet, street.police, cosign)


def _unordered(street):
    message, packet = a_report(street)
    claim = read_json(DisclosureClaim, message.cosign.claim)
    raw = canonical(claim).replace(b'{"at"', b'{ "at"')
    cosign = cosigned(street.supervisor, claim, street.house.clock)
    cosign = msgspec.structs.replace(cosign, claim=raw)
    return street.reporter.request(packet, street.police, cosign)


UNSIGNED = {
    "no signature": _without,
    "one's own": lambda s: _with(s, signer=s.counselor),
    "a colleague's": lambda s: _with(s, signer=s.colleague),
    "another organisation's": lambda s: _with(s, signer=s.police),
    "another referral": lambda s: _signed_over_again(s, ref=s.counselor.fresh()),
    "another receiver": lambda s: _signed_over_again(s, to_org=s.city.org),
    "another basis": lambda s: _signed_over_again(s, basis=LIFE),
    "fewer items": lambda s: _signed_over_again(s, item_codes=("alias",)),
    "another device": lambda s: _signed_over_again(s, from_device=s.colleague.keys.device),
    "another sender": lambda s: _signed_over_again(s, from_org=s.police.org),
    "run out": lambda s: _signed_over_again(s, until=NIGHT),
    "back to front": lambda s: _signed_over_again(s, at=NIGHT + timedelta(days=30)),
    "no clock's end": lambda s: _with(s, until=datetime.max.replace(tzinfo=_FAR_WEST)),
    "no clock's beginning": lambda s: _with(s, at=datetime.min.replace(tzinfo=UTC)),
    "a device that can be none": _under_nobody,
    "signature bent": lambda s: _tampered(s, "sig"),
    "claim bent": lambda s: _tampered(s, "claim"),
    "certificate bent": lambda s: _tampered(s, "cert"),
    "another's certificate": _under_another,
    "claim not canonical": _unordered,
}


@pytest.mark.parametrize("lapse", UNSIGNED.values(), ids=UNSIGNED)
def test_without_the_right_second_signature_nothing_passes(street, lapse):
    before = street.house.exchange(street.police).head

    said = street.house.outcomes(street.counselor, lapse(street))

    assert said == ["rejected:cosign-missing"]
    assert street.house.exchange(street.police).head == before
    assert ledger(street) == []


def _consent_too(street):
    message, packet = a_report(street)
    reporter, police = street.reporter, street.police
    return reporter.request(packet, police, message.cosign, consent_id=street.counselor.fresh())


def _read_by(street, *readers):
    message, packet = a_report(street)
    return street.reporter.request(packet, street.police, message.cosign, readers=readers)


BASELESS = {
    "a school": lambda s: _with(s, to=s.house.shelter),
    "a hospital for abuse": lambda s: _with(s, to=s.clinic),
    "an item too many": lambda s: _with(s, items=("alias", "need")),
    "what is for abuse only": lambda s: _with(s, basis=LIFE, items=("situation",)),
    "no item": lambda s: _with(s, items=()),
    "another article": lambda s: _with(s, basis="law:anything"),
    "a consent beside it": _consent_too,
    "colleagues can open it": lambda s: _read_by(s, s.police, s.centre),
}


@pytest.mark.parametrize("lapse", BASELESS.values(), ids=BASELESS)
def test_what_the_basis_does_not_name_does_not_pass(street, lapse):
    assert street.house.outcomes(street.counselor, lapse(street)) == ["rejected:basis-not-allowed"]
    assert ledger(street) == []


def test_what_passed_once_does_not_pass_again(street):
    message, packet = a_report(street)
    street.house.outcomes(street.counselor, message)

    again = street.reporter.request(packet, street.police, message.cosign)

    assert street.house.outcomes(street.counselor, again) == ["rejected:id-reused"]
    assert len(ledger(street)) == 1


def test_a_shut_out_supervisor_signs_nothing(street):
    message, _ = a_report(street)
    with street.house.hub.store.writing() as db:
        db.change(tables.device, {"id": street.supervisor.keys.device}, status="revoked")

    assert street.house.outcomes(street.counselor, message) == ["rejected:cosign-missing"]


OTHERS = [kind for kind in Kind if kind not in (Kind.REFERRAL_REQUEST, "reminder", "expired")]


@pytest.mark.parametrize("kind", OTHERS)
def test_no_other_message_takes_any_part_of_this_path(street, kind):
    message, packet = a_report(street)
    if kind in SEALED_KINDS:
        signed = street.reporter.request(packet, street.police, message.cosign, kind=kind)
        based = street.reporter.request(packet, street.police, kind=kind)
    else:
        clear = street.counselor.clear(kind, packet.ref, {}, to_org=street.police.org)
        signed = msgspec.structs.replace(clear, cosign=message.cosign)
        based = street.counselor.clear(kind, packet.ref, {}, basis=ABUSE)

    said = street.house.outcomes(street.counselor, signed, based)

    assert said == ["rejected:basis-not-allowed"] * 2


def test_a_consent_does_not_need_a_second_signature_and_may_not_have_one(house, street):
    message, _ = a_report(street)
    consent = street.counselor.fresh()
    house.outcomes(street.counselor, street.counselor.consent(consent, street.police))
    request = street.counselor.referral(consent, street.police)

    said = house.outcomes(
        street.counselor, msgspec.structs.replace(request, cosign=message.cosign), request
    )

    assert said[0] == "rejected:basis-not-allowed"


def test_a_report_is_never_amended(street, house):
    message, packet = a_report(street)
    house.outcomes(street.counselor, message)
    consent = street.counselor.fresh()
    house.outcomes(street.counselor, street.counselor.consent(consent, street.police))

    by_law = street.reporter.request(packet, street.police, kind=Kind.REFERRAL_AMEND)
    by_consent = street.counselor.amends(packet.ref, consent, street.police)

    refused = ["rejected:basis-not-allowed"]
    assert house.outcomes(street.counselor, by_law) == refused
    assert house.outcomes(street.counselor, by_consent) == refused


def test_a_withdrawal_does_not_take_a_report_back(street, house):
    message, packet = a_report(street)
    house.outcomes(street.counselor, message)
    consent = street.colleague.fresh()
    told = {"at": house.clock(), "referrals": [{"ref": packet.ref, "to_org": street.police.org}]}

    said = street.colleague.clear(Kind.CONSENT_WITHDRAWN, consent, told)

    assert house.outcomes(street.colleague, said) == ["accepted"]
    assert [event.kind for event in house.exchange(street.police).events] == [
        Kind.REFERRAL_REQUEST
    ]


def test_no_colleague_is_shown_who_reported(street, house):
    message, packet = a_report(street)
    house.outcomes(street.counselor, message)
    house.outcomes(street.police, street.police.receipt(message))
    house.outcomes(street.police, street.police.moves(packet.ref, "accepted"))
    house.outcomes(street.counselor, street.counselor.cancel(packet.ref))

    for reader in (street.colleague, street.supervisor, street.centre):
        events = house.exchange(reader).events
        assert [event.kind for event in events] == [Kind.DELIVERY_RECEIPT, Kind.TASK_STATUS]
        assert street.counselor.keys.device.encode() not in packed(events)


def test_a_supervisor_is_asked_and_answers_and_colleagues_see_neither(street, house):
    message, packet = a_report(street)
    device = street.counselor.keys.device
    asked = street.reporter.asks(packet)
    assert house.outcomes(street.counselor, asked) == ["accepted"]
    (event,) = house.exchange(street.supervisor).events
    assert event.message == asked
    (event,) = house.exchange(street.colleague).events
    assert (event.message, event.cert, event.reason) == (None, None, "not-for-you")

    given = answers(street.supervisor, packet.ref, message.cosign, device)
    assert house.outcomes(street.supervisor, given) == ["accepted"]

    assert house.exchange(street.counselor).events[-1].message == given
    assert house.exchange(street.colleague).events[-1].message is None
    assert house.exchange(street.supervisor).events[0].message is None  # destroyed at the hub
    assert house.exchange(street.police).head == 0


def test_a_refusal_reaches_who_asked(street, house):
    _, packet = a_report(street)
    house.outcomes(street.counselor, street.reporter.asks(packet))

    no = refuses(street.supervisor, packet.ref, street.counselor.keys.device)

    assert house.outcomes(street.supervisor, no) == ["accepted"]
    assert house.exchange(street.counselor).events[-1].message == no


def test_only_a_supervisor_answers_and_never_oneself(street, house):
    message, packet = a_report(street)
    device = street.counselor.keys.device
    house.outcomes(street.counselor, street.reporter.asks(packet))

    by_colleague = answers(street.colleague, packet.ref, message.cosign, device)
    by_police = answers(street.police, packet.ref, message.cosign, device)
    to_oneself = answers(
        street.supervisor, packet.ref, message.cosign, street.supervisor.keys.device
    )

    assert house.outcomes(street.colleague, by_colleague) == ["rejected:cosign-missing"]
    assert house.outcomes(street.police, by_police) == ["rejected:cosign-missing"]
    assert house.outcomes(street.supervisor, to_oneself) == ["rejected:basis-not-allowed"]


def test_a_question_to_a_supervisor_stays_inside(street, house):
    _, packet = a_report(street)
    reporter, police = street.reporter, street.police

    outside = reporter.asks(packet, (police,), to_org=police.org)
    to_both = reporter.asks(packet, (street.centre, police))

    assert house.outcomes(street.counselor, outside) == ["rejected:basis-not-allowed"]
    assert house.outcomes(street.counselor, to_both) == ["rejected:recipient-not-consented"]
    assert house.exchange(police).head == 0


def test_a_coordinator_never_learns_that_an_organisation_reported(street, house):
    office.choose_coordinator(house.hub, house.clinic.org)
    message, packet = a_report(street)
    house.outcomes(street.counselor, message)
    told = []
    for _ in range(3):
        house.clock.turn(hours=1)
        told.append(house.desk.look_after(house.clock()))

    both = frozenset({street.centre.org, street.police.org})
    assert told == [both, both, frozenset()]
    assert house.exchange(house.clinic).head == 0
    _, *reminded = house.exchange(street.police).events
    assert {each.ref for each in reminded} == {packet.ref}
    assert [each.reason for each in reminded] == ["silent", "still-silent"]


def test_the_office_reads_the_ledger(street, house):
    message, _ = a_report(street)
    house.outcomes(street.counselor, message)

    (line,) = office.ledger(house.hub)

    assert line.split("\t")[1:] == [
        street.centre.org, street.police.org, "child-protection", ABUSE, "alias,reach",
        "sealed-message", "purpose-only/reporter-secret",
    ]  # fmt: skip
