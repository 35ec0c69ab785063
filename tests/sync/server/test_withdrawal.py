"""A withdrawal overtakes everything, and nothing sealed is left behind it."""

import shutil
from datetime import timedelta

import pytest
from hub_for_tests import header_of

from sync.protocol.messages import Kind
from sync.server import engines, tables
from sync.server.desk import Desk
from sync.server.founding import open_hub
from sync.server.stamps import stamp


def test_a_withdrawal_that_overtakes_the_grant_stands(house, centre, shelter):
    consent = centre.fresh()

    said = house.outcomes(
        centre,
        centre.withdrawal(consent),
        centre.consent(consent, shelter),
        centre.referral(consent, shelter),
    )

    assert said == ["accepted", "accepted", "rejected:consent-withdrawn"]
    assert house.exchange(shelter).head == 0


def test_a_late_grant_says_that_the_consent_has_ended(house, centre, shelter):
    consent = centre.fresh()
    house.exchange(centre, centre.withdrawal(consent))

    (result,) = house.exchange(centre, centre.consent(consent, shelter)).results

    assert result.state == "withdrawn"


def test_another_organisation_cannot_withdraw(house, centre, shelter, clinic, consent):
    assert house.outcomes(clinic, clinic.withdrawal(consent)) == ["accepted"]

    assert house.outcomes(centre, centre.referral(consent, shelter)) == ["accepted"]


def test_any_device_of_the_same_organisation_can_withdraw(house, centre, consent, shelter):
    colleague = house.newcomer(centre)
    house.seat(colleague)

    assert house.outcomes(colleague, colleague.withdrawal(consent)) == ["accepted"]

    assert house.outcomes(centre, centre.referral(consent, shelter)) == [
        "rejected:consent-withdrawn"
    ]


def test_open_tasks_are_cancelled_and_each_agency_is_told(house, centre, shelter, clinic):
    consent = centre.fresh()
    house.exchange(centre, centre.consent(consent, shelter, clinic))
    sent = [centre.referral(consent, agency) for agency in (shelter, clinic, shelter)]
    house.exchange(centre, *sent)
    done = header_of(sent[2]).ref
    house.exchange(shelter, shelter.moves(done, "accepted"), shelter.moves(done, "completed"))

    (result,) = house.exchange(centre, centre.withdrawal(consent)).results

    assert (result.state, result.version) == ("withdrawn", 3)
    to_shelter = house.exchange(shelter, after=2).events
    to_clinic = house.exchange(clinic, after=1).events
    told = {event.ref: (event.kind, event.state, event.reason) for event in to_shelter + to_clinic}
    gone = (Kind.CONSENT_WITHDRAWN, "cancelled", "consent-withdrawn")
    assert told == {
        header_of(sent[0]).ref: gone,
        header_of(sent[1]).ref: gone,
        done: (Kind.CONSENT_WITHDRAWN, "completed", "consent-withdrawn"),
    }
    assert all(header_of(event.message).ref == consent for event in to_shelter + to_clinic)


def test_no_sealed_byte_is_served_afterwards(house, centre, shelter, consent, request_sent):
    ref = header_of(request_sent).ref
    house.exchange(shelter, shelter.note(ref, centre))
    house.exchange(centre, centre.withdrawal(consent))

    to_shelter = house.exchange(shelter).events
    to_centre = house.exchange(centre).events

    assert [event.kind for event in to_shelter] == [
        Kind.REFERRAL_REQUEST, Kind.CONSENT_WITHDRAWN,
    ]  # fmt: skip
    assert (to_shelter[0].message, to_shelter[0].reason) == (None, "erased")
    assert (to_centre[0].message, to_centre[0].reason) == (None, "erased")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session")
def test_no_sealed_byte_is_left_in_any_file(house, centre, shelter, consent, tmp_path):
    sent = [centre.referral(consent, shelter) for _ in range(30)]
    house.exchange(centre, *sent)
    notes = [shelter.note(header_of(message).ref, centre) for message in sent[:5]]
    house.exchange(shelter, *notes)
    needles = [message.ct[place : place + 32] for message in sent + notes for place in (64, 900)]
    needles += [key.enc[:48] for message in sent + notes for key in message.keys]
    before = shutil.copytree(house.home / "hub", tmp_path / "control")
    assert all(found(before, needle) for needle in needles), "the scan must be able to find them"

    house.exchange(centre, centre.withdrawal(consent))

    assert not [needle for needle in needles if found(house.home / "hub", needle)]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session")
def test_what_a_crash_left_in_the_log_goes_with_the_next_write(
    house, consent, tmp_path, monkeypatch
):
    centre, shelter = house.centre, house.shelter
    sent = centre.referral(consent, shelter)
    house.exchange(centre, sent)
    monkeypatch.setattr(engines, "_is_emptied", lambda connection: False)  # it dies before that
    house.exchange(centre, centre.withdrawal(consent))
    place = shutil.copytree(house.home / "hub", tmp_path / "crashed")
    monkeypatch.undo()

    def left():
        return [f.name for f in place.glob("hub.db*") if sent.ct[64:128] in f.read_bytes()]

    assert left()
    hub = open_hub(place, "practice", house.chance)
    Desk(hub).look_after(house.clock())

    assert left() == []
    hub.store.close()


def test_what_arrives_and_ends_in_one_batch_leaves_nothing(house, centre, shelter, consent):
    message = centre.referral(consent, shelter)

    said = house.outcomes(centre, message, centre.withdrawal(consent))

    assert said == ["accepted", "accepted"]
    assert not found(house.home / "hub", message.ct[64:128])
    assert house.exchange(shelter).events[0].message is None


def test_an_answer_in_words_is_not_kept_any_more(house, centre, shelter, consent, request_sent):
    ref = header_of(request_sent).ref
    house.exchange(shelter, shelter.moves(ref, "accepted"), shelter.moves(ref, "completed"))
    house.exchange(centre, centre.withdrawal(consent))

    said = house.outcomes(shelter, shelter.note(ref, centre), shelter.moves(ref, "on-hold"))

    assert said == ["rejected:consent-withdrawn", "conflict"]


def test_the_agency_owes_destruction_within_five_days_and_attests(
    house, centre, shelter, consent, request_sent
):
    ref = header_of(request_sent).ref
    house.exchange(centre, centre.withdrawal(consent))
    with house.hub.store.reading() as db:
        (duty,) = db.all(tables.erasure_duty)
    assert (duty["outcome"], duty["org_id"]) == ("open", shelter.org)
    assert duty["due_at"] == stamp(house.clock() + timedelta(days=5))

    attested = shelter.attest(ref)
    assert house.outcomes(shelter, attested) == ["accepted"]

    (event,) = house.exchange(centre).events
    assert (event.kind, event.message) == (Kind.ERASURE_ATTEST, attested)
    with house.hub.store.reading() as db:
        assert db.all(tables.erasure_duty)[0]["outcome"] == "destroyed"


@pytest.mark.parametrize(
    ("outcome", "article", "said"),
    [
        ("retained", "37-2", "accepted"),
        ("retained", "", "rejected:malformed"),
        ("destroyed", "37-2", "rejected:malformed"),
        ("lost", "", "rejected:malformed"),
        ("retained", "우리가 필요해서", "rejected:malformed"),
    ],
)
def test_what_is_retained_names_its_article(house, outcome, article, said):
    centre, shelter = house.centre, house.shelter
    consent, ref = centre.fresh(), centre.fresh()
    house.exchange(
        centre,
        centre.consent(consent, shelter),
        centre.referral(consent, shelter, ref=ref),
        centre.withdrawal(consent),
    )

    assert house.outcomes(shelter, shelter.attest(ref, outcome, article)) == [said]


def test_what_a_law_keeps_is_not_gone_by_what_is_said_at_another_end(
    house, shelter, consent, request_sent
):
    ref = header_of(request_sent).ref
    house.exchange(house.centre, house.centre.withdrawal(consent))
    house.exchange(shelter, shelter.attest(ref), shelter.attest(ref, "retained", "37-2"))

    assert house.outcomes(shelter, shelter.attest(ref)) == ["accepted"]

    with house.hub.store.reading() as db:
        (duty,) = db.all(tables.erasure_duty)
    assert (duty["outcome"], duty["article"]) == ("retained", "37-2")


def test_nobody_attests_what_they_do_not_owe(house, shelter, consent, request_sent):
    centre, clinic = house.centre, house.clinic
    ref = header_of(request_sent).ref

    early = house.outcomes(shelter, shelter.attest(ref))
    house.exchange(centre, centre.withdrawal(consent))
    foreign = house.outcomes(clinic, clinic.attest(ref))

    assert (early, foreign) == (["rejected:not-your-task"], ["rejected:not-your-task"])


def test_a_second_withdrawal_changes_nothing(house, centre, shelter, consent, request_sent):
    house.exchange(centre, centre.withdrawal(consent))

    assert house.outcomes(centre, centre.withdrawal(consent)) == ["accepted"]

    states = [(event.state, event.version) for event in house.exchange(shelter, after=1).events]
    assert states == [("cancelled", 2), ("cancelled", 2)]


def found(folder, needle):
    return any(needle in file.read_bytes() for file in folder.rglob("*") if file.is_file())
