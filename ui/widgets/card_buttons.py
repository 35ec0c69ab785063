"""The buttons of the cards in a list: real ones for one card, and a picture for the others."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPixmap, QRegion
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.buttons import Button

_CLOSE = 5
Buttons = tuple[Button, ...]


class CardButtons:
    """A card has them at a place, and they say what they are about."""

    def __init__(self, make: Callable[[], Buttons], ground: QWidget) -> None:
        """Be hidden on `ground`; `make` makes them, each with a name."""
        self.all = make()
        self._bar = _in_a_row(self.all)
        self._bar.setParent(ground)
        # Never shown, and within nothing that is: it only stands for its picture.
        self._twin = _in_a_row(make())

    def size(self) -> QSize:
        """Return how much room they need, in the sheet and the words of now."""
        return self._bar.sizeHint()

    def have_focus(self) -> bool:
        """Tell whether the keyboard is on one of them."""
        return any(button.hasFocus() for button in self.all)

    def show_at(self, place: QPoint, about: str) -> None:
        """Be real there, about this."""
        self._bar.resize(self.size())
        self._bar.move(place)
        self._bar.show()
        for button in self.all:
            button.setAccessibleName(f"{about}: {button.text()}")

    def hide(self) -> None:
        """Be on no card."""
        self._bar.hide()

    def times(self) -> float:
        """Return the dots of a pixel, one way."""
        return self._bar.devicePixelRatio()

    def picture(self) -> QPixmap:
        """Return how they look at rest."""
        times = self.times()
        self._twin.resize(self.size())
        picture = QPixmap(self._twin.size() * times)
        picture.setDevicePixelRatio(times)
        picture.fill(Qt.GlobalColor.transparent)
        self._twin.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        return picture


def _in_a_row(buttons: Buttons) -> QWidget:
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_CLOSE)
    for button in buttons:
        row.addWidget(button)
    bar.hide()
    return bar
