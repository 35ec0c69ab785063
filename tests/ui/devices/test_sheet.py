"""An admin compares six words, lets a device in, shuts one out, and renews the key."""

import secrets
import uuid
from dataclasses import replace

import pytest
from organisation_for_tests import a_new_org, moment
from PySide6.QtWidgets import QWidget
from vaults_for_tests import by_key

from desktop.domain.moment import Moment
from desktop.services import enrolment
from desktop.services.devices import Standing
from desktop.services.enrolment import EnrolmentState
from desktop.services.exchange import HubState
from i18n import formats
from sync.protocol.words import device_words
from ui.devices.row import short_words
from ui.devices.sheet import DevicesSheet
from ui.leaving import Leaving
from ui.tasks import Tasks


@pytest.fixture(scope="module")
def org(tmp_path_factory):
    with a_new_org(tmp_path_factory.mktemp("org")) as made:
        made.admin().close()
        yield made


@pytest.fixture
def newcomer(org):
    vault, again = org.laptop(f"laptop-{uuid.uuid4()}", "counselor")
    assert again() is EnrolmentState.PENDING
    yield vault, again
    vault.close()


@pytest.fixture
def sheet(org, newcomer, qtbot):
    tasks = Tasks(lambda: by_key(org.place / "admin"), lambda: Moment(moment().now, uuid.uuid4()))
    leaving = Leaving(moment)
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    sheet = DevicesSheet(tasks, secrets.token_bytes, leaving, window)
    sheet.begin()
    qtbot.waitUntil(lambda: bool(sheet.waiting), timeout=20_000)
    yield sheet
    tasks.close(5)
    leaving.close(5)


def own_row(sheet, vault):
    words = enrolment.words(vault)
    return next(row for row in sheet.waiting if row.device.words == words)


def settled(sheet, qtbot, vault):
    words = enrolment.words(vault)
    qtbot.waitUntil(
        lambda: all(row.device.words != words for row in sheet.waiting), timeout=20_000
    )


def test_a_device_is_let_in_after_its_words_were_compared(sheet, newcomer, qtbot, org):
    vault, again = newcomer
    row = own_row(sheet, vault)
    shown = tuple(label.text() for label in row.words.labels)
    assert shown in (enrolment.words(vault).ko, enrolment.words(vault).en)
    assert not row.approve_button.isVisible()

    row.first_button.click()
    assert again() is EnrolmentState.PENDING
    row.approve_button.click()
    settled(sheet, qtbot, vault)

    assert again() is EnrolmentState.ENROLLED
    assert org.round(vault).state is HubState.REACHED


def test_a_device_is_turned_away_in_two_steps(sheet, newcomer, qtbot):
    vault, _ = newcomer
    row = own_row(sheet, vault)

    row.refuse_button.click()
    assert sheet.asking.isVisible()
    assert short_words(row.device) in sheet.asking.title.text()
    assert sheet.focusWidget() is sheet.asking.keep_button
    sheet.asking.keep_button.click()
    assert not sheet.asking.isVisible()
    assert own_row(sheet, vault) is row

    row.refuse_button.click()
    sheet.asking.sure_button.click()
    assert "Asking the hub" in sheet.asking.words.text()
    assert not sheet.asking.keep_button.isVisible()  # it is under way
    settled(sheet, qtbot, vault)
    assert not sheet.asking.isVisible()


def test_who_leaves_is_shut_out_in_two_steps_and_not_the_device_one_sits_at(
    sheet, newcomer, qtbot, org
):
    vault, again = newcomer
    row = own_row(sheet, vault)
    row.first_button.click()
    row.approve_button.click()
    settled(sheet, qtbot, vault)
    again()

    words = enrolment.words(vault)
    inside = next(row for row in sheet.rows if row.device.words == words)
    mine = next(row for row in sheet.rows if row.device.is_this)
    assert not mine.remove_button.isVisible()
    inside.remove_button.click()
    sheet.asking.sure_button.click()
    qtbot.waitUntil(
        lambda: any(
            row.device.words == words and row.device.standing is Standing.REVOKED
            for row in sheet.rows
        ),
        timeout=20_000,
    )

    outside = next(row for row in sheet.rows if row.device.words == words)
    assert outside.remove_button.isHidden()
    assert org.round(vault).state is HubState.REFUSED


def test_of_six_laptops_the_question_says_which_one_is_shut_out(sheet, newcomer):
    vault, _ = newcomer
    mine = own_row(sheet, vault).device
    decided = moment().now
    lost, kept = (
        replace(
            mine, id=str(seed), standing=Standing.ENROLLED, decided_at=decided,
            words=device_words(bytes([seed]) * 32, bytes([seed]) * 32),
        )
        for seed in (1, 2)
    )  # fmt: skip
    sheet.show_devices((lost, kept, mine))

    sheet.rows[0].remove_button.click()

    assert sheet.asking.title.text() == f"Shut out “Counselor · {short_words(lost)}”?"
    assert sheet.asking.accessibleName() == sheet.asking.title.text()
    assert f"In since {formats.short_day(decided)}." in sheet.asking.words.text()
    names = [row.remove_button.accessibleName() for row in sheet.rows]
    assert names == [f"Counselor · {short_words(each)}: Shut out" for each in (lost, kept)]
    assert short_words(lost) in sheet.rows[0].accessibleName()
    (waits,) = sheet.waiting
    for button in (waits.approve_button, waits.refuse_button):
        assert short_words(mine) in button.accessibleName()


def test_a_new_key_is_made_in_two_steps(sheet, qtbot, org):
    sheet.key_button.click()
    assert sheet.asking.isVisible()
    sheet.asking.sure_button.click()
    qtbot.waitUntil(lambda: not sheet.asking.isVisible(), timeout=20_000)

    from sync.protocol.codec import read_json
    from sync.protocol.directory import OrgKeysClaim
    from sync.server import office

    (asked,) = office.proposals(org.hub)
    keys = read_json(OrgKeysClaim, asked.keys.claim).sealing_keys
    assert [key.is_retired for key in keys[-2:]] == [True, False]


def test_a_hub_that_is_away_is_said_with_a_next_step(sheet, qtbot, org):
    org.process.stop()

    sheet.begin()
    qtbot.waitUntil(
        lambda: sheet.notice.isVisible() and sheet.notice.property("notice") == "danger",
        timeout=20_000,
    )

    org.process.start()
