"""What is told in addition, once more: by a vault that was put back and forgot the first time."""

import pytest
from desk_for_tests import WORDS
from vaults_for_tests import by_key

from desktop.domain.consents import Item
from desktop.services import backups, referrals, witness
from desktop.vault import inbox_reading


@pytest.fixture
def ref(town, desk):
    """A referral that is asked for more."""
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.say("약을 먹고 있나요?", asks={Item.HEALTH})
    desk.round()
    town.round()
    backups.make(town.vault, town.now)
    return tracking.referral.id


def tells(town, ref, words):
    draft = referrals.begin_answer(town.vault, ref, town.moment())
    town.hub.clock.turn(minutes=5)
    told = town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.HEALTH: words}
    )
    town.round()
    return told


def forgets(town, folder):
    """Put the newest backup in the vault's place, as a person does."""
    keys, found = backups.of_vault(town.vault), backups.found_at(town.vault.folder)[0]
    town.vault.close()
    backups.restore(found, folder, keys, town.now)
    town.vault = by_key(folder)
    town.round()
    witness.go_on(town.vault, town.moment())
    town.round()


def what_is_here(desk, ref):
    with desk.vault.reading() as db:
        return inbox_reading.packet(db, ref).words["health"]


def test_the_later_words_count_though_they_have_the_number_of_the_earlier(
    town, desk, ref, tmp_path
):
    first = tells(town, ref, "약을 먹는다")
    desk.round()
    forgets(town, tmp_path / "back")

    again = tells(town, ref, "약을 먹지 않는다")
    desk.round()

    assert first.packet_version == again.packet_version == 2
    assert what_is_here(desk, ref) == "약을 먹지 않는다"
    desk.round()
    assert town.round().problem == ""


def test_heard_from_the_beginning_the_earlier_words_do_not_come_back(town, desk, ref, tmp_path):
    tells(town, ref, "약을 먹는다")
    desk.round()
    forgets(town, tmp_path / "back")
    tells(town, ref, "약을 먹지 않는다")
    desk.round()

    with desk.vault.transaction() as db:
        db.execute("UPDATE mailbox SET seq = 0")
    desk.round()

    assert what_is_here(desk, ref) == "약을 먹지 않는다"
