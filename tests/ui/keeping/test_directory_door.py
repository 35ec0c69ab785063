"""The directory is one key away, also from a field that is being written in."""

from PySide6.QtCore import Qt


def test_f9_opens_the_directory_from_a_line_of_text(qtbot, room):
    line = room.window.rail.form.place.edit
    line.setFocus()

    qtbot.keyClick(line, Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: room.keeper.agencies.isVisible())
    assert room.keeper.agencies.accessibleName()
