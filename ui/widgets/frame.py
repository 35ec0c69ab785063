"""The one window of the program: a band when this is practice, and one page below it."""

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.widgets.labels import text


class Band(QFrame):
    """Stripes that cannot be mistaken for the real thing; the sheet draws them."""

    def __init__(self, words: str) -> None:
        """Say `words` between stripes."""
        super().__init__()
        if words:  # for stripes that nobody sees Qt would load its picture plugins
            self.setProperty("band", "true")
        self.setFixedHeight(28)
        self._label = text("", "caption", "lamp", "semibold")
        self._label.setProperty("band", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self._label)
        row.addStretch()
        self.say(words)

    def say(self, words: str) -> None:
        """Change the words."""
        self._label.setText(words)
        self.setAccessibleName(words)


class Frame(QFrame):
    """Shows one page at a time; Ctrl+Shift+H shows nothing at all until pressed again."""

    painted = Signal()
    hidden = Signal(bool)

    def __init__(self, title: str, band: str) -> None:
        """Be called `title`, with nobody's name in it; `band` may be empty."""
        super().__init__()
        self._title = title
        self._is_painted = False
        self.setWindowTitle(title)
        self.setWindowIcon(style.icon("logo"))
        self.setProperty("ground", "bg")
        self.setMinimumSize(style.LEAST)
        self.band = Band(band)
        self._covered: tuple[QWidget, ...] = ()
        self._before: QWidget | None = None
        self._is_hidden = False
        self.pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self.pages, 1)
        self.band.setVisible(bool(band))

    def rename(self, title: str, band: str) -> None:
        """Say the same in another language."""
        self._title = title
        if not self._is_hidden:
            self.setWindowTitle(title)
        self.band.say(band)

    def appear(self, screen: QSize) -> None:
        """Show the window at its usual size, or filling a screen that is smaller."""
        self.resize(style.USUAL)
        if style.fills(screen):
            self.showMaximized()
        else:
            self.show()

    def show_page(self, page: QWidget) -> None:
        """Put `page` in front; pages live until the process is replaced."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def is_hidden(self) -> bool:
        """Tell whether a neutral window is shown instead of what is open."""
        return self._is_hidden

    @Slot()
    def toggle_hidden(self) -> None:
        """Show a neutral empty window, or what was open before."""
        QGuiApplication.inputMethod().commit()
        self._is_hidden = not self._is_hidden
        if self._is_hidden:
            self.cover()
        else:
            self._uncover()
        self.hidden.emit(self._is_hidden)

    @Slot()
    def cover(self) -> None:
        """Take everything off the screen, lists and dialogs over the window too, at once."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.hide()
        for other in QApplication.topLevelWidgets():
            if other is not self and not other.isHidden():
                other.hide()
        shown = [child for child in self.children() if isinstance(child, QWidget)]
        self._before = self.focusWidget()
        self.setFocus()  # a widget that is hidden would still get what is typed
        self._covered += tuple(child for child in shown if not child.isHidden())
        for child in self._covered:
            child.hide()
        self.setWindowTitle(" ")
        self.setWindowIcon(QIcon())
        self.repaint()  # not when the loop comes to it: before anything else happens

    def _uncover(self) -> None:
        covered, self._covered = self._covered, ()
        for child in covered:
            child.show()
        self.setWindowTitle(self._title)
        self.setWindowIcon(style.icon("logo"))
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the first picture is on the screen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        self.painted.emit()
        # Not before: the first key that is named makes Python enums of all standard keys.
        QShortcut("Ctrl+Shift+H", self, self.toggle_hidden).setAutoRepeat(False)
