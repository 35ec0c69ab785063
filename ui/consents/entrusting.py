"""Whether a law entrusts the organisation with numbers that name a person; who may record it."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.entrustments import Entrustment
from desktop.domain.forms import FormName
from desktop.errors import AppError
from desktop.services import entrustments
from desktop.services.entrustments import Standing
from i18n import tr
from ui.consents.entrusting_form import EntrustingForm, told_words
from ui.half_filled import HalfFilled
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.widgets.twice import SecondButton


class EntrustingSheet(Sheet):
    """Anybody may look; only a supervisor records it, or that it ended. Off at first."""

    changed = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Entrusted by law"), tr("Close"), width=720)
        self.setObjectName("entrusting-sheet")
        self._tasks = tasks
        self.state, self.notice = Notice("info", "", "neutral"), Notice("circle-alert", "", "ok")
        self.form = EntrustingForm()
        self.half = HalfFilled(tasks, FormName.ENTRUSTED, self.form)
        self.may_not = wrapped(
            tr("A supervisor records it on their laptop and saves a signed file for yours."),
            "caption", "text2",
        )  # fmt: skip
        self.load_button = _button("load", tr("Load a signed record…"), "quiet", "file-text")
        self.save_button = _button("save", tr("Save for other laptops…"), "quiet", "file-text")
        self.end_button = _button("end", tr("It has ended"), "quiet", "undo-2")
        self.sure_button = SecondButton(tr("Yes, it has ended"), "danger", "undo-2")
        self.sure_button.setObjectName("entrusting-sure")
        self.record_button = _button("record", tr("Record it"), "primary", "check")
        self._lay_out()
        self._connect()

    @Slot()
    def begin(self) -> None:
        """Show how it stands."""
        self.notice.hide()
        self.half.take(self._ask)

    def take(self, file: Path) -> None:
        """Let count here what is signed there."""
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: entrustments.take(vault, file, moment), self._on_done, self._say_wrong
        )

    def save(self, file: Path) -> None:
        """Write what counts here, signed, into a file."""
        told = tr("Saved as {file}. Load it on the other laptops.", file=file.name)
        self._tasks.run(
            lambda vault: entrustments.save(vault, file),
            lambda _: self._say(told, "ok"),
            self._say_wrong,
        )

    def _ask(self) -> None:
        now = self._tasks.moment().now
        self._tasks.run(lambda vault: entrustments.standing(vault, now), self._show)

    def _show(self, standing: Standing) -> None:
        told = told_words(standing)
        icon, tone = ("shield-check", "ok") if standing.is_on else ("minus", "neutral")
        self.state.show_words(icon, told, tone)
        may = standing.may_record
        self.form.setVisible(may and not standing.is_on)
        self.record_button.setVisible(may and not standing.is_on)
        self.end_button.setVisible(may and standing.is_on)
        self.save_button.setVisible(may and standing.held is not None)
        self.sure_button.hide()
        self.may_not.setVisible(not may)
        self.load_button.setVisible(not may)
        self.open(self.close_button)
        self.fit()

    @Slot()
    def _on_record(self) -> None:
        try:
            said: Entrustment = self.form.said()
        except AppError as error:
            self._say_wrong(error)
            return
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: entrustments.record(vault, said, moment), self._on_done, self._say_wrong
        )

    @Slot()
    def _on_end(self) -> None:
        self.end_button.hide()
        self.sure_button.show()
        self.close_button.setFocus()  # the harmless one: a second Space does nothing

    @Slot()
    def _on_sure(self) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: entrustments.end(vault, moment), self._on_done, self._say_wrong
        )

    def _on_done(self, _: object) -> None:
        self.notice.hide()
        self.half.let_go()
        self.changed.emit()
        self._ask()

    @Slot()
    def _on_load(self) -> None:
        kind = tr("Signed record (*.json)")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Load a signed record"), "", kind)
        if chosen:
            self.take(Path(chosen))

    @Slot()
    def _on_save(self) -> None:
        kind, name = tr("Signed record (*.json)"), "entrusted.json"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a signed record"), name, kind)
        if chosen:
            self.save(Path(chosen))

    def _say_wrong(self, error: AppError) -> None:
        self._say(sentence(error), "danger")

    def _say(self, words: str, tone: str) -> None:
        self.notice.show_words("circle-check" if tone == "ok" else "circle-alert", words, tone)
        self.notice.show()
        self.fit()

    def _connect(self) -> None:
        self.load_button.clicked.connect(self._on_load)
        self.save_button.clicked.connect(self._on_save)
        self.end_button.clicked.connect(self._on_end)
        self.sure_button.clicked.connect(self._on_sure)
        self.record_button.clicked.connect(self._on_record)

    def _lay_out(self) -> None:
        told = tr(
            "The ministry, local governments and whoever they entrust may take a passport, alien "
            "registration or licence number, and ask for it on its own. Nobody else may. A "
            "resident registration number is never taken."
        )
        self.body.addWidget(wrapped(told, "body", "text2"))
        for part in (self.state, self.form, self.may_not, self.notice):
            self.body.addWidget(part)
        self.body.addStretch()
        for button in (self.load_button, self.save_button):
            self.foot.addWidget(button)
        self.foot.addStretch()
        for button in (self.end_button, self.sure_button, self.record_button):
            self.foot.addWidget(button)


def _button(name: str, words: str, kind: str, icon: str) -> Button:
    button = Button(words, kind, icon)
    button.setObjectName(f"entrusting-{name}")
    return button
