"""A laptop is lost: an admin brings what it left to a stick, and the printed code opens it."""

import secrets
import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from fakes import FakeKeychain, FixedChance
from lost_laptop_for_tests import an_office, back_up, forget, much, now, texts_in, write
from organisation_for_tests import ORG, moment
from vaults_for_tests import PASSPHRASE, WORLD, a_keychain, code

from desktop.errors import (
    BackupDamaged,
    BackupFailed,
    HubAway,
    NoBackup,
    UnsafePlace,
    WrongPassphrase,
)
from desktop.services import (
    backups,
    devices,
    enrolment,
    lost_laptops,
    members,
    office_backups,
    rejoining,
    unlocking,
    witness,
)
from desktop.services.devices import Standing
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from desktop.services.office_backups import Outcome
from desktop.trust_errors import NotAdmin
from sync.client.errors import Unreachable
from sync.server import office as offices
from sync.server import tables

ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"
NOTES = {"새벽 두 시 편의점 앞에서 하늘이를 만났다", "신림역 3번 출구, 다시 보기로 했다"}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with an_office(tmp_path_factory.mktemp("office")) as made:
        made.decide(is_on=True)
        yield made


@pytest.fixture
def laptop(office, request):
    """A laptop that has left a backup with two notes."""
    vault = office.counselor(request.node.name[:40])
    for number, text in enumerate(sorted(NOTES)):
        write(vault, f"별{number}", text)
    back_up(vault)
    assert office.leave(vault).outcome is Outcome.LEFT
    yield vault
    vault.close()


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


def device(vault):
    with vault.reading() as db:
        return enrolment.current(db).device


def left_by(office, vault, asking=None):
    return [each for each in office.lost(asking or office.boss) if each.device == device(vault)]


def restored(path, place):
    """Do as a person does with the printed code."""
    find = unlocking.by_code(place, code(), now())
    found, keys = backups.opened_by(find, backups.found_at(path))
    backups.restore(found, place, keys, now())
    return members.set_passphrase(
        place, code(), ANOTHER, now=now(),
        world=WORLD, chance=FixedChance("new"), keychain=FakeKeychain(), cost=members.FLOOR,
    ).vault  # fmt: skip


def join_again(office, vault):
    invitation = Invitation(office.code("counselor"), offices.root(office.hub))

    def ask():
        door = enrolment.unknown_hub(office.process.url, "practice")
        return rejoining.join_again(vault, door, invitation, moment(), secrets.token_bytes)

    assert ask() is EnrolmentState.PENDING
    office.let_in()
    assert ask() is EnrolmentState.ENROLLED


def test_a_lost_laptop_comes_back_with_its_notes_and_goes_on(office, laptop, stick, tmp_path):
    lost, keys = device(laptop), enrolment_of(laptop).org_keys
    laptop.close()
    shutil.rmtree(laptop.folder)
    office.shut_out_device(lost)

    (which,) = [each for each in office.lost(office.boss) if each.device == lost]
    path = office.bring(office.boss, which, stick)
    with closing(restored(stick, tmp_path / "another laptop" / "vault")) as vault:
        refused = office.round(vault).state
        join_again(office, vault)
        write(vault, "바다", "다시 밤에 나간다")
        back_up(vault)
        left = office.leave(vault)

        assert not which.is_own
        assert backups.restored(vault).made_at == which.generation.made_at
        assert texts_in(vault) == {*NOTES, "다시 밤에 나간다"}
        assert refused is HubState.REFUSED
        assert office.round(vault).state is HubState.REACHED
        assert device(vault) != lost
        assert enrolment_of(vault).org_keys == keys
        assert witness.behind(vault) is None
        assert left.outcome is Outcome.LEFT
        vault.verify()
    assert path.parent.parent.name == backups.ON_A_STICK
    assert standing_of(office, lost) is Standing.REVOKED


def test_what_it_left_before_it_joined_again_is_ended_by_an_admin(office, laptop):
    lost, before = device(laptop), office_backups.left_as_another(laptop)
    office.shut_out_device(lost)
    join_again(office, laptop)
    forget(laptop)
    office.leave(laptop)

    def end(vault):
        return office.over_line(vault, lambda line: lost_laptops.destroy(vault, line, lost, now()))

    assert (before, office_backups.left_as_another(laptop)) == (False, True)
    assert lost in {each.device for each in office.lost(office.boss)}, "it has what was purged"
    with pytest.raises(NotAdmin):
        end(laptop)

    left = end(office.boss)

    assert lost not in {each.device for each in left}
    assert device(laptop) in {each.device for each in left}


def enrolment_of(vault):
    with vault.reading() as db:
        return enrolment.current(db)


def standing_of(office, lost):
    found = office.over_line(
        office.boss, lambda line: devices.all(office.boss, line, moment().now)
    )
    return next(each.standing for each in found if each.id == lost)


def test_an_only_admin_comes_back_with_the_keys_that_all_others_know(tmp_path):
    with an_office(tmp_path) as office:
        boss, before = office.boss, enrolment_of(office.boss)
        offices.revoke(office.hub, ORG, before.device, now())
        invitation = Invitation(office.code("admin"), offices.root(office.hub))

        def ask():
            door = enrolment.unknown_hub(office.process.url, "practice")
            return rejoining.join_again(boss, door, invitation, moment(), secrets.token_bytes)

        asked = ask()
        (waiting,) = offices.waiting(office.hub, ORG)
        offices.let_in_first(office.hub, ORG, waiting.device, now())
        joined, after = ask(), enrolment_of(boss)
        counselor = office.counselor("counselor")

        assert (asked, joined) == (EnrolmentState.PENDING, EnrolmentState.ENROLLED)
        assert after.device != before.device
        assert (after.org_sign, after.org_keys) == (before.org_sign, before.org_keys)
        assert enrolment_of(counselor).org_keys == before.org_keys
        counselor.close()


def test_the_passphrase_of_the_lost_laptop_opens_nothing_of_it(office, laptop, stick):
    (which,) = left_by(office, laptop)
    path = office.bring(office.boss, which, stick)
    find = unlocking.by_passphrase(stick, PASSPHRASE, a_keychain(), now())

    with pytest.raises(WrongPassphrase):
        backups.opened_by(find, backups.found_at(path))


def test_a_laptop_brings_its_own_and_nobody_elses(office, laptop, stick):
    other = office.counselor("other")
    (own,) = left_by(office, laptop, laptop)

    office.bring(laptop, own, stick)

    assert own.is_own
    assert own.generation == backups.found_at(stick)[0].generation
    assert own.size > 0
    assert office.lost(other) == ()
    other.close()


def test_the_newest_stands_first_and_twice_is_once(office, laptop, stick):
    write(laptop, "바다", "하나 더")
    back_up(laptop, hours=2)
    office.leave(laptop)

    newest, older = left_by(office, laptop)
    for which in (newest, newest, older):
        office.bring(office.boss, which, stick)

    found = [each.generation for each in backups.found_at(stick)]
    assert found == [newest.generation, older.generation]
    assert newest.generation.seq > older.generation.seq


def test_a_piece_that_is_another_is_noticed_and_nothing_is_left(office, laptop, stick):
    (which,) = left_by(office, laptop)
    with office.hub.store.writing() as db:
        rows = db.all(tables.blob_content, device_id=which.device)
        key = {"device_id": which.device, "sha256": rows[-1]["sha256"]}
        db.change(tables.blob_content, key, content=bytes(len(rows[-1]["content"])))

    with pytest.raises(BackupDamaged):
        office.bring(office.boss, which, stick)

    assert backups.found_at(stick) == ()
    assert not [path for path in stick.rglob("*") if path.is_file()]


def test_one_that_is_no_backup_is_refused(office, laptop, stick):
    """The hub answers with a whole set, of the wrong files."""
    much(laptop, 1 << 20)
    back_up(laptop, hours=2)
    office.leave(laptop)
    which = left_by(office, laptop)[0]
    with office.hub.store.writing() as db:
        key = {"device_id": which.device, "name": which.generation.name}
        manifest = db.one(tables.blob_manifest, **key)["manifest"]
        swapped = manifest.replace(b"anchor", b"ANCHOR")
        db.change(tables.blob_manifest, key, manifest=swapped)

    with pytest.raises(BackupDamaged):
        office.bring(office.boss, which, stick)

    assert backups.found_at(stick) == ()


def test_one_that_is_longer_than_it_was_said_to_be_is_not_begun(office, laptop, stick):
    (which,) = left_by(office, laptop)

    with pytest.raises(BackupDamaged):
        office.bring(office.boss, replace(which, size=0), stick)

    assert backups.found_at(stick) == ()


def test_a_cut_line_or_a_lock_leaves_nothing_half(office, laptop, stick):
    (which,) = left_by(office, laptop)
    with pytest.raises(BackupFailed):
        office.bring(office.boss, which, stick, goes_on=lambda: False)
    with pytest.raises(HubAway):
        office.bring(office.boss, which, stick, told=fails)

    assert backups.found_at(stick) == ()
    office.bring(office.boss, which, stick)
    assert len(backups.found_at(stick)) == 1


def fails(_progress):
    raise Unreachable


def test_a_folder_that_a_cloud_copies_is_refused(office, laptop, tmp_path):
    (which,) = left_by(office, laptop)
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()

    with pytest.raises(UnsafePlace):
        office.bring(office.boss, which, cloud)
    with pytest.raises(NoBackup):
        backups.opened_by(lambda header: None, backups.found_at(cloud))
