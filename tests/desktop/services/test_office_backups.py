"""What a laptop leaves at the hub: only where it is wished, by difference, and never a way in."""

from contextlib import closing
from datetime import timedelta

import pytest
from fakes import FixedChance
from lost_laptop_for_tests import an_office, back_up, forget, much, now, write
from vaults_for_tests import PASSPHRASE, a_vault, by_key, vmk

from desktop.errors import BackupDamaged, HubAway, NotEnrolled
from desktop.services import backups, codes, enrolment, members, office_backups
from desktop.services.leaving import over
from desktop.services.office_backups import Left, Outcome, Progress
from desktop.trust_errors import HubRefused, NoRoomAtHub, NotAdmin
from desktop.vault import header as headers
from desktop.vault.folder import Folder
from desktop.vault.opening import Proven
from desktop.vault.slots import RecoverySlot
from sync.client.errors import Unreachable
from sync.server import blobs, tables

LABEL = "두 번째 노트북"
NOTE = "새벽 두 시 편의점 앞에서 하늘이를 만났다"


@pytest.fixture(scope="module")
def wishing(tmp_path_factory):
    """An organisation that wishes it, with a laptop for each test."""
    with an_office(tmp_path_factory.mktemp("office")) as made:
        made.decide(is_on=True)
        yield made


@pytest.fixture
def undecided(tmp_path):
    with an_office(tmp_path) as made:
        yield made


@pytest.fixture
def office(wishing):
    wishing.told.clear()
    return wishing


@pytest.fixture
def leaving(office, request):
    vault = office.counselor(request.node.name[:40])
    write(vault, "하늘", NOTE)
    yield vault
    vault.close()


def names(office, vault):
    with office.hub.store.reading() as db:
        return sorted(row["name"] for row in db.all(tables.blob_set, device_id=device(vault)))


def held(office, vault):
    """Return every piece of this laptop that the hub holds."""
    with office.hub.store.reading() as db:
        rows = db.all(tables.blob_content, device_id=device(vault))
    return [bytes(row["content"]) for row in rows]


def device(vault):
    with vault.reading() as db:
        return enrolment.current(db).device


def cut_after(line, count):
    """Let the line break after so many questions."""
    ask, left = line.ask, iter(range(count))

    def cut(*asked):
        if next(left, None) is None:
            raise Unreachable
        return ask(*asked)

    line.ask = cut
    return line


def deaf(line):
    """Let the hub's answer to the last question be lost."""
    ask = line.ask

    def asked(path, *what):
        told = ask(path, *what)
        if path == "/v1/backups/keep":
            raise Unreachable
        return told

    line.ask = asked
    return line


def test_nothing_leaves_until_an_admin_wishes_it_and_everybody_is_told(undecided):
    office, laptop = undecided, undecided.counselor("laptop")
    back_up(laptop)
    before = office_backups.standing(laptop)

    left = office.leave(laptop)

    assert before.is_on is None
    assert left == Left(Outcome.OFF)
    assert office_backups.standing(laptop).is_on is False
    assert not office_backups.standing(laptop).is_due
    assert held(office, laptop) == []
    with pytest.raises(NotAdmin):
        office.over_line(
            laptop, lambda line: office_backups.decide(laptop, line, now(), is_on=True)
        )
    assert office.decide(is_on=True)
    assert office.over_line(laptop, lambda line: office_backups.rule(laptop, line, now()))
    assert office_backups.standing(laptop).is_on
    laptop.close()


def test_the_newest_backup_is_left_once(office, leaving):
    nothing = office.leave(leaving)
    made = back_up(leaving)
    due = office_backups.standing(leaving).is_due

    first, again = office.leave(leaving), office.leave(leaving)

    assert nothing == Left(Outcome.NOTHING)
    assert due
    assert (first.outcome, again) == (Outcome.LEFT, Left(Outcome.THERE))
    assert first.sent == sum(map(len, held(office, leaving)))
    stands = office_backups.standing(leaving)
    assert (stands.newest, stands.is_due, stands.owes_dropping) == (made, False, False)
    assert stands.left_at is not None
    assert not backups.is_due(leaving, now()), "leaving one makes none"
    assert office.told[0].done < office.told[-1].done == office.told[-1].total


def test_who_looks_over_any_line_learns_that_it_is_not_there_any_more(undecided):
    laptop = undecided.counselor("laptop")
    undecided.decide(is_on=True)
    back_up(laptop)
    undecided.leave(laptop)
    for is_on in (False, True):  # somebody's slip, mended a minute later
        undecided.decide(is_on=is_on)
    assert names(undecided, laptop) == []

    undecided.over_line(laptop, lambda line: office_backups.rule(laptop, line, now()))

    stands = office_backups.standing(laptop)
    assert (stands.is_on, stands.newest, stands.is_due) == (True, None, True)
    assert undecided.leave(laptop).outcome is Outcome.LEFT
    undecided.over_line(laptop, lambda line: office_backups.rule(laptop, line, now()))
    assert not office_backups.standing(laptop).is_due
    laptop.close()


def test_only_what_differs_is_brought(office, leaving):
    much(leaving, 1 << 20)
    back_up(leaving)
    whole = office.leave(leaving)
    write(leaving, "바다", "하나 더")
    back_up(leaving, hours=2)

    again = office.leave(leaving)

    assert again.outcome is Outcome.LEFT
    assert 0 < again.sent < whole.sent / 2
    assert len(names(office, leaving)) == 2


def test_a_line_that_was_cut_goes_on_from_where_it_was(office, leaving):
    much(leaving, 3 << 20)
    back_up(leaving)
    watch = office_backups.Watch(now, lambda: True)
    with pytest.raises(HubAway):
        office.over_line(
            leaving, lambda line: office_backups.leave(leaving, cut_after(line, 5), watch)
        )
    there = sum(map(len, held(office, leaving)))
    assert not office_backups.standing(leaving).newest

    rest = office.leave(leaving)

    assert there > 0
    assert rest.sent == sum(map(len, held(office, leaving))) - there


def test_an_answer_that_was_lost_is_made_good(office, leaving):
    made = back_up(leaving)
    watch = office_backups.Watch(now, lambda: True)
    with pytest.raises(HubAway):
        office.over_line(leaving, lambda line: office_backups.leave(leaving, deaf(line), watch))
    lost = office_backups.standing(leaving).newest

    left = office.leave(leaving)

    assert lost is None
    assert left == Left(Outcome.LEFT, 0)
    assert office_backups.standing(leaving).newest == made
    assert names(office, leaving) == [made.name]


def test_what_may_be_there_is_dropped_with_what_is(office, leaving):
    back_up(leaving)
    watch = office_backups.Watch(now, lambda: True)
    with pytest.raises(HubAway):
        office.over_line(leaving, lambda line: office_backups.leave(leaving, deaf(line), watch))

    forget(leaving)

    assert office_backups.standing(leaving).owes_dropping


def test_who_locks_stops_it_and_what_was_brought_stays(office, leaving):
    much(leaving, 3 << 20)
    back_up(leaving)

    stopped = office.leave(leaving, lambda: len(office.told) < 3)

    assert stopped == Left(Outcome.STOPPED)
    assert held(office, leaving)
    assert names(office, leaving) == []
    assert office.leave(leaving).outcome is Outcome.LEFT


def test_a_backup_that_makes_room_while_it_is_left_is_let_go_of(office, leaving):
    much(leaving, 3 << 20)
    back_up(leaving)

    def told(_progress):
        backups.destroy_before(leaving.folder, now() + timedelta(days=1))

    watch = office_backups.Watch(now, lambda: True, told)
    left = office.over_line(leaving, lambda line: office_backups.leave(leaving, line, watch))
    back_up(leaving, hours=2)

    assert left == Left(Outcome.NOTHING)
    assert names(office, leaving) == []
    assert office.leave(leaving).outcome is Outcome.LEFT


@pytest.mark.parametrize("file", ["notes.db", "anchor"])
def test_a_backup_that_rotted_is_not_left(office, leaving, file):
    made = back_up(leaving)
    path = leaving.folder / "backup" / made.name / file
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    with pytest.raises(BackupDamaged):
        office.leave(leaving)

    assert held(office, leaving) == []


def test_the_hub_gets_no_word_and_no_way_in_but_the_printed_code(office, leaving):
    members.rename(leaving, LABEL)
    back_up(leaving)
    office.leave(leaving)

    pieces = held(office, leaving)
    header = next(told for piece in pieces if (told := headers.decode(piece)))

    for word in (NOTE, PASSPHRASE, LABEL, '"passphrase"'):
        assert word.encode() not in b"".join(pieces)
    assert [type(slot) for slot in header.header.slots] == [RecoverySlot]
    assert header.header.policy.label == ""
    own = headers.read(Folder(leaving.folder)).newest
    assert len(own.header.slots) == 2


def test_what_was_purged_here_goes_there_too(office, leaving):
    back_up(leaving)
    office.leave(leaving)
    kept = forget(leaving)
    owed = office_backups.standing(leaving).owes_dropping

    dropped = office.over_line(
        leaving, lambda line: office_backups.drop_purged(leaving, line, now())
    )
    after = office_backups.standing(leaving)
    office.leave(leaving)

    assert owed
    assert dropped == 1
    assert (after.owes_dropping, after.newest, after.is_due) == (False, None, True)
    assert names(office, leaving) == [kept.name]


def test_what_only_made_room_here_stays_there(office, leaving):
    made = back_up(leaving)
    office.leave(leaving)

    for day in range(1, 10):
        write(leaving, f"별{day}", "말")
        back_up(leaving, hours=24 * day)
    dropped = office.over_line(
        leaving, lambda line: office_backups.drop_purged(leaving, line, now())
    )

    assert made not in backups.listing(leaving.folder)
    assert not office_backups.standing(leaving).owes_dropping
    assert (dropped, names(office, leaving)) == (0, [made.name])


def test_leaving_after_a_purge_replaces_all(office, leaving):
    back_up(leaving)
    office.leave(leaving)
    kept = forget(leaving)

    office.leave(leaving)

    assert names(office, leaving) == [kept.name]


def test_a_backup_that_an_old_code_opens_is_replaced(office, leaving):
    back_up(leaving)
    office.leave(leaving)
    codes.new_code(leaving, Proven(vmk()), FixedChance("new code"))
    here, there = backups.is_due(leaving, now()), office_backups.standing(leaving)
    kept = back_up(leaving)

    office.leave(leaving)

    assert (here, there.is_due) == (True, True)
    assert not backups.is_due(leaving, now())
    assert not office_backups.standing(leaving).is_due

    assert names(office, leaving) == [kept.name]


def test_off_while_it_is_left_ends_it(undecided):
    office, leaving = undecided, undecided.counselor("laptop")
    office.decide(is_on=True)
    much(leaving, 3 << 20)
    back_up(leaving)

    def told(progress: Progress):
        if progress.done < progress.total:
            office.decide(is_on=False)

    watch = office_backups.Watch(now, lambda: True, told)
    left = office.over_line(leaving, lambda line: office_backups.leave(leaving, line, watch))

    assert left == Left(Outcome.OFF)
    assert office_backups.standing(leaving).is_on is False
    assert names(office, leaving) == []


def test_a_full_hub_says_so(office, leaving):
    back_up(leaving)
    office.leave(leaving)
    with office.hub.store.writing() as db:
        db.change(tables.backup_room, {"device_id": device(leaving)}, held=blobs.DEVICE_BYTES)
    write(leaving, "바다", "하나 더")
    back_up(leaving, hours=2)

    with pytest.raises(NoRoomAtHub):
        office.leave(leaving)


def test_what_was_purged_here_goes_from_a_full_hub_too(office, leaving):
    back_up(leaving)
    office.leave(leaving)
    full = {"held": blobs.DEVICE_BYTES + (1 << 30)}
    with office.hub.store.writing() as db:
        db.change(tables.backup_room, {"device_id": device(leaving)}, **full)
    forget(leaving)

    with pytest.raises(NoRoomAtHub):
        office.leave(leaving)

    assert names(office, leaving) == []
    assert not office_backups.standing(leaving).owes_dropping


def test_a_laptop_that_was_shut_out_is_told_so(office, leaving):
    back_up(leaving)
    office.shut_out(leaving)

    with pytest.raises(HubRefused):
        office.leave(leaving)


def test_a_vault_that_has_joined_no_hub_leaves_nothing(tmp_path):
    alone = a_vault(tmp_path / "alone")
    back_up(alone)

    with pytest.raises(NotEnrolled):
        office_backups.leave(alone, None, office_backups.Watch(now, lambda: True))
    assert not office_backups.standing(alone).is_due
    alone.close()


def test_who_is_forgotten_after_a_backup_came_back_goes_from_the_newer_one_there_too(
    office, leaving, tmp_path
):
    back_up(leaving)
    office.leave(leaving)
    older = back_up(leaving, hours=1)
    keys = backups.of_vault(leaving)
    (found,) = (f for f in backups.found_at(leaving.folder) if f.generation == older)
    backups.restore(found, tmp_path / "beside", keys, now() + timedelta(hours=30))
    for hours in range(2, 5):
        for number in range(20):
            write(leaving, f"별{number}", "그 뒤의 말")
        newer = back_up(leaving, hours=hours)
        office.leave(leaving)

    with closing(by_key(tmp_path / "beside")) as beside:
        stays = over(beside, (newer.name,))
        kept = forget(beside)
        office.leave(beside)

        assert stays == ()
        assert names(office, beside) == [kept.name]
