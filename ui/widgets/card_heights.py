"""How high the cards of a list are: found once for each width, theme and size of words."""

from PySide6.QtCore import QRect

from ui import style
from ui.widgets.card_buttons import CardButtons
from ui.widgets.card_drawing import CardDelegate
from ui.widgets.card_rows import CardModel


class CardHeights:
    """Also lets the delegate draw the buttons in the dress of now."""

    def __init__(self, rows: CardModel, delegate: CardDelegate, buttons: CardButtons) -> None:
        """Measure these rows as this delegate draws them."""
        self._rows, self._delegate, self._buttons = rows, delegate, buttons
        self._found: dict[int, list[int]] = {}
        self._least: list[tuple[int, int]] = []
        self._dress: tuple[object, ...] = ()

    def clear(self) -> None:
        """Measure all anew: there are other rows."""
        self._found.clear()
        self._least.clear()

    def within(self, width: int) -> list[int]:
        """Return the height of each row; those that came since are measured."""
        least, found = self._unbroken(), self._found.setdefault(width, [])
        rows = self._rows.rows
        for row, (wide, high) in zip(rows[len(found) :], least[len(found) :], strict=True):
            # Nearly always there is room: breaking lines takes ten times as long.
            found.append(high if wide <= width else self._delegate.height(row, width))
        return found

    def least(self) -> int:
        """Return how high all rows are where there is room for every line."""
        return sum(high for _, high in self._unbroken())

    def place(self, row: int, width: int) -> QRect:
        """Return the room of a row, without laying out all of them first."""
        found = self.within(width)
        return QRect(0, sum(found[:row]), width, found[row])

    def _unbroken(self) -> list[tuple[int, int]]:
        self.dress_up()
        rows, least = self._rows.rows, self._least
        least += [self._delegate.least(row) for row in rows[len(least) :]]
        return least

    def dress_up(self) -> None:
        """Follow the theme, the screen, and the size of words."""
        size, times = self._buttons.size(), self._buttons.times()
        dress = (style.current().name, style.scaled(100), times, size)
        if dress != self._dress:
            self._dress = dress
            self.clear()
            self._delegate.buttons, self._delegate.picture = size, None

    def draw_buttons(self) -> None:
        """Have a picture of them, once, when they are about to be drawn."""
        self.dress_up()
        if self._delegate.picture is None:
            self._delegate.picture = self._buttons.picture()
