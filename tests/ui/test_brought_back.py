"""What a lost laptop left at the hub becomes a vault on a new one, through the window."""

import secrets

import pytest
from fakes import FakeKeychain
from lost_laptop_for_tests import an_office, back_up, now, texts_in, write
from PySide6.QtWidgets import QFileDialog, QLineEdit, QStackedWidget
from vaults_for_tests import code

from desktop.paths import Places
from desktop.services import enrolment, members
from ui.tasks import Worker
from ui.unlock.bring import Back
from ui.unlock.bringing import Bringing
from ui.unlock.gate import Gate

NEW = "비 그친 새벽 버스 정류장의 파란 의자"


@pytest.fixture(scope="module")
def stick(tmp_path_factory):
    """The only thing left of a laptop, once an admin shut it out and brought what it left."""
    with an_office(tmp_path_factory.mktemp("office")) as office:
        vault = office.counselor("lost")
        write(vault, "하늘", "골목에서 만남")
        back_up(vault)
        office.decide(is_on=True)
        office.leave(vault)
        with vault.reading() as db:
            lost = enrolment.current(db).device
        vault.close()
        office.shut_out_device(lost)
        (which,) = [each for each in office.lost(office.boss) if each.device == lost]
        place = tmp_path_factory.mktemp("stick")
        office.bring(office.boss, which, place)
        office.boss.close()
    return place


@pytest.fixture
def gate(tmp_path):
    """The way to a vault on a laptop that never had one."""
    worker, keyring = Worker("vault"), FakeKeychain()
    places = Places(tmp_path / "new laptop")
    yield Gate(
        worker, places, "practice", now, secrets.token_bytes, lambda: keyring, members.FLOOR
    )
    worker.wait(lambda: None, 5)


def test_the_code_alone_brings_its_notes_back_and_it_knows_its_organisation(
    gate, stick, qtbot, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    bringing = Bringing(gate)
    bringing.shown.connect(lambda page: pages.setCurrentIndex(pages.addWidget(page)))
    bringing.begin()
    bringing.choice.pick_button.click()
    qtbot.waitUntil(lambda: bool(bringing.choice.rows), timeout=20_000)

    bringing.choice.rows[0].click()
    assert bringing.key.secret.edit.echoMode() == QLineEdit.EchoMode.Normal
    bringing.key.secret.edit.setText(code())
    bringing.key.next_button.click()
    qtbot.waitUntil(lambda: bringing.choosing is not None, timeout=20_000)
    bringing.choosing.both.first.edit.setText(NEW)
    bringing.choosing.both.again.edit.setText(NEW)
    qtbot.waitUntil(bringing.choosing.next_button.isEnabled, timeout=20_000)
    bringing.choosing.next_button.click()
    qtbot.waitUntil(lambda: bringing.back is not None, timeout=20_000)

    assert bringing.back == Back(is_member=True, keyring_failed=False)
    vault = members.unlock(
        gate.vault(), NEW, world="practice", keychain=gate.keychain(), now=now()
    ).vault
    assert texts_in(vault) == {"골목에서 만남"}
    vault.close()
