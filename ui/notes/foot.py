"""Under the paper: chips for what is written every night, and where the words are kept."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import ResidentNumberFound
from i18n import formats, ntr, tr
from ui.messages import sentence
from ui.notes.saving import Standing, State
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow
from ui.widgets.labels import Icon, Rule, repaint, text, wrapped


def phrases() -> tuple[tuple[str, str], ...]:
    """Return each chip and the phrase it writes."""
    return (
        (tr("Meal"), tr("Gave a meal.")),
        (tr("Hand warmer"), tr("Gave a hand warmer.")),
        (tr("First-aid"), tr("Gave first-aid medicine.")),
        (tr("Period products"), tr("Gave period products.")),
        (tr("Shelter information"), tr("Told about shelters.")),
        (tr("Way home together"), tr("Went along on the way home.")),
    )


class NoteFoot(QWidget):
    """Chips, the state line, the count and the button that finishes the note."""

    def __init__(
        self,
        write: Callable[[str], None],
        retry: Callable[[], None],
        finish: Callable[[], None],
    ) -> None:
        """Lay out two lines."""
        super().__init__()
        self.chips = tuple(
            Button(word, "chip", "plus", pressed=partial(write, phrase))
            for word, phrase in phrases()
        )
        for chip in self.chips:
            chip.setObjectName("phrase")
        self._chips = QWidget()
        self._icon = Icon("circle-check", "ok")
        self.state = wrapped("", "caption", "text2")
        self.state.setObjectName("save_state")
        self.retry_button = Button(tr("Try again"), "plain", "refresh-cw", pressed=retry)
        self.retry_button.sized("small").setObjectName("retry_save")
        self.count = text("", "caption", "text3")
        self.finish_button = Button(tr("Finish note"), "soft", "check", pressed=finish)
        self.finish_button.sized("small").setObjectName("finish_note")
        self._lay_out()

    @Slot(object)
    def show_standing(self, standing: Standing) -> None:
        """Say where the words are, and nothing more than is true."""
        icon, tone, words = _standing_words(standing)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon, tone if tone != "text3" else "text2")
        self.state.setText(words)
        repaint(self.state, tone="text2" if tone == "ok" else tone)
        is_unsaved = standing.state is State.UNSAVED
        self.retry_button.setVisible(is_unsaved)
        self.finish_button.setEnabled(not standing.is_finished)
        self.finish_button.setVisible(not is_unsaved)

    def show_length(self, length: int) -> None:
        """Say how long the note is."""
        self.count.setText(ntr("{n} character", "{n} characters", length))

    @Slot(bool)
    def make_room(self, is_needed: bool) -> None:
        """Leave the chips out while something else is being written."""
        self._chips.setVisible(not is_needed)

    def _lay_out(self) -> None:
        column, line = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Rule())
        flow = Flow(self._chips, gap=8)
        for chip in self.chips:
            flow.addWidget(chip)
        column.addWidget(self._chips)
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self.state, 1)
        line.addWidget(self.count)
        line.addSpacing(8)
        line.addWidget(self.retry_button)
        line.addWidget(self.finish_button)
        column.addLayout(line)


def _standing_words(standing: Standing) -> tuple[str, str, str]:
    """Return icon, tone and words."""
    if standing.error is not None:
        if isinstance(standing.error, ResidentNumberFound):
            return "circle-alert", "warn", tr("Not saved yet")
        reason = sentence(standing.error)
        return "circle-alert", "danger", tr("Not saved yet. {reason}", reason=reason)
    if standing.state is State.SAVING:
        return "refresh-cw", "text2", tr("Saving")
    if standing.at is None:
        return "", "text3", tr("Kept on this device from the first word")
    time = formats.clock_with_seconds(standing.at)
    if standing.is_finished:
        return (
            "check-check",
            "ok",
            tr("Finished · kept encrypted on this device {time}", time=time),
        )
    return "circle-check", "ok", tr("Saved and encrypted on this device {time}", time=time)
