"""A stick, and a line in the office: whole or not at all, and nothing else is touched."""

import errno
import re
import threading
from functools import partial
from pathlib import Path

import pytest
from office_for_tests import Carrier, Office
from vaults_for_tests import a_vault

from desktop.carried_errors import (
    BundleDamaged,
    BundleOtherWay,
    CarrierAway,
    ColleagueAway,
    ColleagueStuck,
    NothingBrought,
    OutsideOffice,
    StickFailed,
    StickFull,
)
from desktop.errors import NotEnrolled
from desktop.services import carried_over, offices, sticks, withdrawals
from desktop.services.offices import Address
from desktop.vault import outbox
from sync.client.lan import Stall
from ui.syncing.carry_words import back_words

ELSE = {"family.jpg": b"\xff\xd8", "bammajung-1120-2310.txt": b"mine", "old.out": b"x"}


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    office.town.agreed_and_released()
    yield office
    office.close()


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    (place / "bammajung-1120-2310-7.out").mkdir(parents=True)
    for name, content in ELSE.items():
        (place / name).write_bytes(content)
    yield place
    assert {name: (place / name).read_bytes() for name in ELSE} == ELSE
    assert not list(place.glob("*.half"))


def hand_out(office, stick):
    return sticks.hand_out(office.vault, stick, office.town.moment(), office.town.hub.chance)


def carry_all(office, stick, carrier=None):
    carrier = carrier or office.carrier
    town = office.town
    return sticks.carry_all(carrier.vault, lambda: carrier, stick, town.moment(), town.hub.chance)


def much(office, monkeypatch):
    """Write so much that it needs several requests."""
    youth = office.town.meet()
    for _ in range(51):
        office.town.agree(youth)
        office.town.release(youth)
    monkeypatch.setattr(carried_over, "CARRY_PARCELS", 1)


def take_back(office, stick, vault=None):
    return sticks.take_back(vault or office.vault, stick, office.town.now).taken


def ours(stick):
    return sorted(
        p.name for p in stick.glob("bammajung-*.*") if p.is_file() and p.name not in ELSE
    )


def test_a_stick_goes_there_and_back_and_nothing_of_it_is_left(office, stick):
    made = hand_out(office, stick)
    assert re.fullmatch(r"bammajung-1120-2310\.out", made.name)
    assert ours(stick) == [made.name]

    trip = carry_all(office, stick)
    assert (len(trip.forwarded), trip.others, trip.failed) == (1, 0, None)
    assert ours(stick) == ["bammajung-1120-2310.back", made.name]

    (done,) = take_back(office, stick)
    assert done.round.sent == made.packed.messages == 2
    assert ours(stick) == []


def test_two_laptops_in_one_minute_do_not_write_over_each_other(office, stick):
    first = hand_out(office, stick)
    second = sticks.hand_out(
        office.carrier.vault, stick, office.town.moment(), office.town.hub.chance
    )
    assert (first.name, second.name) == ("bammajung-1120-2310.out", "bammajung-1120-2310-2.out")

    carry_all(office, stick)
    (done,) = take_back(office, stick)

    assert done.round.sent == 2
    assert ours(stick) == ["bammajung-1120-2310-2.back", "bammajung-1120-2310-2.out"]


def test_what_is_handed_over_once_more_takes_the_place_of_what_was_withdrawn_since(office, stick):
    town = office.town
    consent, withdrawn = town.agreed_and_released()
    first = hand_out(office, stick)
    withdrawals.withdraw(office.vault, consent.id, town.moment())
    town.hub.clock.turn(hours=1)

    second = hand_out(office, stick)

    assert ours(stick) == [second.name] != [first.name]
    carry_all(office, stick)
    told = [event.ref for event in town.arrived()]
    assert len(told) == 1
    assert str(withdrawn.referral.id) not in told


def test_what_others_handed_over_stays_where_this_laptop_does_so_once_more(office, stick):
    colleagues = sticks.hand_out(
        office.carrier.vault, stick, office.town.moment(), office.town.hub.chance
    )
    (stick / "bammajung-1120-0001.out").write_bytes(b"junk")
    first = hand_out(office, stick)
    carry_all(office, stick)
    answers = [name for name in ours(stick) if name.endswith(".back")]

    second = hand_out(office, stick)

    stay = {colleagues.name, "bammajung-1120-0001.out", *answers}
    assert set(ours(stick)) == {second.name, *stay}
    assert first.name not in stay


def test_what_was_handed_over_before_stays_until_the_new_stands(office, stick, monkeypatch):
    first = hand_out(office, stick)

    def fails(*_given):
        raise OSError(errno.ENOSPC, "no")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("pathlib.Path.replace", fails)
        with pytest.raises(StickFull):
            hand_out(office, stick)

    assert ours(stick) == [first.name]


def test_an_older_one_that_cannot_be_taken_away_is_told_and_the_new_one_is_not_left(
    office, stick, monkeypatch
):
    consent, _ = office.town.agreed_and_released()
    first = hand_out(office, stick)
    withdrawals.withdraw(office.vault, consent.id, office.town.moment())
    office.town.hub.clock.turn(hours=1)
    really = Path.unlink

    def fails(path, *given, **more):
        if path.name == first.name:
            raise OSError(errno.EIO, "a bad sector")
        really(path, *given, **more)

    monkeypatch.setattr(Path, "unlink", fails)
    before = ours(stick)

    with pytest.raises(StickFailed):
        hand_out(office, stick)

    assert ours(stick) == before


def test_another_organisations_bundle_stays_as_it_is(office, stick, tmp_path):
    stranger = Carrier(office.town, tmp_path / "stranger", office.town.shelter)
    made = hand_out(office, stick)

    trip = carry_all(office, stick, stranger)

    assert (trip.forwarded, trip.others) == ((), 1)
    assert ours(stick) == [made.name]
    stranger.vault.close()


def test_without_a_line_nothing_is_written_and_the_reason_is_told(office, stick):
    made = hand_out(office, stick)
    office.carrier.is_cut = True

    trip = carry_all(office, stick)

    assert trip.forwarded == ()
    assert isinstance(trip.failed, CarrierAway)
    assert ours(stick) == [made.name]


def test_a_worse_line_leaves_the_whole_answer_where_it_lies(office, stick, monkeypatch):
    much(office, monkeypatch)
    made = hand_out(office, stick)
    answer = (stick / made.name).with_suffix(".back")
    carry_all(office, stick)
    whole = answer.read_bytes()
    office.carrier.lasts = len(office.carrier.asked) + 1

    (again,) = carry_all(office, stick).forwarded

    assert again.unanswered > 0
    assert answer.read_bytes() == whole
    take_back(office, stick)
    with office.vault.reading() as db:
        assert outbox.to_send(db) == 0


def test_what_the_line_did_not_last_for_is_said_to_wait(office, stick, monkeypatch):
    much(office, monkeypatch)
    hand_out(office, stick)
    office.carrier.lasts = 1
    carry_all(office, stick)

    taken = take_back(office, stick)

    assert taken[-1].has_more
    words, tone = back_words(taken)
    assert ("hand over once more" in words, tone) == (True, "warn")


def test_what_was_written_since_is_said_to_wait(office, stick):
    hand_out(office, stick)
    carry_all(office, stick)
    before = take_back(office, stick)
    hand_out(office, stick)
    office.town.agreed_and_released()
    carry_all(office, stick)

    after = take_back(office, stick)

    assert (before[-1].has_more, after[-1].has_more) == (False, True)


def test_a_damaged_bundle_hinders_none_beside_it(office, stick):
    made = hand_out(office, stick)
    whole = (stick / made.name).read_bytes()
    (stick / "bammajung-1120-0001.out").write_bytes(whole[:2000])

    trip = carry_all(office, stick)

    assert len(trip.forwarded) == 1
    assert isinstance(trip.failed, BundleDamaged)
    (stick / "bammajung-1120-0001.back").write_bytes(b"junk")
    (done,) = take_back(office, stick)
    assert done.round.sent == 2
    assert (stick / "bammajung-1120-0001.back").exists()


@pytest.mark.parametrize("wrong", [BundleDamaged, BundleOtherWay, StickFailed])
@pytest.mark.parametrize("name", ["bammajung-1120-0001.back", "bammajung-1120-2359.back"])
def test_whatever_is_wrong_with_one_answer_hinders_none_beside_it(
    office, stick, wrong, name, monkeypatch
):
    made = hand_out(office, stick)
    carry_all(office, stick)
    bad = stick / name
    bad.write_bytes((stick / made.name).read_bytes() if wrong is BundleOtherWay else b"junk")
    if wrong is StickFailed:
        opened = partial(_opened, Path.open, bad)
        monkeypatch.setattr(Path, "open", lambda *given, **more: opened(*given, **more))

    back = sticks.take_back(office.vault, stick, office.town.now)

    monkeypatch.undo()
    assert [done.round.sent for done in back.taken] == [2]
    assert isinstance(back.failed, wrong)
    assert ours(stick) == [name]


def _opened(really, torn, path, *how, **more):
    if path == torn:
        raise OSError(errno.EIO, "Input/output error")
    return really(path, *how, **more)


def test_an_answer_that_is_damaged_is_told_and_stays(office, stick):
    hand_out(office, stick)
    carry_all(office, stick)
    back = stick / "bammajung-1120-2310.back"
    back.write_bytes(back.read_bytes()[:-1])

    with pytest.raises(BundleDamaged):
        take_back(office, stick)
    assert back.exists()


def test_what_was_handed_over_is_no_answer(office, stick):
    made = hand_out(office, stick)
    (stick / made.name).rename(stick / "bammajung-1120-2310.back")

    with pytest.raises(BundleOtherWay):
        take_back(office, stick)


def test_what_is_longer_than_a_bundle_is_not_read(office, stick, monkeypatch):
    hand_out(office, stick)
    monkeypatch.setattr("desktop.services.stick_files.MOST_BYTES", 100)

    assert isinstance(carry_all(office, stick).failed, BundleDamaged)


def test_a_link_on_a_stick_leads_nowhere(office, stick, tmp_path):
    (tmp_path / "secret").write_bytes(b"else")
    (stick / "bammajung-1120-2310.out").symlink_to(tmp_path / "secret")

    with pytest.raises(NothingBrought):
        carry_all(office, stick)
    (stick / "bammajung-1120-2310.out").unlink()


@pytest.mark.parametrize("ending", [carry_all, take_back])
def test_an_empty_stick_is_said(office, tmp_path, ending):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingBrought):
        ending(office, tmp_path / "empty")


@pytest.mark.parametrize("what", [hand_out, carry_all, take_back])
def test_a_stick_that_is_gone_is_said(office, tmp_path, what):
    with pytest.raises(StickFailed):
        what(office, tmp_path / "gone")


@pytest.mark.parametrize("failure", [(errno.ENOSPC, StickFull), (errno.EIO, StickFailed)])
@pytest.mark.parametrize("failing", ["os.fsync", "pathlib.Path.replace"])
def test_a_stick_that_fails_keeps_nothing_half_written(
    office, stick, monkeypatch, failure, failing
):
    number, kind = failure

    def fails(*_given):
        raise OSError(number, "no")

    packed = office.pack()

    def packs(*_given):
        monkeypatch.setattr(failing, fails)
        return packed

    monkeypatch.setattr(sticks.carrying, "pack", packs)

    with pytest.raises(kind):
        hand_out(office, stick)

    monkeypatch.undo()
    assert ours(stick) == []


def test_where_nothing_can_be_written_nothing_counts_as_offered(office, stick, monkeypatch):
    def fails(*_given):
        raise OSError(errno.EROFS, "no")

    monkeypatch.setattr("desktop.services.stick_files.put", fails)
    with pytest.raises(StickFailed):
        hand_out(office, stick)

    with office.vault.reading() as db:
        assert [n for (n,) in db.execute("SELECT attempts FROM outbox").fetchall()] == [0, 0]


def test_what_the_stick_gives_back_otherwise_is_not_left_there(office, stick, monkeypatch):
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda _path: b"something else")

    with pytest.raises(StickFailed):
        hand_out(office, stick)
    monkeypatch.undo()
    assert ours(stick) == []


# --- over the office's own network -----------------------------------------------------------


class Desk(threading.Thread):
    """A supervisor who waits, and brings what comes."""

    def __init__(self, bring):
        super().__init__(daemon=True)
        self.stall, self.bring = Stall("127.0.0.1", 0), bring
        self.start()

    def run(self):
        visit = self.stall.next(lambda: True)
        visit.answer(self.bring(visit.bundle))
        self.stall.close()


def test_a_night_goes_over_the_office_line(office):
    bundle = office.pack().bundle
    answers = {bundle: office.forward(bundle).bundle}
    desk = Desk(answers.__getitem__)

    back = offices.give(Address("127.0.0.1", desk.stall.port), bundle, lambda: True)
    desk.join(5)

    assert office.unpack(back).round.sent == 2


def test_a_colleague_who_cannot_bring_it_says_so(office):
    desk = Desk(lambda _bundle: b"")
    to = Address("127.0.0.1", desk.stall.port)

    with pytest.raises(ColleagueStuck):
        offices.give(to, b"x", lambda: True)
    desk.join(5)
    with pytest.raises(ColleagueAway):
        offices.give(to, b"x", lambda: True)
    with office.vault.reading() as db:
        assert outbox.waiting(db) == 2


def test_an_address_outside_is_refused_before_anything_is_sent():
    with pytest.raises(OutsideOffice):
        offices.address("8.8.8.8")


def test_what_is_read_out_can_be_typed():
    stall = offices.wait_there()
    try:
        for said in offices.addresses(stall):
            assert offices.address(said).port == stall.port
    finally:
        stall.close()


def test_an_unjoined_vault_can_take_nothing_back(office, stick, tmp_path):
    hand_out(office, stick)
    carry_all(office, stick)
    vault = a_vault(tmp_path / "nobody")
    with pytest.raises(NotEnrolled):
        take_back(office, stick, vault)
    vault.close()
