"""Who was put to somebody, and the button that parts them again: the newest first."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.merging import Merged
from desktop.domain.youths import Youth
from i18n import formats, tr
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped


class Parting(QWidget):
    """Only the newest can be parted now; the one before it comes after it."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Show nobody."""
        super().__init__()
        self.button: Button | None = None
        self._said = wrapped("")
        words = tr("If it was decided since then not to tell the guardian, that stays with both.")
        self.guardian = wrapped(words, "caption")
        words = tr("If an age that may be under 14 was told since then, it stays with both.")
        self.age = wrapped(words, "caption")
        words = tr("They had no alias: from parting on, the days of what is noted count anew.")
        self.nameless = wrapped(words, "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._said)
        self._column.addWidget(self.nameless)
        self._column.addWidget(self.guardian)
        self._column.addWidget(self.age)
        self.hide()

    def show_merged(self, youth: Youth, merged: tuple[Merged, ...]) -> None:
        """Show who can be parted from this person; nobody hides it."""
        self.guardian.setVisible(youth.keep_from_guardian)
        self.age.setVisible(youth.age.may_be_under_14())
        if self.button is not None:
            self._column.removeWidget(self.button)
            self.button.deleteLater()
            self.button = None
        self.setVisible(bool(merged))
        if not merged:
            return
        newest = merged[0]
        self.nameless.setVisible(newest.is_nameless)
        day = formats.short_day(newest.at)
        self._said.setText(
            tr("{alias} was put to this record on {day}.", alias=newest.alias, day=day)
        )
        self.button = Button(tr("Part them again"), "plain", "undo-2").sized("small")
        self.button.setObjectName("merge-undo")
        self.button.clicked.connect(partial(self._on_clicked, newest.youth))
        self._column.addWidget(self.button)

    def _on_clicked(self, youth: YouthId) -> None:
        self.wanted.emit(youth)
