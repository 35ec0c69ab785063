"""Under the paper: chips for what is written every night, and where the words are kept."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.templates import Phrase, Template
from desktop.errors import ResidentNumberFound
from i18n import formats, ntr, tr
from ui.notes.saving import Standing, State
from ui.retrying import retried
from ui.widgets.buttons import Button, icon_button
from ui.widgets.flow import Flow
from ui.widgets.labels import Icon, Rule, repaint, text, wrapped


def phrases() -> tuple[Phrase, ...]:
    """Return each chip and the phrase it writes, until an organisation has its own."""
    return (
        Phrase(tr("Meal"), tr("Gave a meal.")),
        Phrase(tr("Hand warmer"), tr("Gave a hand warmer.")),
        Phrase(tr("First-aid"), tr("Gave first-aid medicine.")),
        Phrase(tr("Period products"), tr("Gave period products.")),
        Phrase(tr("Shelter information"), tr("Told about shelters.")),
        Phrase(tr("Way home together"), tr("Went along on the way home.")),
    )


class NoteFoot(QWidget):
    """Chips, the state line, the count and the button that finishes the note."""

    def __init__(
        self,
        write: Callable[[str], None],
        retry: Callable[[], None],
        sign: Callable[[], None],
    ) -> None:
        """Lay out two lines."""
        super().__init__()
        self._write = write
        self._shown: tuple[Phrase, ...] = ()
        self.chips: tuple[Button, ...] = ()
        self._chips = QWidget()
        self._flow = Flow(self._chips, gap=8)
        self._is_signed = self._is_room_needed = False
        self._icon = Icon("circle-check", "ok")
        self.state = wrapped("", "caption", "text2")
        self.state.setObjectName("save_state")
        self.retry_button = Button(tr("Try again"), "plain", "refresh-cw", pressed=retry)
        self.retry_button.sized("small").setObjectName("retry_save")
        self.count = text("", "caption", "text3")
        self.sensitive_button = icon_button("eye-off", tr("Mark as sensitive (Ctrl+M)"))
        self.sensitive_button.setObjectName("mark_sensitive")
        self.versions_button = icon_button("history", tr("Earlier versions of this note"))
        self.versions_button.setObjectName("note_versions")
        self.sign_button = Button(tr("Sign note"), "soft", "check", pressed=sign)
        self.sign_button.sized("small").setObjectName("sign_note")
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
        self.sign_button.setVisible(not is_unsaved and not standing.is_signed)
        self.versions_button.setVisible(standing.at is not None)
        self._is_signed = standing.is_signed
        self._show_chips()

    def show_length(self, length: int, marked: int) -> None:
        """Say how long the note is, and how many passages are marked: not by colour alone."""
        words = [ntr("{n} character", "{n} characters", length)]
        words += [ntr("{n} sensitive", "{n} sensitive", marked)] if marked else []
        self.count.setText(" · ".join(words))

    @Slot(bool)
    def make_room(self, is_needed: bool) -> None:
        """Leave the chips out while something else is being written."""
        self._is_room_needed = is_needed
        self._show_chips()

    def show_phrases(self, own: Template | None) -> None:
        """Show an organisation's own chips, or the usual ones."""
        wanted = phrases() if own is None else own.phrases
        if wanted == self._shown:
            return
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._shown = wanted
        stop = self.sensitive_button.previousInFocusChain() or self
        self.chips = tuple(self._chip(phrase) for phrase in wanted)
        for chip in self.chips if self.isVisible() else ():
            QWidget.setTabOrder(stop, chip)  # made later than what stands after them
            stop = chip
        self._show_chips()

    def _chip(self, phrase: Phrase) -> Button:
        chip = Button(phrase.name, "chip", "plus", pressed=partial(self._write, phrase.words))
        chip.setObjectName("phrase")
        self._flow.addWidget(chip)
        return chip

    def _show_chips(self) -> None:
        has_room = not (self._is_room_needed or self._is_signed)
        self._chips.setVisible(has_room and bool(self.chips))

    def _lay_out(self) -> None:
        column, line = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Rule())
        # First laid out, then shown: without a parent they would be a window for a moment.
        column.addWidget(self._chips)
        self.show_phrases(None)
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self.state, 1)
        line.addWidget(self.count)
        line.addWidget(self.sensitive_button)
        line.addWidget(self.versions_button)
        line.addWidget(self.retry_button)
        line.addWidget(self.sign_button)
        column.addLayout(line)


def _standing_words(standing: Standing) -> tuple[str, str, str]:
    """Return icon, tone and words."""
    if standing.error is not None:
        if isinstance(standing.error, ResidentNumberFound):
            return "circle-alert", "warn", tr("Not saved yet")
        reason = retried(standing.error)
        return "circle-alert", "danger", tr("Not saved yet. {reason}", reason=reason)
    if standing.state is State.SAVING:
        return "refresh-cw", "text2", tr("Saving")
    if standing.at is None:
        return "", "text3", tr("Kept on this device from the first word")
    time = formats.clock_with_seconds(standing.at)
    if standing.is_signed:
        return "check-check", "ok", tr("Signed {time} · its words stay as they are", time=time)
    return "circle-check", "ok", tr("Saved and encrypted on this device {time}", time=time)
