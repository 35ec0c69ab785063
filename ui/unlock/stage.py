"""One quiet column in the middle of the window, as every page of the way in has it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from i18n import tr
from ui import style
from ui.widgets.labels import Icon, text, wrapped

_WIDTH = 480


class Stage(QScrollArea):
    """Put widgets into `body`, buttons into `foot`."""

    def __init__(
        self, title: str, lead: str, step: str = "", names: tuple[str, str] | None = None
    ) -> None:
        """Say `title` and `lead`; `step` is how far one has come, `names` what this program is."""
        super().__init__()
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setProperty("focusPolicy", 0)  # none: the wheel scrolls, Tab passes by
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self.title, self.lead = (
            wrapped(title, "hero", "text", "semibold"),
            wrapped(lead, "body", "text2"),
        )
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(_head(step, names or (tr("Bammajung"), tr("Street counseling notes"))))
        column.addSpacing(14)
        column.addWidget(self.title)
        column.addWidget(self.lead)
        column.addSpacing(6)
        column.addLayout(self.body)
        column.addSpacing(8)
        column.addLayout(self.foot)
        self.setWidget(_middle(column))
        self.lead.setVisible(bool(lead))  # before it has a parent it would be a window of its own

    def add(self, *widgets: QWidget) -> None:
        """Put widgets below each other."""
        for widget in widgets:
            self.body.addWidget(widget)


def _head(step: str, names: tuple[str, str]) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(Icon("logo", "text", 36))
    head.addWidget(text(names[0], "note", weight="semibold"))
    head.addWidget(text(names[1], "caption", "text3"))
    head.addStretch()
    count: QLabel = text(step, "caption", "text3", "semibold")
    head.addWidget(count)
    return head


def _middle(column: QVBoxLayout) -> QWidget:
    panel = QFrame()
    panel.setProperty("clear", "true")
    panel.setFixedWidth(style.scaled(_WIDTH))
    panel.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    ground = QWidget()
    ground.setProperty("clear", "true")
    outer = QVBoxLayout(ground)
    outer.setContentsMargins(24, 36, 24, 36)
    outer.addStretch(2)
    line = QHBoxLayout()
    line.addStretch()
    line.addWidget(panel)
    line.addStretch()
    outer.addLayout(line)
    outer.addStretch(3)
    return ground
