"""A panel over the window, used for dialogs. It blocks nothing but what lies under it."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import style
from ui.widgets.beneath import Beneath
from ui.widgets.buttons import icon_button
from ui.widgets.labels import text
from ui.widgets.scrolled import Scrolled

_GAP, _EDGES, _BESIDE = 12, 42, 48


class Sheet(QWidget):
    """Put widgets into `body` and buttons into `foot`; `open()` shows it over its window."""

    closed = Signal()
    _grown = Signal()

    def __init__(self, window: QWidget, title: str, close_name: str, width: int = 560) -> None:
        """Be ready over `window`, hidden; `close_name` is the word for closing."""
        super().__init__(window)
        self.setAccessibleName(title)
        self._window = window
        self._before: QWidget | None = None
        self.panel = QFrame()
        self.panel.setProperty("sheet", "true")
        self._beneath, self._drawn = Beneath(self), QRect()
        self._width = width
        self.title = text(title, "title")
        self.close_button = icon_button("x", close_name, self.leave)
        self.close_button.setObjectName("sheet-close")
        self._scroll = Scrolled()
        self.body, self._above = self._scroll.body, QVBoxLayout()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self._lay_out_panel()
        self.hide()
        # Queued: what was just added has a size only once it has been laid out.
        self._grown.connect(self._fit_all, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)

    def _lay_out_panel(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.close_button)
        self._head = head
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(24, 18, 18, 20)
        column.setSpacing(_GAP)
        column.addLayout(head)
        column.addLayout(self._above)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 32, 24, 32)
        outer.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignCenter)

    def keep_in_sight(self, part: QWidget) -> None:
        """Let a notice stand above the body, however far that is scrolled."""
        self._above.setContentsMargins(2, 0, 8, 0)  # as wide as what is in the body
        self._above.addWidget(part)

    def open(self, first: QWidget | None = None) -> None:
        """Show the panel with the keyboard in `first`."""
        self._before = self._before if self.isVisible() else self._window.focusWidget()
        self._lie_over()
        self._fit()
        self.show()
        self.raise_()
        self._fit()
        (first or self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lie_over(self) -> None:
        if self.isVisible():
            return
        self._scroll.verticalScrollBar().setValue(0)
        if self._before is not None and self._before is not self._window:
            self._before.clearFocus()  # its ring would stay under this
        self._beneath.take(self._window)

    @Slot()
    def fit(self) -> None:
        """Be as high as what is shown now: after parts were shown, hidden or added."""
        self._fit_all()
        if self.panel.geometry() == self._drawn:
            self._beneath.keep()
        self._grown.emit()

    @Slot()
    def _fit_all(self) -> None:
        if self.isVisible():
            for _ in range(2):  # labels break their lines only once they know their width
                self.body.activate()
                before = self.panel.height()
                self._fit()
                if self.panel.height() == before:
                    return  # measuring a long list is not cheap

    def reveal(self, part: QWidget, area: QRect) -> None:
        """Scroll so that this area of a part is seen."""
        self._scroll.reveal(part, area)

    def may_close(self) -> bool:
        """Tell whether closing now loses no words; a sheet that keeps words says otherwise."""
        return True

    @Slot()
    def leave(self) -> None:
        """Close if nothing is lost by it, and give the keyboard back."""
        if not self.may_close():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks beside the panel from what lies under it."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies under."""
        painter = QPainter(self)
        self._beneath.draw(painter, event.rect())
        painter.end()
        self._drawn = self.panel.geometry()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the panel while it is open."""
        before = self._window.focusWidget()
        for _ in range(200):
            moved = super().focusNextPrevChild(forward)
            now = self._window.focusWidget()
            if not moved or self.isAncestorOf(now) or now is before:
                return moved
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._beneath.forget()
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self.panel.setFixedWidth(min(style.scaled(self._width), self.width() - _BESIDE))
        wanted = self._scroll.wanted(self.panel.width() - 54)
        foot = self.foot.sizeHint().height() + _GAP if self.foot.count() else 0
        wanted += _high(self._above, self.panel.width() - _EDGES)
        wanted += self._head.sizeHint().height() + _GAP + foot + _EDGES
        self.panel.setFixedHeight(min(wanted, self.height() - 64))
        if self.panel.geometry() != self._drawn:
            self._beneath.let_go()


def _high(above: QVBoxLayout, width: int) -> int:
    return above.heightForWidth(width) + _GAP if above.count() else 0
