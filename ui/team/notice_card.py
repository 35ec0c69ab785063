"""One notice on the board; taking it down asks once, in its own place."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.domain.team import Notice
from i18n import formats, tr
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import text, wrapped
from ui.widgets.twice import SecondButton


class NoticeCard(QFrame):
    """Words, who wrote them, and until when they stay."""

    def __init__(self, notice: Notice, take_down: Callable[[], object]) -> None:
        """Show `notice`."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.words = wrapped(notice.text, "body", "text")
        about = tr(
            "{name} · {when} · until {day}",
            name=notice.author, when=formats.day_and_clock(notice.written_at),
            day=formats.short_day(notice.until),
        )  # fmt: skip
        self.about = text(about, "caption", "text2")
        self.setAccessibleName(f"{notice.text} ({about})")
        self.down_button = icon_button("x", tr("Take this notice down"), self._on_down)
        self.down_button.setObjectName("notice-down")
        self.sure_button = SecondButton(tr("Take it down"), "danger", pressed=take_down)
        self.sure_button.sized("small").setObjectName("notice-sure")
        self.keep_button = Button(tr("Leave it"), "quiet", pressed=self._on_keep).sized("small")
        self.keep_button.setObjectName("notice-keep")
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(12)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.about)
        row.addWidget(Avatar(notice.author))
        row.addLayout(column, 1)
        for button in (self.keep_button, self.sure_button, self.down_button):
            row.addWidget(button)
        self._ask(is_asking=False)

    @Slot()
    def _on_down(self) -> None:
        self._ask(is_asking=True)
        self.keep_button.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self._ask(is_asking=False)
        self.down_button.setFocus()

    def _ask(self, *, is_asking: bool) -> None:
        self.sure_button.setVisible(is_asking)
        self.keep_button.setVisible(is_asking)
        self.down_button.setVisible(not is_asking)
