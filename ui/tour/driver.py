"""Hands and eyes: types, clicks and waits as a person does, and says what was seen."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ui.tasks import Tasks
from ui.tour.camera import Camera

if TYPE_CHECKING:
    from ui.tasks import Work

T = TypeVar("T")

_PATIENCE = 60.0  # seconds


class NotSeen(Exception):
    """What should have happened did not."""


class Driver:
    """Drives the windows of one program. Nothing here knows what a note is."""

    def __init__(
        self,
        app: QApplication,
        camera: Camera,
        say: Callable[[str], object],
        patience: float = _PATIENCE,
    ) -> None:
        """Take pictures with `camera`; tell what was verified through `say`."""
        self._app, self._camera, self._say = app, camera, say
        self._patience = patience
        self.held = 0

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Let the program work until something holds; raise `NotSeen` when it never does."""
        end = monotonic() + self._patience
        while not holds():
            if monotonic() > end:
                raise NotSeen(what)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            sleep(0.002)

    def click(self, widget: QWidget) -> None:
        """Press and release the left button in the middle of what can be seen and used."""
        name = widget.objectName() or widget.accessibleName()
        self.until(lambda: widget.isVisible() and widget.isEnabled(), f"{name} can be clicked")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_row(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Click one row of a list."""
        view.scrollTo(index)
        middle = view.visualRect(index).center()
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle
        )

    def write(self, widget: QWidget, words: str) -> None:
        """Compose words the way a Korean keyboard does: a syllable stays open, then commits."""
        widget.setFocus()
        for number, line in enumerate(words.split("\n")):
            if number:
                QTest.keyClick(widget, Qt.Key.Key_Return)
            QCoreApplication.sendEvent(widget, QInputMethodEvent(line[-1:], []))
            done = QInputMethodEvent()
            done.setCommitString(line)
            QCoreApplication.sendEvent(widget, done)

    def press(self, widget: QWidget, key: Qt.Key, *, control: bool = False) -> None:
        """Press a key, with Ctrl if wanted. Shortcuts work only in the active window."""
        widget.window().activateWindow()
        self.until(widget.isActiveWindow, "the window is active")
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(widget, key, held)

    def ask(self, tasks: Tasks, question: "Work[T]") -> T:
        """Ask the vault, on its own thread, and wait for the answer."""
        answers: list[T] = []
        tasks.run(question, answers.append)
        self.until(lambda: answers, "the vault answers")
        return answers[0]

    def picture(self, widget: QWidget, name: str) -> None:
        """Take a picture in both themes."""
        self._app.processEvents()
        self._camera.take(widget, name)

    def verified(self, what: str) -> None:
        """Say that a step held."""
        self.held += 1
        self._say(f"✓ {what}")
