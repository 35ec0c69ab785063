"""A laptop without a line is asked, too, before what came takes much away; and can say yes."""

import pytest
from carry_for_tests import Laptop
from desk_for_tests import WORDS, AgencyDesk
from network_of_one import Town
from office_for_tests import Carrier
from PySide6.QtWidgets import QFileDialog
from vaults_for_tests import a_vault

from desktop.errors import DiskFull
from desktop.services import carrying, enrolment, sticks
from desktop.vault import inbox


class Shelter:
    """Its desk has no line, and holds six referrals, of which five were called off."""

    def __init__(self, folder):
        self.town = Town(folder / "town", a_vault(folder / "centre"))
        self.desk = AgencyDesk(self.town, a_vault(folder / "desk"))
        self.carrier = Carrier(self.town, folder / "kept", self.town.hub.let_in(self.town.shelter))
        self.refs = [self.sends() for _ in range(6)]
        self.desk.round()
        self.desk.round()
        self.desk.line.is_cut = True
        for ref in self.refs[:5]:
            self.calls_off(ref)

    def sends(self):
        tracking = self.town.agreed_and_released(words=WORDS)[1]
        self.town.round()
        return str(tracking.referral.id)

    def calls_off(self, ref):
        centre = self.town.centre
        assert self.town.hub.outcomes(centre, centre.cancel(ref)) == ["accepted"]

    def here(self):
        with self.desk.vault.reading() as db:
            return inbox.held(db)

    def close(self):
        self.carrier.vault.close()
        self.desk.vault.close()
        self.town.close()
        self.town.vault.close()


@pytest.fixture
def shelter(tmp_path, monkeypatch):
    shelter = Shelter(tmp_path)
    monkeypatch.setattr(enrolment, "hub", lambda vault: shelter.carrier)
    yield shelter
    shelter.close()


@pytest.fixture
def stick(tmp_path, monkeypatch):
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(place))
    return place


@pytest.fixture
def away(qtbot, shelter):
    laptop = Laptop(qtbot, shelter.town, shelter.desk.vault)
    yield laptop
    laptop.close()


@pytest.fixture
def kept(qtbot, shelter):
    laptop = Laptop(qtbot, shelter.town, shelter.carrier.vault)
    yield laptop
    laptop.close()


def by_stick(shelter, away, kept):
    away.press(away.sheet.here.stick_button)
    kept.press(kept.sheet.colleagues.stick_button)
    away.press(away.sheet.here.back_button)


def agree(away):
    asked = away.sheet.asked
    away.press(asked.go_button)
    away.press(asked.sure_button)


def test_what_came_by_stick_is_asked_about_where_it_can_be_answered(shelter, away, kept, stick):
    by_stick(shelter, away, kept)

    asked, said = away.sheet.asked, away.said("waits for your answer below")
    assert asked.isVisible()
    assert "5 received referrals" in asked.notice.label.text()
    assert "once more" not in said  # it would come back just the same
    assert "Press to see" not in said  # there is nothing to press but what is below
    assert (shelter.here(), len(list(stick.iterdir()))) == (6, 2)

    agree(away)

    away.said("5 pieces of news came")
    assert (shelter.here(), asked.isVisible()) == (1, False)
    assert list(stick.iterdir()) == []
    assert away.changes == [1, 1]


def test_what_came_over_the_office_line_is_asked_about_there(shelter, away, kept):
    port = kept.wait_in_the_office()
    away.send(port)
    away.said("waits for your answer below")
    assert shelter.here() == 6

    agree(away)

    away.said("5 pieces of news came")
    assert shelter.here() == 1
    shelter.sends()
    away.send(port)  # the mailbox goes on
    away.said("1 piece of news came")
    assert shelter.here() == 2


def test_the_question_can_wait_and_is_there_when_the_sheet_is_opened_again(
    shelter, away, kept, stick
):
    by_stick(shelter, away, kept)
    away.press(away.sheet.asked.go_button)
    away.press(away.sheet.asked.keep_button)
    away.sheet.leave()
    for file in stick.iterdir():
        file.unlink()  # the stick went on to somebody else

    away.sheet.begin()
    assert away.sheet.asked.isVisible()
    agree(away)

    away.said("5 pieces of news came")
    assert shelter.here() == 1


def test_a_newer_answer_asks_for_all_of_it(shelter, away, kept, stick):
    by_stick(shelter, away, kept)
    shelter.calls_off(shelter.refs[5])
    by_stick(shelter, away, kept)
    assert "6 received referrals" in away.sheet.asked.notice.label.text()

    agree(away)

    assert shelter.here() == 0
    assert list(stick.iterdir()) == []


def test_a_yes_that_cannot_be_kept_is_asked_for_again(shelter, away, kept, stick, monkeypatch):
    by_stick(shelter, away, kept)
    with monkeypatch.context() as full:

        def refuse(*_given, **_more):
            raise DiskFull

        full.setattr(carrying, "unpack", refuse)
        agree(away)
    assert away.sheet.asked.isVisible()

    agree(away)

    assert shelter.here() == 1


def test_only_what_was_taken_in_goes_from_the_stick(shelter, tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    for name in ("bammajung-1120-2310", "bammajung-1120-2311"):
        for ending in (sticks.OUT, sticks.BACK):
            (place / f"{name}{ending}").write_bytes(name.encode())

    sticks.tidy(place, (b"bammajung-1120-2310",))
    sticks.tidy(tmp_path / "gone", (b"bammajung-1120-2311",))

    assert {file.stem for file in place.iterdir()} == {"bammajung-1120-2311"}


def test_less_than_would_go_is_not_agreed_to(shelter):
    desk, town = shelter.desk, shelter.town
    packed = carrying.pack(desk.vault, desk.moment(), town.hub.chance)
    back = shelter.carrier.forward(packed.bundle).bundle

    asked = carrying.unpack(desk.vault, back, town.now, may_remove=4)

    assert (asked.round.problem, asked.bundle, shelter.here()) == ("5", back, 6)
    done = carrying.unpack(desk.vault, back, town.now, may_remove=5)
    assert (done.round.came, done.bundle, shelter.here()) == (5, b"", 1)
