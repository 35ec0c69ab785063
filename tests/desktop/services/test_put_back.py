"""A laptop that was put back to an earlier day: what it sent and forgot ends with its consent.

The first was found by schedule 1266 of exchange-machine: the laptop took it for never left, and
passed over the agency's word that it was destroyed.
"""

import shutil

import pytest
from desk_for_tests import WORDS
from street_for_tests import Street
from vaults_for_tests import by_key

from desktop.domain.disclosures import Stage
from desktop.domain.inbox import Gone
from desktop.domain.living import Erasing
from desktop.domain.referrals import Erasure
from desktop.domain.retention import Debt, Target, Thing
from desktop.services import (
    backups,
    cosigning,
    disclosures,
    ending_early,
    exchange,
    living,
    withdrawals,
    witness,
)
from desktop.services.exchange import HubState
from desktop.vault import holdings, purge
from sync.protocol.states import Delivery, TaskStatus
from sync.server import tables


def put_back(laptop, folder):
    """Put the newest backup of a laptop in its vault's place, as a person does."""
    keys, found = backups.of_vault(laptop.vault), backups.found_at(laptop.vault.folder)[0]
    laptop.vault.close()
    backups.restore(found, folder, keys, laptop.now)
    laptop.vault = by_key(folder)


def goes_on(laptop):
    """Make a round; where more is known of this laptop, a person goes on without it."""
    laptop.round()
    witness.go_on(laptop.vault, laptop.moment())


def talk(town, desk):
    for _ in range(3):
        town.round()
        desk.round()
    assert town.round().state is HubState.REACHED


def at_hub(town, table):
    with town.hub.hub.store.reading() as db:
        return db.all(table)


def test_what_the_hub_names_is_owed_though_this_laptop_never_tried_it(town):
    consent, named = town.agreed_and_released()
    youth = named.referral.youth
    other = town.release(youth).referral.id

    with town.vault.transaction() as db:
        withdrawals.ended_by_colleague(db, consent.id, named.referral.id, town.moment())

    assert town.tracking(named.referral.id).status is TaskStatus.CANCELLED
    assert town.tracking(named.referral.id).erasure is Erasure.OWED
    assert town.tracking(other).erasure is Erasure.NONE
    with town.vault.transaction() as db:
        withdrawals.ended_by_colleague(db, consent.id, other, town.moment())
    assert town.tracking(other).erasure is Erasure.OWED


@pytest.mark.parametrize("when", ["before the hub is heard", "while it stops", "after going on"])
def test_what_waited_in_a_backup_may_have_left_since(town, desk, tmp_path, when):
    consent, tracking = town.agreed_and_released(words=WORDS)
    backups.make(town.vault, town.now)
    town.round()
    desk.accepts()
    town.round()
    put_back(town, tmp_path / "back")
    if when == "while it stops":
        town.round()
    if when == "after going on":
        goes_on(town)

    done = withdrawals.withdraw(town.vault, consent.id, town.moment())
    goes_on(town)
    talk(town, desk)

    assert done == withdrawals.Withdrawal(vanished=0, recalled=1)
    assert desk.peek().gone is Gone.WITHDRAWN
    assert [row["state"] for row in at_hub(town, tables.consent)] == ["withdrawn"]
    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED


def test_what_was_sent_after_the_backup_has_ended_and_is_owed(town, desk, tmp_path):
    youth = town.meet()
    consent = town.agree(youth)
    backups.make(town.vault, town.now)
    town.release(youth, words=WORDS)
    town.round()
    desk.accepts()
    put_back(town, tmp_path / "back")
    goes_on(town)
    talk(town, desk)
    town.hub.clock.turn(days=1)

    withdrawals.withdraw(town.vault, consent.id, town.moment())
    town.round()

    (ended,) = living.standing(town.vault, youth, town.now).ended
    assert ended.erasing == (Erasing(consent.agency_name, Erasure.OWED),)
    with town.vault.reading() as db:
        assert [each.debt for each in holdings.owed(db, youth)] == [Debt.ERASURE]
    talk(town, desk)
    assert desk.peek().gone is Gone.WITHDRAWN
    (ended,) = living.standing(town.vault, youth, town.now).ended
    assert ended.erasing == (Erasing(consent.agency_name, Erasure.DESTROYED),)
    with town.vault.transaction() as db:
        purge.Purging(db, town.now).destroy(Target(Thing.YOUTH, youth))
        assert db.execute("SELECT * FROM elsewhere").fetchall() == []
    town.vault.verify()


def test_what_was_asked_after_a_backup_came_back_ends_without_a_word(town, tmp_path):
    town.meet()
    backups.make(town.vault, town.now)
    town.hub.clock.turn(days=-400)  # the journal tells what came first, and no clock
    put_back(town, tmp_path / "back")
    consent, _ = town.agreed_and_released()

    done = withdrawals.withdraw(town.vault, consent.id, town.moment())

    assert done == withdrawals.Withdrawal(vanished=1, recalled=0)
    assert exchange.outbox(town.vault) == ()


def test_an_older_copy_of_the_files_is_noticed_though_its_last_round_was_the_next(town, tmp_path):
    town.agreed_and_released()
    copied(town, tmp_path / "past")
    town.round()
    swapped(town, tmp_path / "past")

    assert town.round().state is HubState.ROLLED_BACK


def test_what_an_agency_says_of_one_that_never_left_tells_it_the_end(town, desk, tmp_path):
    consent, tracking = town.agreed_and_released(words=WORDS)
    copied(town, tmp_path / "past")
    town.round()
    swapped(town, tmp_path / "past")
    forget_the_mark(town)
    done = withdrawals.withdraw(town.vault, consent.id, town.moment())
    desk.accepts()

    talk(town, desk)

    assert done == withdrawals.Withdrawal(vanished=1, recalled=0)  # as far as it can know
    assert desk.peek().gone is Gone.WITHDRAWN
    assert town.tracking(tracking.referral.id).erasure is Erasure.DESTROYED


def test_what_an_agency_has_of_one_that_was_called_off_as_never_left_is_called_off(
    town, desk, tmp_path
):
    _, tracking = town.agreed_and_released(words=WORDS)
    copied(town, tmp_path / "past")
    town.round()
    swapped(town, tmp_path / "past")
    forget_the_mark(town)
    ending_early.call_off(town.vault, tracking.referral.id, town.moment())
    assert town.tracking(tracking.referral.id).status is TaskStatus.CANCELLED
    desk.accepts()

    talk(town, desk)

    assert desk.peek().gone is Gone.CANCELLED


def test_a_report_that_may_have_been_signed_and_sent_is_not_taken_back(street, tmp_path):
    place, police = street.counselor, street.place("police", street.police_desk)
    asked = street.ask()
    backups.make(place.vault, place.now)
    sign_and_send(street, asked.id)
    police.round()
    police.round()
    put_back(place, tmp_path / "back")
    assert street.report(asked.id).stage is Stage.ASKED

    assert not disclosures.call_off(place.vault, asked.id, place.moment())
    (shown,) = disclosures.of_youth(place.vault, asked.youth, place.moment())
    assert not shown.may_be_called_off
    goes_on(place)
    place.round()
    place.round()

    report = street.report(asked.id)
    assert (report.stage, report.delivery) == (Stage.QUEUED, Delivery.DELIVERED)


def test_a_report_signed_before_the_backup_is_not_taken_back(street, tmp_path):
    place = street.counselor
    asked = street.ask()
    place.round()
    street.supervisor.round()
    cosigning.sign(street.supervisor.vault, asked.id, street.supervisor.moment())
    street.supervisor.round()
    place.round()
    backups.make(place.vault, place.now)
    put_back(place, tmp_path / "back")

    assert [each.attempts for each in exchange.outbox(place.vault)] == [1]
    assert not disclosures.call_off(place.vault, asked.id, place.moment())
    (shown,) = disclosures.of_youth(place.vault, asked.youth, place.moment())
    assert not shown.may_be_called_off


def copied(town, past):
    """Copy the files of a closed vault, as a tool does that knows nothing of it."""
    folder = town.vault.folder
    town.vault.close()
    shutil.copytree(folder, past)
    town.vault = by_key(folder)


def swapped(town, past):
    """Put the copy in the place of the files, a while later."""
    town.hub.clock.turn(minutes=1)
    folder = town.vault.folder
    town.vault.close()
    shutil.rmtree(folder)
    shutil.copytree(past, folder)
    town.vault = by_key(folder)


def forget_the_mark(town):
    """Let the hub lose what it remembers of laptops."""
    with town.hub.hub.store.writing() as db:
        db.remove(tables.witness, device_id=town.centre.own.device)


def sign_and_send(street, ref):
    street.sign(ref)
    street.counselor.round()


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()
