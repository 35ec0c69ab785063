"""A vault that was put back as a whole: the hub remembers, and nothing is exchanged (R-16)."""

import shutil
from datetime import timedelta

import msgspec
import pytest
from vaults_for_tests import by_key

from desktop.errors import VaultRolledBack
from desktop.services import witness
from desktop.services.exchange import HubState
from desktop.vault import backup, carrying
from desktop.vault.folder import Folder
from sync.protocol.codec import canonical, read_json
from sync.protocol.witness import WitnessClaim
from sync.server import tables


@pytest.fixture
def put_back(town, tmp_path):
    """Return how to put the laptop back to where it stood when the test began."""
    town.meet(alias="하늘")
    assert town.round().state is HubState.REACHED
    town.vault.close()
    past = shutil.copytree(town.vault.folder, tmp_path / "past")
    town.vault = by_key(town.vault.folder)

    def back():
        town.vault.close()
        folder = town.vault.folder
        shutil.rmtree(folder)
        shutil.copytree(past, folder)
        town.vault = by_key(folder)

    yield back
    town.vault.close()


def later(town):
    """Write on, and let the hub see it."""
    town.hub.clock.turn(minutes=10)
    town.meet(alias="바다")
    assert town.round().state is HubState.REACHED
    assert town.round().state is HubState.REACHED


def marks(town):
    with town.hub.hub.store.reading() as db:
        return [(row["line"], row["seq"]) for row in db.all(tables.witness)]


def test_an_ordinary_evening_raises_no_alarm_and_asks_once_a_round(town):
    for number in range(5):
        town.meet(alias=f"아이 {number}")
        town.round()
        assert witness.behind(town.vault) is None
    before = len(town.line.asked)

    assert town.round().state is HubState.REACHED

    assert len(town.line.asked) == before + 1


def test_the_hub_remembers_the_newest_and_is_not_written_to_for_nothing(town):
    later(town)
    newest = marks(town)

    town.round()

    with town.vault.reading() as db:
        head = db.execute("SELECT max(seq) FROM op").fetchone()[0]
    assert marks(town) == newest == [(1, head)]


@pytest.mark.parametrize("written_since", [0, 1, 30])
def test_a_vault_put_back_is_noticed_however_much_was_written_since(town, put_back, written_since):
    later(town)
    until = town.now
    put_back()
    for number in range(written_since):
        town.meet(alias=f"새 아이 {number}")

    done = town.round()

    assert done.state is HubState.ROLLED_BACK
    lost = witness.behind(town.vault)
    assert lost.count >= 1
    assert lost.since < until
    assert lost.until == until
    assert not lost.may_go_on


def test_then_nothing_is_sent_or_taken_in_until_somebody_decides(town, put_back):
    later(town)
    put_back()
    town.round()
    asked = len(town.line.asked)
    town.agreed_and_released()

    assert town.round().state is HubState.ROLLED_BACK
    town.vault.close()
    town.vault = by_key(town.vault.folder)
    assert town.round().state is HubState.ROLLED_BACK
    assert len(town.line.asked) == asked
    with pytest.raises(VaultRolledBack):
        witness.go_on(town.vault, town.moment())


def test_a_lost_answer_does_not_make_the_hub_forget(town, put_back):
    later(town)
    put_back()
    town.meet(alias="새 아이")
    town.line.loses_answers = True
    for _ in range(3):
        assert town.round().state is HubState.AWAY
    town.line.loses_answers = False

    assert town.round().state is HubState.ROLLED_BACK


def test_answers_that_were_lost_raise_no_alarm(town):
    for number in range(6):
        town.meet(alias=f"아이 {number}")
        town.line.loses_answers = number % 2 == 0
        town.round()

    town.line.loses_answers = False
    assert [town.round().state for _ in range(3)] == [HubState.REACHED] * 3


def restored(town, tmp_path, clock_off=timedelta(0)):
    """Put the laptop's newest backup in the vault's place, as a person does."""
    made = backup.make(town.vault, town.now)
    later(town)
    keys, folder = town.vault.session.keys, town.vault.folder
    town.vault.close()
    town.hub.clock.turn(minutes=30)
    kept = folder.rename(tmp_path / "lost-laptop")
    source = Folder(kept / "backup" / made.name)
    carrying.restore(source, Folder(folder), keys, town.now + clock_off)
    town.vault = by_key(folder)


def _put_back_without_a_word(town, tmp_path):
    """Keep a copy of the folder, write on, and put the copy in its place."""
    town.vault.close()
    past = shutil.copytree(town.vault.folder, tmp_path / "past")
    town.vault = by_key(town.vault.folder)
    later(town)
    folder = town.vault.folder
    town.vault.close()
    shutil.rmtree(folder)
    shutil.copytree(past, folder)
    town.vault = by_key(folder)


def test_a_restored_backup_says_what_is_missing_and_goes_on_when_a_person_says_so(town, tmp_path):
    town.meet(alias="하늘")
    town.round()
    restored(town, tmp_path)
    assert town.round().state is HubState.ROLLED_BACK
    assert witness.behind(town.vault).may_go_on

    witness.go_on(town.vault, town.moment())

    assert [town.round().state for _ in range(3)] == [HubState.REACHED] * 3
    assert [line for line, _ in marks(town)] == [1, 2]
    with town.hub.hub.store.reading() as db:
        assert b'"restored"' in db.all(tables.witness)[1]["said"]
    town.vault.close()


def test_a_clock_that_was_slow_when_it_was_put_back_leaves_nobody_stuck(town, tmp_path):
    town.meet(alias="하늘")
    town.round()
    restored(town, tmp_path, clock_off=-timedelta(days=9000))
    assert town.round().state is HubState.ROLLED_BACK

    witness.go_on(town.vault, town.moment())

    assert [town.round().state for _ in range(2)] == [HubState.REACHED] * 2
    town.vault.close()


def test_a_slow_clock_does_not_excuse_the_next_time(town, tmp_path):
    town.meet(alias="하늘")
    town.round()
    restored(town, tmp_path, clock_off=-timedelta(days=9000))
    town.round()
    witness.go_on(town.vault, town.moment())
    town.round()
    _put_back_without_a_word(town, tmp_path)

    assert town.round().state is HubState.ROLLED_BACK
    assert not witness.behind(town.vault).may_go_on
    town.vault.close()


def test_going_on_once_does_not_excuse_the_next_time(town, tmp_path):
    town.meet(alias="하늘")
    town.round()
    restored(town, tmp_path)
    town.round()
    witness.go_on(town.vault, town.moment())
    town.round()
    _put_back_without_a_word(town, tmp_path)

    assert town.round().state is HubState.ROLLED_BACK

    assert not witness.behind(town.vault).may_go_on
    town.vault.close()


def test_a_lost_answer_to_the_decision_costs_nothing(town, tmp_path):
    town.meet(alias="하늘")
    town.round()
    restored(town, tmp_path)
    town.round()
    witness.go_on(town.vault, town.moment())
    town.line.loses_answers = True
    town.round()
    town.line.loses_answers = False
    town.meet(alias="바다")

    assert [town.round().state for _ in range(3)] == [HubState.REACHED] * 3
    town.vault.close()


def changed(told, **changes):
    claim = read_json(WitnessClaim, told.claim)
    return msgspec.structs.replace(
        told, claim=canonical(msgspec.structs.replace(claim, **changes))
    )


@pytest.mark.parametrize("lie", ["none", "another device", "another hour", "another mark"])
def test_what_the_hub_did_not_sign_of_us_is_not_believed(town, lie):
    town.meet()
    town.round()

    def twist(answer):
        told = answer.witnessed
        twisted = {
            "none": None,
            "another device": changed(told, device="somebody else"),
            "another hour": changed(told, time=town.now + timedelta(days=1)),
            "another mark": changed(
                told, mark=replace_mark(read_json(WitnessClaim, told.claim).mark)
            ),
        }[lie]
        return msgspec.structs.replace(answer, witnessed=twisted)

    town.line.twist = twist

    done = town.round()

    assert (done.state, done.problem) == (HubState.LYING, "witness")
    assert witness.behind(town.vault) is None


def replace_mark(mark):
    return msgspec.structs.replace(mark, seq=mark.seq + 100)
