"""A list of cards with buttons: as high as its cards are many, and scrolled by what holds it.

Only one card has real buttons: the one under the mouse, or else the chosen one. Tab leads to them;
the others show a picture of the same.
"""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QListView, QSizePolicy

from ui import style
from ui.widgets.buttons import Button
from ui.widgets.card_buttons import Buttons, CardButtons
from ui.widgets.card_drawing import GAP, CardDelegate
from ui.widgets.card_heights import CardHeights
from ui.widgets.card_rows import CardModel, CardRow
from ui.widgets.headed import Index

_LEAST, _SEEN = 200, QListView.ScrollHint.EnsureVisible


class CardList(QListView):
    """Enter, or two presses, on a card do what its first button does."""

    acted = Signal(object, str)
    """What the card is about, and the name of the button."""
    reached = Signal(QRect)
    """Where the card is that was chosen."""

    def __init__(self, name: str, make: Callable[[], Buttons], *, are_below: bool = False) -> None:
        """Show nothing; `make` makes the buttons of a card, each with a name."""
        super().__init__()
        self.rows, self._delegate = CardModel(), CardDelegate(are_below=are_below)
        self._pressed = QPoint()
        self._buttons = CardButtons(make, self.viewport())
        self._heights = CardHeights(self.rows, self._delegate, self._buttons)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        _plain(self)
        for button in self.buttons:
            button.clicked.connect(partial(self._on_button, button.objectName()))
        self.activated.connect(self._on_activated)
        self.entered.connect(self._on_entered)

    @property
    def buttons(self) -> Buttons:
        """The real ones, on the card that has them."""
        return self._buttons.all

    @property
    def cards(self) -> tuple[CardRow, ...]:
        """The cards that are shown, without heads."""
        return tuple(row for row in self.rows.rows if not row.is_head)

    def show_cards(self, rows: Iterable[CardRow]) -> None:
        """Show these alone, with the first one chosen; hidden where there is none."""
        self._heights.clear()
        self.rows.show(rows)
        self.setVisible(bool(self.rows.rows))
        self.choose(0)
        self.updateGeometry()

    def add_cards(self, rows: Iterable[CardRow]) -> None:
        """Show these below the others."""
        self.rows.add(rows)
        self.updateGeometry()

    def choose(self, number: int) -> None:
        """Choose a card by its number, heads not counted."""
        at = [row for row, each in enumerate(self.rows.rows) if not each.is_head]
        if number < len(at):
            self.setCurrentIndex(self.rows.index(at[number]))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all cards."""
        # In the least width it is only asked for, and never shown: breaking every line is dear.
        high = self._heights.least() if width <= _LEAST else sum(self._heights.within(width))
        return max(0, high - GAP)

    def sizeHint(self) -> QSize:
        """Be as wide as there is room; `heightForWidth` says how high."""
        return QSize(_LEAST, 0)

    def minimumSizeHint(self) -> QSize:
        """Be no less."""
        return self.sizeHint()

    def scrollTo(self, index: Index, _: QListView.ScrollHint = _SEEN) -> None:
        """Say where it is: what holds the list scrolls."""
        if index.isValid() and self.hasFocus():
            self.reached.emit(self._place(index.row()))

    def doItemsLayout(self) -> None:
        """Lay out as high as the cards are in this width."""
        self._delegate.highs = self._heights.within(self.viewport().width())
        super().doItemsLayout()

    def updateGeometries(self) -> None:
        """Keep the buttons on their card, and nothing to scroll."""
        super().updateGeometries()
        self.verticalScrollBar().setRange(0, 0)
        self._hold(self._delegate.held)

    def currentChanged(self, now: Index, before: Index) -> None:
        """Have the buttons on the chosen card."""
        super().currentChanged(now, before)
        self._hold(now.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what holds the list."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press a button that was a picture until now: a finger does not hover."""
        super().mouseReleaseEvent(event)
        button = self.viewport().childAt(event.position().toPoint())
        if isinstance(button, Button) and button is self.viewport().childAt(self._pressed):
            button.click()

    def viewportEvent(self, event: QEvent) -> bool:
        """Give the buttons back to the chosen card when the mouse leaves."""
        if event.type() == QEvent.Type.Leave and not self._buttons.have_focus():
            self._hold(self.currentIndex().row())
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw in the dress of now."""
        self._heights.draw_buttons()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), style.current().color("surface"))
        painter.end()
        super().paintEvent(event)

    def _on_entered(self, index: QModelIndex) -> None:
        if not self._buttons.have_focus() and not self.rows.rows[index.row()].is_head:
            self._hold(index.row())

    def _on_activated(self, index: QModelIndex) -> None:
        self.acted.emit(self.rows.rows[index.row()].about, self.buttons[0].objectName())

    def _on_button(self, name: str, _: bool = False) -> None:
        self.acted.emit(self.rows.rows[self._delegate.held].about, name)

    def _hold(self, row: int) -> None:
        rows, before = self.rows.rows, self._delegate.held
        is_card = 0 <= row < len(rows) and not rows[row].is_head
        self._delegate.held = row if is_card else -1
        if is_card:
            self._buttons.show_at(self._delegate.place(self._place(row)), rows[row].name)
        else:
            self._buttons.hide()
        for each in {before, row} - {-1} if before != row else ():
            self.update(self.rows.index(each))

    def _place(self, row: int) -> QRect:
        return self._heights.place(row, self.viewport().width())


def _plain(view: QListView) -> None:
    view.setProperty("cards", "true")  # the card shows the focus
    # Drawn on a ground of its own, as a sheet's: nothing below is drawn with it.
    for each in (view, view.viewport()):
        each.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    view.setSizePolicy(policy)
