"""A laptop that was shut out joins again through the window, and what waited goes."""

import secrets

import pytest
from lost_laptop_for_tests import an_office
from organisation_for_tests import moment

from desktop.services import enrolment, rejoining
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState, Round
from desktop.settings import Settings
from sync.server import office as hub_office
from ui.tasks import Tasks
from ui.window.desk import Desk


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with an_office(tmp_path_factory.mktemp("office")) as made:
        yield made
        made.boss.close()


class Laptop:
    """Its window and line."""

    def __init__(self, qtbot, vault):
        self.qtbot = qtbot
        self.tasks, self.line_tasks = Tasks(None, moment), Tasks(None, moment)
        self.desk = Desk(self.tasks, self.line_tasks, Settings(language="en"), secrets.token_bytes)
        qtbot.addWidget(self.desk.window)
        self.desk.window.resize(1366, 768)
        self.desk.window.show()
        self.states = []
        self.desk.line.round_done.connect(lambda done: self.states.append(done.state))
        self.tasks.open(vault.sibling)
        self.line_tasks.open(vault.sibling)
        self.desk.begin(None, ())
        self.until(lambda: bool(self.states))

    def until(self, is_so):
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def settings(self):
        self.desk.window.settings_wanted.emit()
        self.until(lambda: self.desk.window.settings.hub.isVisible())
        self.until(lambda: self.tasks.is_idle())
        return self.desk.window.settings.hub

    def close(self):
        self.desk.line.stop()
        self.desk.join._timer.stop()
        self.tasks.close(5)
        self.line_tasks.close(5)


@pytest.fixture
def shut_out(office, qtbot):
    """The window of a laptop that was let in and then shut out."""
    vault = office.counselor(f"laptop-{secrets.token_hex(4)}")
    office.shut_out(vault)
    laptop = Laptop(qtbot, vault)
    yield laptop, vault
    laptop.close()
    vault.close()


def asked_again(office, laptop, hub):
    invitation = Invitation(office.code("counselor"), hub_office.root(office.hub))
    laptop.until(lambda: hub.again_button.isVisible())
    hub.again_button.click()
    hub.again_wanted.emit(office.process.url, invitation)
    laptop.until(lambda: hub.own.isVisible() and hub.stay_button.isVisible())


def test_what_waits_for_a_signature_gets_it_after_the_round_that_said_so(shut_out, monkeypatch):
    laptop, _ = shut_out
    signed = []
    monkeypatch.setattr(rejoining, "sign_anew", lambda *_: signed.append(True))

    laptop.desk.line.round_done.emit(Round(HubState.REACHED, is_unsigned=True))

    laptop.until(lambda: bool(signed))


def test_it_says_where_to_join_again_and_is_in_once_its_words_were_compared(office, shut_out):
    laptop, vault = shut_out
    assert laptop.states[-1] is HubState.REFUSED
    assert "join again in Settings" in laptop.desk.window.status.pill.toolTip()
    before = enrolment.words(vault)
    hub = laptop.settings()

    asked_again(office, laptop, hub)

    words = rejoining.words(vault)
    assert words != before
    assert tuple(label.text() for label in hub.own.words.labels) == words.en
    office.let_in()
    laptop.until(lambda: laptop.states[-1] is HubState.REACHED)
    laptop.until(lambda: hub.again_button.isVisible())
    assert enrolment.words(vault) == words


def test_it_goes_on_asking_after_a_lock_and_can_be_given_up(office, shut_out, qtbot):
    laptop, vault = shut_out
    asked_again(office, laptop, laptop.settings())
    laptop.close()
    again = Laptop(qtbot, vault)
    again.until(lambda: again.desk.join._ask is not None)
    hub = again.settings()
    again.until(lambda: hub.stay_button.isVisible())
    assert enrolment.state(vault) is EnrolmentState.ENROLLED

    hub.stay_button.click()
    again.until(lambda: hub.again_button.isVisible())

    assert rejoining.begun(vault) is None
    again.close()
