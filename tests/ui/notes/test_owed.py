"""Looks that a full disk could not take are said quietly, until they are written down."""

import pytest
from builders import a_moment
from full_disk_for_tests import a_full_disk

from desktop.services import looks, youths


@pytest.fixture
def haneul(qtbot, night):
    return night.meet(qtbot, "하늘")


def opened(qtbot, night, page, file, hours):
    """Open the file so many hours later; within ten minutes it would be the same look."""
    moment = a_moment(minutes=60 * hours)
    ids = file.youth.id, file.meeting.id
    page.show_file(night.ask(qtbot, lambda vault: youths.open_file(vault, *ids, moment)))
    page.owed.ask()
    qtbot.waitUntil(night.is_idle)


def written(qtbot, night, file):
    return len(night.ask(qtbot, lambda vault: looks.of(vault, file.youth.id)))


def test_nothing_is_said_while_the_disk_takes_every_look(qtbot, night, page, haneul):
    opened(qtbot, night, page, haneul, hours=1)

    assert not page.owed.isVisible()


def test_on_a_full_disk_the_note_is_shown_and_says_what_waits(
    qtbot, night, page, haneul, tmp_path
):
    with a_full_disk(tmp_path / "vault"):
        opened(qtbot, night, page, haneul, hours=1)

    assert page.header.alias.text() == "하늘"
    assert page.owed.isVisible()
    assert "1 look waits for room on the disk. Free some space" in page.owed.label.text()


def test_with_room_again_the_next_save_writes_them_down(qtbot, night, page, haneul, tmp_path):
    before = written(qtbot, night, haneul)
    with a_full_disk(tmp_path / "vault"):
        opened(qtbot, night, page, haneul, hours=1)

    page.editor.insertPlainText("코코아")
    page.save_now()
    qtbot.waitUntil(lambda: page.is_saved() and night.is_idle())

    assert not page.owed.isVisible()
    assert written(qtbot, night, haneul) == before + 1


def test_with_room_again_the_next_look_writes_them_down(qtbot, night, page, haneul, tmp_path):
    before = written(qtbot, night, haneul)
    with a_full_disk(tmp_path / "vault"):
        opened(qtbot, night, page, haneul, hours=1)

    opened(qtbot, night, page, haneul, hours=2)

    assert not page.owed.isVisible()
    assert written(qtbot, night, haneul) == before + 2


def test_while_the_disk_stays_full_they_go_on_waiting(qtbot, night, page, haneul, tmp_path):
    with a_full_disk(tmp_path / "vault"), qtbot.assertNotEmitted(night.failed):
        opened(qtbot, night, page, haneul, hours=1)
        page.owed.settle()
        qtbot.waitUntil(night.is_idle)

    assert page.owed.isVisible()
