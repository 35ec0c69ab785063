"""The left of the window: the night, or in its place another list, by a quiet switch above."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from i18n import tr
from ui.widgets.labels import Rule
from ui.widgets.segmented import Choice, Segmented
from ui.youths.rail import Rail

NIGHT, PROMISES = "night", "promises"


class Left(QWidget):
    """The switch is there only while there is something to switch to."""

    turned = Signal(str)

    def __init__(self, rail: Rail) -> None:
        """Show the night, without a switch."""
        super().__init__()
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = Segmented(
            tr("On the left"), (Choice(NIGHT, tr("Tonight")), Choice(PROMISES, tr("Promises")))
        )
        self.switch.setObjectName("left-switch")
        self.switch.choose(NIGHT)
        self._head, self._pages = QWidget(), QStackedWidget()
        self._lay_out(rail)
        self.switch.chosen.connect(self.turn)

    def add_page(self, page: QWidget) -> None:
        """Take what can be shown in the place of the night."""
        self._pages.addWidget(_beside_rule(page))

    @Slot(str)
    def turn(self, key: str) -> None:
        """Show the night or the other list."""
        self.switch.choose(key)
        self.turned.emit(key)  # whoever has the page makes it now
        self._pages.setCurrentIndex(0 if key == NIGHT else self._pages.count() - 1)
        self._head.setVisible(key != NIGHT or not self._head.isHidden())

    @property
    def is_turned(self) -> bool:
        """Whether the night is not in front."""
        return self.switch.key() != NIGHT

    def offer(self, *, is_wanted: bool) -> None:
        """Show the switch; it stays while the night is not in front."""
        self._head.setVisible(is_wanted or self.is_turned)

    def _lay_out(self, rail: Rail) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setContentsMargins(10, 10, 10, 0)
        row.addWidget(self.switch)
        inner = QWidget()
        inner.setLayout(row)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(inner, 1)
        head.addWidget(Rule("v"))
        self._head.hide()
        self._pages.addWidget(rail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)


def _beside_rule(page: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(page, 1)
    row.addWidget(Rule("v"))
    return whole
