"""From an empty hub to an organisation whose admin lets devices in and shuts them out."""

import secrets
from datetime import UTC, datetime

import msgspec
import pytest
from organisation_for_tests import ORG, a_new_org, moment

from desktop.errors import EnrolmentRefused, HubAway
from desktop.services import agencies, devices, enrolment
from desktop.services.devices import Standing
from desktop.services.enrolment import EnrolmentState
from desktop.services.exchange import HubState
from desktop.trust_errors import HubRefused, NewestKeyMissing, NotAdmin
from sync.client.directory import listing_of, sealing_key_of
from sync.client.enrolment import fits
from sync.client.hybrid import SealingPair
from sync.keeping.steps import listings
from sync.protocol.directory import OrgDevices
from sync.protocol.words import device_words
from sync.server import office, tables
from sync.server.refusals import Refused

NEVER = datetime(9999, 12, 31, 23, tzinfo=UTC)


@pytest.fixture
def org(tmp_path):
    with a_new_org(tmp_path) as made:
        yield made


@pytest.fixture
def admin(org):
    return org.admin()


def ask(org, vault, what, *more):
    return org.over_line(vault, lambda line: what(vault, line, *more))


def let_in(org, admin, name, role="counselor"):
    vault, again = org.laptop(name, role)
    assert again() is EnrolmentState.PENDING
    device = ask(org, admin, devices.all, moment().now)[0]
    assert (device.standing, device.words) == (Standing.PENDING, enrolment.words(vault))
    ask(org, admin, devices.approve, device, moment())
    assert again() is EnrolmentState.ENROLLED
    return vault


def own(vault):
    with vault.reading() as db:
        return enrolment.current(db)


def test_the_first_admin_makes_the_organisations_keys_and_the_keepers_list_them(org):
    vault, again = org.laptop("admin", "admin")
    before = again()
    (waiting,) = office.waiting(org.hub, ORG)
    seen = device_words(waiting.sign_pub, waiting.seal_pub)
    office.let_in_first(org.hub, ORG, waiting.device, moment().now)
    unlisted = again()
    org.list_who_asks()

    after = again()

    assert (before, unlisted, after) == (
        EnrolmentState.PENDING, EnrolmentState.PENDING, EnrolmentState.ENROLLED,
    )  # fmt: skip
    assert seen == enrolment.words(vault)
    assert own(vault).is_admin
    assert devices.is_admin(vault)
    assert own(vault).org_keys.keys() == {1}
    assert org.round(vault).state is HubState.REACHED


def test_a_counselor_is_let_in_only_with_the_words_on_its_own_screen(org, admin):
    vault = let_in(org, admin, "counselor")

    assert own(vault).org_keys == own(admin).org_keys
    assert not own(vault).is_admin
    assert not devices.is_admin(vault)
    assert org.round(vault).state is HubState.REACHED
    with pytest.raises(NotAdmin):
        ask(org, vault, devices.all, moment().now)


def test_a_list_of_devices_that_cannot_be_is_no_answer(org, admin):
    (true,) = org.over_line(admin, lambda line: line.devices(moment().now)).devices
    for lie in ({"asked_at": NEVER}, {"decided_at": NEVER}, {"status": "perhaps"}):
        told = OrgDevices((msgspec.structs.replace(true, **lie),))

        def lied(line, told=told):
            line.devices = lambda _: told
            return devices.all(admin, line, moment().now)

        with pytest.raises(HubAway):
            org.over_line(admin, lied)


def test_a_second_admin_can_do_what_the_first_can(org, admin):
    second = let_in(org, admin, "second", "admin")

    third = let_in(org, second, "third")

    assert own(second).org_sign == own(admin).org_sign
    assert org.round(third).state is HubState.REACHED


def test_who_is_turned_away_does_not_come_in_with_the_same_code(org, admin):
    vault, again = org.laptop("stranger", "counselor")
    again()
    device = ask(org, admin, devices.all, moment().now)[0]

    left = ask(org, admin, devices.shut_out, device, moment())

    assert [d.standing for d in left] == [Standing.ENROLLED, Standing.REVOKED]
    with pytest.raises(EnrolmentRefused):
        again()
    assert enrolment.state(vault) is EnrolmentState.PENDING


def test_who_is_shut_out_is_refused_at_once_and_the_admin_cannot_lock_out_herself(org, admin):
    vault = let_in(org, admin, "leaver")
    found = ask(org, admin, devices.all, moment().now)
    leaver = next(d for d in found if not d.is_this)

    ask(org, admin, devices.shut_out, leaver, moment())

    assert org.round(vault).state is HubState.REFUSED
    mine = next(d for d in found if d.is_this)
    with pytest.raises(NotAdmin):
        ask(org, admin, devices.shut_out, mine, moment())


def test_a_new_key_reaches_who_is_in_and_never_who_was_shut_out(org, admin):
    stayer, leaver = let_in(org, admin, "stayer"), let_in(org, admin, "leaver")
    gone = next(
        d for d in ask(org, admin, devices.all, moment().now) if d.words == enrolment.words(leaver)
    )
    ask(org, admin, devices.shut_out, gone, moment())

    ask(org, admin, devices.renew_key, moment(), secrets.token_bytes)
    late = let_in(org, admin, "late")
    before = own(stayer).org_keys.keys()
    org.list_who_asks()
    for vault in (admin, stayer, late):
        assert org.round(vault).state is HubState.REACHED

    assert before == {1}
    assert own(stayer).org_keys.keys() == own(late).org_keys.keys() == {1, 2}
    assert own(admin).org_keys == own(stayer).org_keys == own(late).org_keys
    assert own(leaver).org_keys.keys() == {1}
    with stayer.reading() as db:
        book = agencies.book(db)
    assert sealing_key_of(book, ORG).epoch == 2
    assert [key.is_retired for key in listing_of(book, ORG).sealing_keys] == [True, False]
    with org.hub.store.reading() as db:
        assert db.one(tables.org, id=ORG)["epochs"] == "[2]"


def test_another_admin_hands_on_the_new_key_before_the_keepers_list_it(org, admin):
    second = let_in(org, admin, "second", "admin")
    ask(org, admin, devices.renew_key, moment(), secrets.token_bytes)

    late = let_in(org, second, "late")

    assert own(late).org_keys.keys() == own(second).org_keys.keys() == {1}
    org.list_who_asks()
    for vault in (admin, second, late):
        assert org.round(vault).state is HubState.REACHED
    assert own(late).org_keys == own(second).org_keys == own(admin).org_keys
    assert own(late).org_keys.keys() == {1, 2}


def renew(org, vault):
    return ask(org, vault, devices.renew_key, moment(), secrets.token_bytes)


def listed(org):
    return listings(org.keepers.files)[ORG].sealing_keys


def opens(org, vault):
    """Say whether it reads what is sealed to any listed key."""
    return all(fits(own(vault).org_keys[key.epoch], key) for key in listed(org))


def test_two_admins_who_renew_before_the_list_give_two_keys_two_numbers(org, admin):
    second = let_in(org, admin, "second", "admin")
    renew(org, admin)
    renew(org, second)
    late = let_in(org, admin, "late")
    org.list_who_asks()
    everybody = (admin, second, late)

    reached = [org.round(vault).state for vault in everybody]

    assert reached == [HubState.REACHED] * 3
    assert [key.epoch for key in listed(org)] == [1, 3]
    assert all(opens(org, vault) for vault in everybody)
    newest = let_in(org, admin, "newest")
    assert opens(org, newest)


def test_where_the_keepers_list_the_first_of_two_one_more_renewal_leads_on(org, admin):
    second, third = let_in(org, admin, "second", "admin"), let_in(org, admin, "third")
    renew(org, admin)
    taken = office.proposals(org.hub)
    renew(org, second)
    everybody = (admin, second, third)
    between = []
    for stick in (taken, None):
        org.list_who_asks(stick)
        between += [(org.round(vault).state, opens(org, vault)) for vault in everybody]
    left = [key.epoch for key in listed(org)]

    renew(org, second)
    org.list_who_asks()

    assert left == [1, 2], "what lacks a listed key is left out"
    assert between == [(HubState.REACHED, True)] * 6
    assert [org.round(vault).state for vault in everybody] == [HubState.REACHED] * 3
    assert [key.epoch for key in listed(org) if not key.is_retired] == [4]
    assert all(opens(org, vault) for vault in everybody)


def test_the_hub_takes_no_second_key_of_one_number(org, admin, monkeypatch):
    second = let_in(org, admin, "second", "admin")
    renew(org, admin)
    proposed, before = office.proposals(org.hub), own(second)
    monkeypatch.setattr(devices, "highest_number", lambda _: 0)

    with pytest.raises(HubRefused):
        renew(org, second)

    assert office.proposals(org.hub) == proposed
    assert own(second) == before


def test_a_laptop_with_another_key_of_a_listed_number_fetches_the_listed_one(org, admin):
    renew(org, admin)
    kept, other = own(admin), SealingPair.make(secrets.token_bytes)
    with admin.transaction() as db:
        keys = {**kept.org_keys, 2: other.secret}
        enrolment.keep(db, msgspec.structs.replace(kept, org_keys=keys))
    org.list_who_asks()

    state = org.round(admin).state

    assert (state, own(admin).org_keys) == (HubState.REACHED, kept.org_keys)


def test_an_admin_whom_nobody_gave_the_new_key_is_told_who_can_let_in(org, admin):
    ask(org, admin, devices.renew_key, moment(), secrets.token_bytes)
    kept = own(admin)
    with admin.transaction() as db:
        keys = {1: kept.org_keys[1]}
        enrolment.keep(db, msgspec.structs.replace(kept, org_keys=keys))
    with org.hub.store.writing() as db:
        db.change(tables.device, {"id": kept.device}, org_keys=b"")
    _, again = org.laptop("late", "counselor")
    again()
    device = ask(org, admin, devices.all, moment().now)[0]

    with pytest.raises(NewestKeyMissing):
        ask(org, admin, devices.approve, device, moment())

    assert again() is EnrolmentState.PENDING


def test_the_office_lets_in_nobody_where_an_admin_decides(org, admin):
    _vault, again = org.laptop("second", "admin")
    again()
    (waiting,) = office.waiting(org.hub, ORG)

    with pytest.raises(Refused):
        office.let_in_first(org.hub, ORG, waiting.device, moment().now)


def test_a_root_that_a_person_did_not_compare_is_only_what_the_hub_says(org):
    door = enrolment.unknown_hub(org.process.url, "practice")

    assert enrolment.root_of(door) == office.root(org.hub)
