"""After a new code it is said how long the old paper is needed, and what it still opens."""

import pytest
from lost_laptop_for_tests import an_office, back_up, write
from organisation_for_tests import moment
from vaults_for_tests import PASSPHRASE

from desktop.services import office_backups
from ui.tasks import Tasks


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path) as office:
        office.vault = office.counselor("laptop")
        write(office.vault, "하늘", "골목에서 만남")
        back_up(office.vault)
        office.decide(is_on=True)
        yield office
        office.vault.close()


@pytest.fixture
def tasks(qtbot, office):
    tasks = Tasks(office.vault.sibling, moment)
    yield tasks
    tasks.close(5)


@pytest.fixture
def renewed(sheet, qtbot):
    """Return what is said once a new code is on paper."""

    def said():
        sheet.list.buttons["code"].click()
        task = sheet.task
        task.passphrase.edit.setText(PASSPHRASE)
        task.act_button.click()
        qtbot.waitUntil(lambda: task.paper is not None, timeout=20_000)
        for field, number in zip(task.paper.fields, task.paper.asked, strict=True):
            field.edit.setText(task.paper.groups[number])
        task.paper.done_button.click()
        qtbot.waitUntil(lambda: sheet.task is None)
        return sheet.list.notice.label.text()

    return said


def test_where_nothing_lies_at_the_hub_it_is_needed_until_the_stick_is_copied_anew(renewed):
    said = renewed()

    assert "copy anew before you destroy the old paper" in said
    assert "hub" not in said


def test_where_a_backup_lies_at_the_hub_it_is_kept_until_the_newest_is_there(renewed, office):
    office.leave(office.vault)
    assert not office_backups.standing(office.vault).is_due

    said = renewed()

    assert "Keep the old paper until the newest backup is at the hub" in said
    assert office_backups.standing(office.vault).is_due
