"""A damaged vault gives back what opens, names what does not, and is itself left alone (R-18)."""

import shutil
import sys
from contextlib import closing
from datetime import timedelta

import pytest
from builders import NOON, a_moment
from fakes import FakeKeychain, FixedChance
from prove.evening import Night, begin, found_in
from prove.failing import told_by_child
from vaults_for_tests import WORLD, a_closed_vault, by_key, vmk

from desktop.domain.youths import Age
from desktop.errors import DiskFull, VaultDamaged, VaultInUse, WeakPassphrase, WrongPassphrase
from desktop.services import members, merging, notes, outreach, salvage, witness, youths
from desktop.services.exchange import HubState
from desktop.services.youths import NewYouth
from desktop.vault import backup

PASSPHRASE = "비 그친 새벽 버스 정류장의 파란 의자"
PAGE = 4096
LITTLE = 1_300_000
"""Bytes a file may have: enough for a new vault, too little for what was read."""


def find(_header):
    return vmk()


@pytest.fixture(scope="module")
def an_evening(tmp_path_factory):
    """Return a closed vault's folder with an evening in it, and a backup of its first half."""
    folder = a_closed_vault(tmp_path_factory.mktemp("evening") / "vault")
    vault = by_key(folder)
    begin(vault, "evening")
    night = Night(vault, "evening", truth := {})
    for number in range(80):
        key, value, do = night.next()
        do()
        truth[key] = value
        if number == 40:
            backup.make(vault, night.now)
    vault.close()
    return folder


@pytest.fixture
def evening(an_evening, tmp_path):
    """Return a copy of that folder, to be damaged."""
    return shutil.copytree(an_evening, tmp_path / "vault")


def pages_where(folder, is_damage):
    """Yield the numbers of pages whose rot `is_damage` says something of."""
    good = (folder / "notes.db").read_bytes()
    for number in range(1, len(good) // PAGE):
        rot(folder, number)
        found = salvage.look(folder, find)
        shutil.rmtree(folder / "quarantine")
        (folder / "notes.db").write_bytes(good)
        if is_damage(found):
            yield number


def rot(folder, page):
    content = bytearray((folder / "notes.db").read_bytes())
    content[page * PAGE + 999] ^= 1
    (folder / "notes.db").write_bytes(content)


def keep(found, place, **changes):
    making = {
        "world": WORLD, "chance": FixedChance(), "keychain": FakeKeychain(), "cost": members.FLOOR
    }  # fmt: skip
    return salvage.keep(found, place, changes.pop("passphrase", PASSPHRASE), NOON, **making)


def test_a_sound_vault_is_complete(evening):
    found = salvage.look(evening, find)

    assert found.is_complete
    assert found.found["note"] >= 1
    assert len(found.backups) == 1


def test_a_rotten_first_page_costs_nothing(evening):
    rot(evening, 0)

    assert salvage.look(evening, find).is_complete


def test_a_lost_record_is_named_with_its_time_and_the_backup_that_holds_it(evening):
    page = next(pages_where(evening, lambda found: any(m.held_by and m.at for m in found.missing)))
    rot(evening, page)

    found = salvage.look(evening, find)

    lost = [missing for missing in found.missing if missing.held_by]
    assert lost
    assert all(missing.record and missing.held_by == found.backups for missing in lost)
    assert any(missing.at.startswith("2026-11-2") for missing in found.missing)
    assert not found.is_complete


def test_entries_that_cannot_be_read_are_counted_and_their_backups_named(evening):
    vault = by_key(evening)
    head = vault.session.head.seq
    vault.close()
    (evening / "notes.db").write_bytes(b"")

    found = salvage.look(evening, find)

    assert sum(piece.count for piece in found.unknown) == head
    assert [bool(piece.held_by) for piece in found.unknown] == [True, False]


def test_without_an_anchor_nobody_says_that_nothing_is_missing(evening):
    (evening / "anchor").unlink()

    found = salvage.look(evening, find)

    assert not found.missing
    assert not found.is_end_known
    assert not found.is_complete


def test_the_key_slots_of_a_backup_open_a_vault_without_any(evening):
    for name in ("hdr.a", "hdr.b"):
        (evening / name).write_bytes(b"lost")

    assert salvage.look(evening, find).found["note"] >= 1

    shutil.rmtree(evening / "backup")
    with pytest.raises(VaultDamaged):
        salvage.look(evening, find)


def test_nothing_of_the_damaged_vault_is_touched_and_nothing_new_appears(evening, tmp_path):
    rot(evening, 7)
    before = {p: p.read_bytes() for p in evening.rglob("*") if p.is_file()}

    found = salvage.look(evening, find)
    salvage.look(found.copy, find)

    assert {p: p.read_bytes() for p in before} == before
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]
    assert [path for path in (evening / "quarantine").iterdir()] == [found.copy]


def test_the_wrong_key_reads_nothing(evening):
    with pytest.raises(WrongPassphrase):
        salvage.look(evening, lambda _: None)


def test_what_was_read_is_kept_in_a_new_vault_at_a_new_place(evening, tmp_path):
    vault = by_key(evening)
    truth = found_in(vault)
    vault.close()
    rot(evening, 0)

    kept = keep(salvage.look(evening, find), tmp_path / "new")

    unlocked = members.unlock_with_recovery(
        tmp_path / "new", kept.recovery_code, world=WORLD, now=NOON
    )
    assert found_in(unlocked.vault) == truth
    unlocked.vault.verify()
    unlocked.vault.close()
    assert not kept.left_out


def test_notes_whose_youth_was_lost_are_kept_with_a_stand_in(evening, tmp_path):
    page = next(
        pages_where(evening, lambda f: {"missing"} == {m.state for m in f.missing} and
                    {"youth"} == {m.subject for m in f.missing}), None,
    )  # fmt: skip
    rot(evening, page)
    found = salvage.look(evening, find)

    keep(found, tmp_path / "new")

    vault = by_key(tmp_path / "new")
    texts = {key: value for key, value in found_in(vault).items() if key.startswith("note ")}
    assert "note ?" in texts
    vault.close()


def test_it_never_goes_where_something_is(evening):
    found = salvage.look(evening, find)

    with pytest.raises(VaultInUse):
        keep(found, evening)


def test_a_weak_passphrase_makes_no_vault(evening, tmp_path):
    with pytest.raises(WeakPassphrase):
        keep(salvage.look(evening, find), tmp_path / "new", passphrase="1234")

    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, and limits itself")
def test_a_disk_that_fills_up_meanwhile_leaves_no_empty_vault_to_open(tmp_path):
    import resource

    folder = a_closed_vault(tmp_path / "vault")
    with closing(by_key(folder)) as vault:
        begin(vault, "much")
        for number in range(20):
            met = youths.meet(vault, NewYouth(f"하늘{number}", Age.stated(16)), "", a_moment())
            notes.save(vault, met.youth.id, met.meeting.id, "골목 " * 15_000, a_moment())
    found = salvage.look(folder, find)

    def keep_on_little(_):
        resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, resource.RLIM_INFINITY))
        try:
            keep(found, tmp_path / "new")
        except DiskFull:
            return "full"

    assert told_by_child(keep_on_little) == ("full", 0)
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]
    keep(found, tmp_path / "new")
    with closing(by_key(tmp_path / "new")) as vault, vault.reading() as db:
        assert db.execute("SELECT count(*) FROM note").fetchone() == (20,)


def test_what_was_destroyed_does_not_come_back_from_an_older_page(vault, tmp_path):
    begin(vault, "purge")
    met = youths.meet(vault, NewYouth("하늘", Age.stated(16)), "", Night(vault, "x", {})._clock())
    with vault.transaction() as db:
        db.wrote("youth.purged", met.youth.id, 2, b"")  # and the row is there again
    vault.close()

    found = salvage.look(tmp_path / "vault", find)

    assert "youth" not in found.found


def test_the_hub_hears_why_a_salvaged_vault_knows_less(town, tmp_path):
    town.meet(alias="하늘")
    town.round()
    town.hub.clock.turn(minutes=5)
    folder = town.vault.folder
    town.vault.close()
    found = salvage.look(folder, find)
    making = {
        "world": WORLD, "chance": FixedChance(), "keychain": FakeKeychain(), "cost": members.FLOOR
    }  # fmt: skip
    salvage.keep(found, tmp_path / "new", PASSPHRASE, town.now + timedelta(minutes=1), **making)
    town.vault = by_key(tmp_path / "new")

    assert town.round().state is HubState.ROLLED_BACK

    assert witness.behind(town.vault).may_go_on
    witness.go_on(town.vault, town.moment())
    assert town.round().state is HubState.REACHED
    assert outreach.tonight(town.vault).met[0].youth.alias == "하늘"
    town.vault.close()


def test_two_records_put_together_stay_so_and_can_still_be_parted(tmp_path):
    folder = a_closed_vault(tmp_path / "vault")
    vault = by_key(folder)
    begin(vault, "evening")
    other, kept, nameless = (
        youths.meet(vault, who, "", a_moment()).youth.id
        for who in (
            NewYouth("하눌", Age.stated(16)),
            NewYouth("하늘", Age.stated(16)),
            NewYouth("이름 없음 3", Age.unknown(), is_nameless=True, given="핫팩"),
        )
    )
    merging.merge(vault, other, kept, a_moment())
    vault.close()

    keep(salvage.look(folder, find), tmp_path / "new")

    vault = by_key(tmp_path / "new")
    with vault.reading() as db:
        assert {alias for (alias,) in db.execute("SELECT alias FROM youth")} == {
            "하늘",
            "이름 없음 3",
        }
    assert youths.open_file(vault, nameless, None, a_moment()).jotting.given == "핫팩"
    assert merging.part(vault, other, a_moment()) == kept
    vault.verify()
    vault.close()
