"""The tick that says "this is the office line", and how far a backup is on its way to the hub."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.errors import AppError, HubAway
from i18n import formats, tr
from ui import messages
from ui.leaving import Leaving
from ui.widgets.labels import Icon, repaint, wrapped

if TYPE_CHECKING:
    from desktop.services.office_backups import Progress, Standing

_MEGABYTE = 1_000_000


class OfficePart(QWidget):
    """Nothing is ticked beforehand, and a lock takes the tick back."""

    resized = Signal()

    def __init__(self, leaving: Leaving) -> None:
        """Follow `leaving` for as long as both live."""
        super().__init__()
        self._leaving = leaving
        self.tick = QCheckBox(tr("This is the office line"))
        self.tick.setObjectName("office-tick")
        about = tr(
            "While it is ticked, your sealed backups go to the hub of your organization. Locking "
            "takes the tick back. Leave it empty on a telephone's line or in a café."
        )
        self.tick.setAccessibleDescription(about)
        self.state = _StateLine()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("On its way to the hub"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.tick, wrapped(about, "caption", "text2"), self.progress, self.state):
            column.addWidget(part)
        self.tick.clicked.connect(self._on_tick)
        leaving.changed.connect(self.show_leaving)
        self.show_leaving()

    @Slot()
    def show_leaving(self) -> None:
        """Show how it stands now."""
        leaving = self._leaving
        self.tick.setChecked(leaving.is_office)
        going = leaving.progress if leaving.is_office else None
        was_going = self.progress.isVisibleTo(self)
        self.progress.setVisible(going is not None)
        if going is not None and going.total:
            self.progress.setRange(0, 1_000)
            self.progress.setValue(1_000 * going.done // going.total)
        icon, words, tone = _state(leaving)
        had_words = self.state.isVisibleTo(self)
        self.state.setVisible(bool(words))
        self.state.show_words(icon, words, tone)
        if (was_going, had_words) != (going is not None, bool(words)):
            self.resized.emit()

    @Slot(bool)
    def _on_tick(self, is_office: bool) -> None:
        self._leaving.say_office(is_office=is_office)


class _StateLine(QWidget):
    """An icon and words that may need two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.icon, self.label = Icon("hard-drive", "text2"), wrapped("", "body", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)

    def show_words(self, icon: str, words: str, tone: str) -> None:
        self.icon.show_icon(icon, tone)
        self.label.setText(words)
        repaint(self.label, tone=tone.removesuffix("_text"))


def _state(leaving: Leaving) -> tuple[str, str, str]:
    if leaving.is_office and leaving.progress is not None:
        return "cloud", _going(leaving.progress), "text2"
    if leaving.is_office and leaving.problem is not None:
        return "circle-alert", _trouble(leaving.problem), "warn_text"
    return _resting(leaving.standing, is_office=leaving.is_office)


def _trouble(problem: AppError) -> str:
    if isinstance(problem, HubAway):
        return tr("The hub cannot be reached. It goes on by itself from where it was.")
    return messages.sentence(problem)


def _going(going: "Progress") -> str:
    return tr(
        "{done} of {total} MB are at the hub. You can go on working.",
        done=formats.number(going.done // _MEGABYTE),
        total=formats.number(max(1, -(-going.total // _MEGABYTE))),
    )


def _resting(standing: "Standing | None", *, is_office: bool) -> tuple[str, str, str]:
    if standing is None or standing.is_on is False:
        return "hard-drive", "", "text2"
    if standing.is_due:
        words = (
            tr("The newest backup goes to the hub in a moment.")
            if is_office
            else tr("The newest backup is not at the hub yet.")
        )
        return "clock", words, "text2"
    if standing.newest is None or standing.left_at is None:
        return "hard-drive", "", "text2"
    since = formats.day_and_clock(standing.left_at)
    words = tr("The newest backup has been at the hub since {time}.", time=since)
    return "circle-check", words, "ok_text"
