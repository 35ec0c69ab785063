"""What is copied here is marked as secret and taken back, if it is still ours."""

import pytest
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QTextEdit

from ui.locking.clipboard import Clipboard, marks

WORDS = "하늘이 한 말"


class Board(QObject):
    """A system's clipboard. Qt's own, without a screen, never says that it is ours."""

    dataChanged = Signal()  # noqa: N815 - as Qt calls it

    def __init__(self):
        super().__init__()
        self.content, self.is_ours, self.times_cleared = QMimeData(), True, 0

    def setText(self, text):
        content = QMimeData()
        content.setText(text)
        self.setMimeData(content)

    def setMimeData(self, content):
        self.content, self.is_ours = content, True
        self.dataChanged.emit()

    def mimeData(self):
        return self.content

    def ownsClipboard(self):
        return self.is_ours

    def clear(self):
        self.times_cleared += 1
        self.setMimeData(QMimeData())

    def filled_elsewhere(self):
        self.content, self.is_ours = QMimeData(), False
        self.dataChanged.emit()


@pytest.fixture
def board(qapp):
    return Board()


@pytest.fixture
def watched(board):
    return Clipboard(board)


def by_note(board):
    editor = QTextEdit(WORDS)
    editor.selectAll()
    board.setMimeData(editor.createMimeDataFromSelection())


def by_program(board):
    board.setText(WORDS)


@pytest.mark.parametrize("copied", [by_note, by_program])
def test_what_is_copied_asks_clipboard_managers_to_keep_none_of_it(board, watched, copied):
    copied(board)

    content = board.mimeData()
    assert content.text() == WORDS
    assert {kind: content.data(kind).data() for kind in marks()} == marks()
    assert not content.hasHtml()


def test_after_half_a_minute_it_is_taken_back(board, watched):
    board.setText(WORDS)
    assert 28_000 < watched._timer.remainingTime() <= 32_000

    watched._timer.timeout.emit()

    assert board.content.text() == ""


def test_copying_again_begins_another_half_minute(board, watched):
    board.setText(WORDS)
    watched._timer.stop()

    board.setText(WORDS + "!")

    assert watched._timer.isActive()


def test_what_another_program_copied_since_is_left_alone(board, watched):
    board.setText(WORDS)

    board.filled_elsewhere()
    watched.clear()

    assert board.times_cleared == 0
    assert not watched._timer.isActive()


def test_each_system_is_told_in_its_own_way():
    assert marks("linux") == {"x-kde-passwordManagerHint": b"secret"}
    assert sum("windows-mime" in kind for kind in marks("win32")) == 3
    assert all(marks(system) for system in ("linux", "win32", "darwin"))
