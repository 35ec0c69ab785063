"""Handing over without a line: two laptops, a stick, and a line in the office."""

from pathlib import Path

import pytest
from carry_for_tests import Laptop
from office_for_tests import Mate, Office, renew_the_centres_key
from PySide6.QtWidgets import QFileDialog

from desktop.carried_errors import (
    CarrierAway,
    ColleagueAway,
    ColleagueStuck,
    OutsideOffice,
    StickFailed,
)
from desktop.services import enrolment
from desktop.services.carrying import Forwarded, Unpacked
from desktop.services.exchange import HubState, Round
from desktop.vault import outbox
from sync.protocol.carrying import Refusal
from sync.server import consents as hub_consents
from sync.server import tables
from ui import messages
from ui.syncing.carry_words import back_words, forwarded_words


@pytest.fixture
def office(tmp_path, monkeypatch):
    office = Office(tmp_path)
    office.town.agreed_and_released()
    monkeypatch.setattr(enrolment, "hub", lambda vault: office.carrier)
    yield office
    office.close()


@pytest.fixture
def away(qtbot, office):
    laptop = Laptop(qtbot, office.town, office.vault)
    yield laptop
    laptop.close()


@pytest.fixture
def carrier(qtbot, office):
    laptop = Laptop(qtbot, office.town, office.carrier.vault)
    yield laptop
    laptop.close()


@pytest.fixture
def stick(tmp_path, monkeypatch):
    place = tmp_path / "stick"
    place.mkdir()
    choice = [str(place)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: choice[0])
    return choice


def waiting(office):
    with office.vault.reading() as db:
        return outbox.waiting(db)


def test_a_stick_goes_there_and_back(office, away, carrier, stick):
    away.press(away.sheet.here.stick_button)
    away.said("It is on the stick, sealed, as bammajung-1120-2310.out", "2 messages go with it")
    assert waiting(office) == 2

    carrier.press(carrier.sheet.colleagues.stick_button)
    carrier.said("2 messages reached the Youth Safety Net", "The answer lies on the stick")

    away.press(away.sheet.here.back_button)
    away.said("2 messages have arrived")
    assert (waiting(office), away.changes) == (0, [1])


def test_what_was_not_taken_is_never_called_nothing_new(office, away, carrier, stick):
    town = office.town
    consent, referral = town.agreed_and_released()
    office.trip()
    town.release(referral.referral.youth)
    with town.hub.hub.store.writing() as db:
        hub_consents.withdraw(db, town.centre.org, str(consent.id), town.now)

    away.press(away.sheet.here.stick_button)
    carrier.press(carrier.sheet.colleagues.stick_button)
    carrier.said("1 message was not taken, or not yet")
    assert carrier.sheet.notice.property("notice") == "warn"
    away.press(away.sheet.here.back_button)

    away.said("1 message was not taken. “What goes and what comes” says why.")
    assert away.sheet.notice.property("notice") == "warn"


def test_that_a_laptop_was_shut_out_is_said_of_it_and_not_of_the_one_that_carries(
    office, away, carrier, stick
):
    town = office.town
    with town.hub.hub.store.writing() as db:
        db.change(tables.device, {"id": town.centre.keys.device}, status="revoked")
    away.press(away.sheet.here.stick_button)

    carrier.press(carrier.sheet.colleagues.stick_button)
    words = carrier.said("no longer accepts a laptop that this came from", "lies on the stick")
    assert "this laptop" not in words
    assert "join again" not in words

    away.press(away.sheet.here.back_button)
    away.said("no longer accepts this laptop. Ask your center for a new code")


@pytest.mark.parametrize("code", [*Refusal, "of-tomorrow"])
def test_what_was_refused_of_another_laptop_tells_whoever_carries_to_do_nothing_to_theirs(code):
    said = forwarded_words(Forwarded(b"", 0, 0, refused=(code, code)))

    assert said.count(". ") == 0
    assert "this laptop" not in said
    assert "hand over" not in said.lower()
    assert said != back_words((Unpacked(Round(HubState.REACHED), (code, code)),))[0]


def test_a_damaged_answer_beside_a_good_one_is_said(office, away, carrier, stick):
    away.press(away.sheet.here.stick_button)
    carrier.press(carrier.sheet.colleagues.stick_button)
    assert carrier.sheet.notice.property("notice") == "ok"
    (Path(stick[0]) / "bammajung-1120-2359.back").write_bytes(b"half of a file")

    away.press(away.sheet.here.back_button)

    away.said("2 messages have arrived", "This file is not whole")
    assert away.sheet.notice.property("notice") == "warn"
    assert away.changes == [1]


def test_behind_a_new_key_of_the_center_a_line_is_asked_for(office, tmp_path):
    mate = Mate(office.town, tmp_path / "mate")
    renew_the_centres_key(office, mate)
    mate.agreed_and_released()
    mate.round()

    words, tone = back_words((office.trip(),))

    assert "2 messages have arrived. Your center has renewed its key." in words
    assert "Connect this laptop to a line once" in words
    assert "hand over once more" not in words
    assert tone == "warn"
    mate.vault.close()


def test_who_chooses_no_stick_has_pressed_nothing(away, stick):
    stick[0] = ""

    away.press(away.sheet.here.stick_button)

    assert not away.sheet.notice.isVisible()
    assert away.sheet.here.stick_button.isEnabled()


def test_a_stick_that_fails_is_a_sentence_and_the_buttons_are_back(office, away, stick, tmp_path):
    stick[0] = str(tmp_path / "gone")

    away.press(away.sheet.here.stick_button)

    away.said(messages.sentence(StickFailed()))
    assert away.sheet.here.stick_button.isEnabled()
    assert waiting(office) == 2


def test_the_line_of_the_carrier_away_is_said_and_nothing_is_lost(office, away, carrier, stick):
    away.press(away.sheet.here.stick_button)
    office.carrier.is_cut = True

    carrier.press(carrier.sheet.colleagues.stick_button)

    carrier.said(messages.sentence(CarrierAway()))
    assert waiting(office) == 2


def test_a_night_goes_over_the_office_line(office, away, carrier):
    port = carrier.wait_in_the_office()

    away.send(port)

    away.said("2 messages have arrived")
    carrier.said("2 messages reached the Youth Safety Net")
    assert (waiting(office), away.changes) == (0, [1])
    # It goes on waiting: the next colleague may come.
    away.send(port)
    away.said("There was nothing new")


def test_a_carrier_without_a_line_says_so_on_both_laptops(office, away, carrier):
    office.carrier.is_cut = True
    port = carrier.wait_in_the_office()

    away.send(port)

    carrier.said(messages.sentence(CarrierAway()))
    away.said(messages.sentence(ColleagueStuck()))
    assert waiting(office) == 2
    office.carrier.is_cut = False
    away.send(port)
    away.said("2 messages have arrived")


def test_a_wrong_address_stays_as_it_was_typed(away):
    away.press(away.sheet.here.office_button)
    away.sheet.here.address.edit.setText("8.8.8.8")

    away.press(away.sheet.here.send_button)

    assert away.sheet.here.address.note.text() == messages.sentence(OutsideOffice())
    assert away.sheet.here.address.words() == "8.8.8.8"
    assert away.sheet.here.stick_button.isEnabled()


def test_where_nobody_waits_nothing_counts_as_offered(office, away, carrier):
    port = carrier.wait_in_the_office()
    carrier.sheet.office.close(5)

    away.send(port)

    away.said(messages.sentence(ColleagueAway()))
    with office.vault.reading() as db:
        assert [n for (n,) in db.execute("SELECT attempts FROM outbox").fetchall()] == [0, 0]


def test_waiting_ends_with_its_button_or_with_the_sheet(qtbot, carrier):
    for end in (carrier.sheet.colleagues.stop_button.click, carrier.sheet.leave):
        if not carrier.sheet.isVisible():
            carrier.sheet.begin()
        carrier.wait_in_the_office()
        assert carrier.sheet.colleagues.stop_button.isVisible()

        end()

        qtbot.waitUntil(lambda: not carrier.sheet.office.is_waiting, timeout=5_000)
        qtbot.waitUntil(carrier.sheet.colleagues.wait_button.isEnabled, timeout=5_000)


def test_who_waits_does_nothing_else_meanwhile(carrier):
    carrier.wait_in_the_office()

    assert not carrier.sheet.here.stick_button.isEnabled()
    assert not carrier.sheet.colleagues.stick_button.isEnabled()
    assert carrier.sheet.colleagues.stop_button.isEnabled()


def test_a_lock_hangs_up(carrier):
    carrier.wait_in_the_office()

    assert carrier.sheet.office.close(5)
    assert not carrier.sheet.office.is_waiting


def test_several_addresses_are_shown_the_likeliest_large(carrier):
    carrier.sheet.colleagues.show_addresses(("192.168.0.12", "10.0.0.3"))

    assert carrier.sheet.colleagues.address.text() == "192.168.0.12"
    assert "10.0.0.3" in carrier.sheet.colleagues.others.text()
    carrier.sheet.colleagues.show_addresses(())
    assert "USB stick" in carrier.sheet.colleagues.others.text()
