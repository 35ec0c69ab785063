"""Looks that a full disk could not take are said beside the note and kept at the lock."""

from pathlib import Path

from small_disk_for_tests import LINUX, on_a_small_disk


@LINUX
def test_at_the_lock_they_fit_onto_a_full_disk_after_the_words(tmp_path):
    told = on_a_small_disk(tmp_path / "disk", Path(__file__).with_name("child_full_lock.py"))

    assert told == {"owed": 1, "words": True, "looks": 1}


def test_opening_somebody_asks_what_is_owed(open_note, qtbot):
    window, owed = open_note.program.desk.window, open_note.program.desk.window.pages.note.owed
    assert not owed.isVisible()

    def full(vault):
        vault.session.disk_failed()

    window.tasks.run(full, lambda _: None)
    window.open_file(*open_note.ids)

    qtbot.waitUntil(owed.isVisible)
