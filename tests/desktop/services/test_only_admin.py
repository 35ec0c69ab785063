"""The laptop of an organisation's only admin is lost: with a backup, and without any."""

import argparse
import secrets
import shutil
from contextlib import closing

import pytest
from fakes import FakeKeychain, FixedChance
from lost_laptop_for_tests import an_office, back_up, now, texts_in, write
from organisation_for_tests import ORG, a_new_org, moment
from vaults_for_tests import WORLD, code

from desktop.errors import EnrolmentRefused
from desktop.services import (
    backups,
    devices,
    enrolment,
    founding,
    members,
    rejoining,
    unlocking,
)
from desktop.services.devices import Standing
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from desktop.trust_errors import KeysElsewhere
from desktop.vault import enrolment as row
from sync.client import organisation
from sync.client.enrolment import Enrolment
from sync.client.errors import Refused, Tampered
from sync.client.hybrid import SealingPair, seal_to
from sync.keeping.steps import listings
from sync.protocol.codec import read_json
from sync.protocol.directory import OrgKeysClaim
from sync.server import commands, tables
from sync.server import office as offices
from sync.server.sentences import NotDone
from sync.server.signatures import is_cert_signed

NOTE = "새벽 두 시 편의점 앞에서 하늘이를 만났다"
LETTER, ABOUT = "안녕히 지내고 있어요".encode(), b"letter"


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path) as made:
        made.decide(is_on=True)
        yield made


@pytest.fixture
def colleague(office):
    vault = office.counselor("counselor")
    yield vault
    vault.close()


def typed(office, *words):
    """Type a command of the hub's office."""
    parser = argparse.ArgumentParser()
    commands.add_commands(parser)
    return commands.done(office.hub, parser.parse_args([*map(str, words)]))


def own(vault):
    with vault.reading() as db:
        return enrolment.current(db)


def own_device(vault):
    """Return what a laptop that has only asked to join is to the hub."""
    with vault.reading() as db:
        return read_json(Enrolment, row.kept(db).encode()).device


def listed(office):
    return listings(office.keepers.files)[ORG].sealing_keys


def sealed(office):
    """Return a letter to whoever holds the key that is in use now."""
    (key,) = [key for key in listed(office) if not key.is_retired]
    return key.epoch, seal_to(key.public, LETTER, ABOUT)


def is_signed_for(office, cert):
    """Say whether the hub still takes what a device of this certificate has signed beside it."""
    with office.hub.store.reading() as db:
        return is_cert_signed(cert, db.one(tables.org, id=ORG)["sign_pub"])


def opens(vault, letter):
    number, enc = letter
    kept = own(vault).org_keys.get(number)
    try:
        return kept is not None and SealingPair(kept).open(enc, ABOUT) == LETTER
    except Tampered:
        return False


def lose(office):
    """Lose the only admin's laptop, and shut it out; return what it was to the hub."""
    lost = own(office.boss)
    office.boss.close()
    shutil.rmtree(office.boss.folder)
    assert typed(office, "revoke", ORG, lost.device) == "revoked"
    return lost


def let_in(office):
    """Let the only one in who waits, as the office does."""
    (waiting,) = offices.waiting(office.hub, ORG)
    return typed(office, "let-in", ORG, waiting.device)


def again(office, vault, role):
    """Return a way to ask whether this vault is in as another device."""
    invitation = Invitation(office.code(role), offices.root(office.hub))

    def ask():
        door = enrolment.unknown_hub(office.process.url, WORLD)
        return rejoining.join_again(vault, door, invitation, moment(), secrets.token_bytes)

    return ask


def come_back(office, vault, role="counselor"):
    """Join again, and be let in by the admin."""
    ask = again(office, vault, role)
    assert ask() is EnrolmentState.PENDING
    office.let_in()
    assert ask() is EnrolmentState.ENROLLED


def brought_back(path, place):
    """Do as a person does with the printed code."""
    find = unlocking.by_code(place, code(), now())
    found, keys = backups.opened_by(find, backups.found_at(path))
    backups.restore(found, place, keys, now())
    return members.set_passphrase(
        place, code(), "버스 정류장 옆 편의점 불빛 세 개", now=now(),
        world=WORLD, chance=FixedChance("new"), keychain=FakeKeychain(), cost=members.FLOOR,
    ).vault  # fmt: skip


def founded_anew(office):
    """Have other keys made at a new laptop, and listed; return its vault."""
    typed(office, "found-anew", ORG)
    vault, ask = office.laptop("new admin", "admin")
    assert ask() is EnrolmentState.PENDING
    let_in(office)
    assert ask() is EnrolmentState.PENDING, "made, and not listed yet"
    office.list_who_asks()
    assert ask() is EnrolmentState.ENROLLED
    return vault


def test_with_its_backup_the_center_works_again_with_its_old_notes_and_keys(
    office, colleague, tmp_path
):
    write(office.boss, "하늘", NOTE)
    back_up(office.boss)
    office.leave(office.boss)
    letter, stick = sealed(office), tmp_path / "stick"
    lost = lose(office)

    said = typed(office, "hand-out", ORG, lost.device, "--to", stick)
    with closing(brought_back(stick, tmp_path / "new laptop" / "vault")) as vault:
        ask = again(office, vault, "admin")
        assert ask() is EnrolmentState.PENDING
        let_in(office)
        assert ask() is EnrolmentState.ENROLLED
        office.boss = vault
        newcomer = office.counselor("newcomer")

        assert str(stick) in said
        assert texts_in(vault) == {NOTE}
        assert (own(vault).org_keys, own(vault).org_sign) == (lost.org_keys, lost.org_sign)
        assert own(vault).device != lost.device
        assert [office.round(each).state for each in (vault, colleague, newcomer)] == (
            [HubState.REACHED] * 3
        )
        assert all(opens(each, letter) for each in (vault, colleague, newcomer))
        newcomer.close()


def test_without_any_backup_it_gets_other_keys_and_old_letters_stay_readable(office, colleague):
    old, before = sealed(office), own(colleague)
    lose(office)
    typed(office, "found-anew", ORG)
    boss, ask = office.laptop("new admin", "admin")
    ask()
    let_in(office)
    ask()
    unlisted = office.round(colleague).state, is_signed_for(office, before.cert)
    office.list_who_asks()
    joined, office.boss = ask(), boss
    shut_out = office.round(colleague).state
    come_back(office, colleague)
    new = sealed(office)

    assert unlisted == (HubState.REACHED, True), "colleagues go on until the others are listed"
    assert (joined, shut_out) == (EnrolmentState.ENROLLED, HubState.REFUSED)
    assert [key.epoch for key in listed(office)] == [old[0] + 1]
    assert own(colleague).org_keys.items() > before.org_keys.items()
    assert [opens(colleague, letter) for letter in (old, new)] == [True, True]
    assert [opens(boss, letter) for letter in (old, new)] == [False, True]
    assert office.round(boss).state is office.round(colleague).state is HubState.REACHED
    inside = office.over_line(boss, lambda line: devices.all(boss, line, now()))
    assert [each.standing for each in inside].count(Standing.ENROLLED) == 2
    boss.close()


def test_a_colleagues_laptop_may_be_the_new_admin_and_keeps_what_opens_old_letters(
    office, colleague
):
    old = sealed(office)
    lose(office)
    typed(office, "found-anew", ORG)
    ask = again(office, colleague, "admin")
    ask()
    let_in(office)
    ask()
    office.list_who_asks()
    joined, office.boss = ask(), colleague
    newcomer = office.counselor("newcomer")

    assert joined is EnrolmentState.ENROLLED
    assert own(colleague).is_admin
    assert opens(colleague, old)
    assert opens(colleague, sealed(office))
    assert opens(newcomer, sealed(office))
    newcomer.close()


@pytest.mark.parametrize("who", ["a new vault", "a colleague's"])
def test_whoever_does_not_hold_the_keys_makes_no_others_unasked(office, colleague, who):
    lose(office)
    proposed, vault = offices.proposals(office.hub), None
    if who == "a new vault":
        vault, ask = office.laptop("new", "admin")
    else:
        ask = again(office, colleague, "admin")
    ask()
    let_in(office)

    with pytest.raises(KeysElsewhere):
        ask()

    assert offices.proposals(office.hub) == proposed
    assert office.round(colleague).state is HubState.REACHED
    if vault:
        vault.close()


@pytest.mark.parametrize(("is_wished", "after"), [(False, 1), (True, 0)])
def test_the_hub_takes_no_other_keys_unasked_nor_under_a_number_that_was_used(
    office, monkeypatch, is_wished, after
):
    lose(office)
    if is_wished:
        typed(office, "found-anew", ORG)
    vault, ask = office.laptop("new", "admin")
    ask()
    let_in(office)
    proposed = offices.proposals(office.hub)

    def hasty(kept, _answer, _listing, at, chance):
        asked = organisation.founding(kept, at, chance, after=after)
        return founding._handed_over(kept, asked, at)

    monkeypatch.setattr(enrolment, "founded", hasty)
    with pytest.raises(EnrolmentRefused) as refused:
        ask()

    assert isinstance(refused.value.__cause__, Refused)
    assert refused.value.__cause__.code == "keys-refused"
    assert offices.proposals(office.hub) == proposed
    vault.close()


def test_where_the_keepers_list_no_keys_yet_other_ones_need_no_word(tmp_path):
    with a_new_org(tmp_path) as org:
        first, ask = org.laptop("first", "admin")
        ask()
        let_in(org)
        ask()
        offices.revoke(org.hub, ORG, own_device(first), now())
        second, ask = org.laptop("second", "admin")
        ask()
        let_in(org)
        unlisted = ask()
        org.list_who_asks()

        assert (unlisted, ask()) == (EnrolmentState.PENDING, EnrolmentState.ENROLLED)
        assert [key.epoch for key in listed(org)] == [2]
        first.close()
        second.close()


def test_a_number_that_nobody_listed_is_not_used_again_either(office, colleague):
    office.over_line(
        office.boss,
        lambda line: devices.renew_key(office.boss, line, moment(), secrets.token_bytes),
    )
    lose(office)

    vault = founded_anew(office)
    office.boss = vault
    come_back(office, colleague)

    assert [key.epoch for key in listed(office)] == [3]
    assert opens(colleague, sealed(office))
    vault.close()


def test_a_backup_from_before_a_key_was_renewed_takes_nothing_out_of_the_list(
    office, colleague, tmp_path
):
    write(office.boss, "하늘", NOTE)
    back_up(office.boss)
    office.leave(office.boss)
    office.over_line(
        office.boss,
        lambda line: devices.renew_key(office.boss, line, moment(), secrets.token_bytes),
    )
    office.list_who_asks()
    office.round(colleague)
    before, lost = listed(office), lose(office)

    typed(office, "hand-out", ORG, lost.device, "--to", tmp_path / "stick")
    with closing(brought_back(tmp_path / "stick", tmp_path / "new" / "vault")) as vault:
        ask = again(office, vault, "admin")
        ask()
        let_in(office)
        assert ask() is EnrolmentState.ENROLLED
        (proposal,) = offices.proposals(office.hub)
        asked = read_json(OrgKeysClaim, proposal.keys.claim).sealing_keys
        office.over_line(
            vault, lambda line: devices.renew_key(vault, line, moment(), secrets.token_bytes)
        )
        office.list_who_asks()
        office.round(colleague)

        assert asked == before
        assert [key.epoch for key in listed(office)] == [1, 2, 3]
        assert opens(vault, sealed(office))
        assert opens(colleague, sealed(office))


def test_a_backup_from_before_an_unlisted_key_uses_its_number_for_no_other(
    office, colleague, tmp_path
):
    def renewed(vault):
        office.over_line(
            vault, lambda line: devices.renew_key(vault, line, moment(), secrets.token_bytes)
        )

    write(office.boss, "하늘", NOTE)
    back_up(office.boss)
    office.leave(office.boss)
    renewed(office.boss)
    taken, lost = offices.proposals(office.hub), lose(office)
    typed(office, "hand-out", ORG, lost.device, "--to", tmp_path / "stick")
    with closing(brought_back(tmp_path / "stick", tmp_path / "new" / "vault")) as vault:
        ask = again(office, vault, "admin")
        ask()
        let_in(office)
        ask()
        renewed(vault)
        office.list_who_asks(taken)
        first = office.round(colleague).state, opens(colleague, sealed(office))
        office.round(vault)
        renewed(vault)
        office.list_who_asks()

        assert first == (HubState.REACHED, True)
        assert [office.round(each).state for each in (vault, colleague)] == [HubState.REACHED] * 2
        assert [(key.epoch, key.is_retired) for key in listed(office)] == (
            [(1, True), (2, True), (4, False)]
        )
        assert opens(vault, sealed(office))
        assert opens(colleague, sealed(office))


def test_the_office_hands_out_nothing_where_an_admin_is_left(office, colleague, tmp_path):
    back_up(colleague)
    office.leave(colleague)
    device, boss = own(colleague).device, own(office.boss).device

    with pytest.raises(NotDone, match="`revoke`"):
        typed(office, "hand-out", ORG, device, "--to", tmp_path / "stick")
    with pytest.raises(NotDone, match="`revoke`"):
        typed(office, "found-anew", ORG)
    lose(office)
    with pytest.raises(NotDone, match=device):
        typed(office, "hand-out", ORG, boss, "--to", tmp_path / "stick")

    assert not (tmp_path / "stick").exists()
