"""Deciding that a guardian is not told, and why; taking that back asks twice."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop.domain.guardians import Kept, Unaware
from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.who_answers import KeepReason
from desktop.errors import AppError
from desktop.services import guardians
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents.guardian_words import kept_words
from ui.consents.unaware import UnawareNotice
from ui.messages import sentence
from ui.people import keep_reason_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.widgets.twice import SecondButton

if TYPE_CHECKING:
    from desktop.services.backups import Vault


class KeepFromSheet(Sheet):
    """No reason is chosen beforehand. Its code travels with every referral, inside the seal."""

    decided = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Do not tell the guardian"), tr("Close"), width=560)
        self._tasks = tasks
        self._file: YouthFile | None = None
        self.about = wrapped("", "body", "text2")
        self.now = Notice("shield-alert", "", "warn")
        self.unaware = UnawareNotice()
        self.reasons = {reason: QRadioButton(keep_reason_words(reason)) for reason in KeepReason}
        self._group = QButtonGroup(self)
        self.words = Field(tr("In your own words"), tr("May stay empty. It stays on this device."))
        self.words.edit.setObjectName("keep-from-words")
        self.wrong = wrapped("", "body", "danger", "semibold")
        self.keep_button = Button(tr("Write it down"), "primary", pressed=self._on_keep)
        self.again_button = Button(tr("They may be told again…"), "quiet", pressed=self._on_again)
        self.sure_button = SecondButton(
            tr("Yes, they may be told"), "danger", pressed=self._on_sure
        )
        self._lay_out()
        self.closed.connect(self._drop)

    def open_for(self, file: YouthFile) -> None:
        """Ask why, or say why it was decided."""
        self._file = file
        self._group.setExclusive(False)
        for button in self.reasons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.words.edit.clear()
        self.about.setText(
            tr(
                "From then on no step reaches {alias}'s guardian, and every referral says so.",
                alias=file.youth.alias,
            )
        )
        youth = file.youth.id
        self._tasks.run(
            lambda vault: (guardians.kept_from(vault, youth), guardians.unaware(vault, youth)),
            lambda found: self._show(file, *found),
        )

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return whose guardian it is about, and the words by the reason; None once closed."""
        if self._file is None:
            return None
        return self._file.youth.id, {self._chosen(): self.words.words()}

    def open_again(self, file: YouthFile, words: Mapping[str, str]) -> None:
        """Open with what was half typed at a lock."""
        self.open_for(file)
        for reason, said in words.items():
            self.words.edit.setText(said)
            if reason in self.reasons:
                self.reasons[KeepReason(reason)].setChecked(True)

    def _chosen(self) -> str:
        return next((each for each, box in self.reasons.items() if box.isChecked()), "")

    def _show(self, file: YouthFile, kept: Kept | None, unaware: Unaware) -> None:
        if file is not self._file:
            return
        self.wrong.hide()
        self.unaware.show_unaware(unaware)
        self.now.show_words("shield-alert", kept_words(kept), "warn")
        self.now.setVisible(file.youth.keep_from_guardian)
        self.again_button.setVisible(file.youth.keep_from_guardian)
        self.sure_button.hide()
        self.open(self.close_button)
        self.fit()

    @Slot()
    def _on_keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        reason = self._chosen()
        if not reason or self._file is None:
            self._say_wrong(tr("Please choose a reason first."))
            return
        file, words, moment = self._file, self.words.words(), self._tasks.moment()
        self._tasks.run(
            lambda vault: _kept(vault, file.youth.id, (KeepReason(reason), words), moment),
            lambda unaware: self._on_kept(file, unaware),
            self._on_failed,
        )

    @Slot()
    def _on_again(self) -> None:
        self.again_button.hide()
        self.sure_button.show()
        self.close_button.setFocus()

    @Slot()
    def _on_sure(self) -> None:
        if self._file is not None:
            youth, moment = self._file.youth.id, self._tasks.moment()
            self._tasks.run(
                lambda vault: guardians.may_be_told_again(vault, youth, moment),
                lambda _: self._on_decided(),
                self._on_failed,
            )

    @Slot()
    def _drop(self) -> None:
        self._file = None
        self.words.edit.clear()

    def _on_kept(self, file: YouthFile, unaware: Unaware) -> None:
        if file is self._file and unaware != Unaware():
            # Whoever is to be called is read here: it stays open until somebody closes it.
            self.open_for(replace(file, youth=replace(file.youth, keep_from_guardian=True)))
            self.decided.emit()
        else:
            self._on_decided()

    def _on_decided(self) -> None:
        self.leave()
        self.decided.emit()

    def _on_failed(self, error: AppError) -> None:
        self._say_wrong(sentence(error))

    def _say_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()
        self.fit()

    def _lay_out(self) -> None:
        for above in (self.about, self.now, self.unaware):
            self.body.addWidget(above)
        for reason, box in self.reasons.items():
            box.setObjectName(f"keep-from-{reason}")
            box.setAccessibleName(box.text())
            self._group.addButton(box)
            self.body.addWidget(box)
        for part in (self.words, self.wrong):
            self.body.addWidget(part)
        self.body.addStretch()
        for name, button in (
            ("again", self.again_button), ("sure", self.sure_button), ("act", self.keep_button),
        ):  # fmt: skip
            button.setObjectName(f"keep-from-{name}")
            self.foot.addWidget(button)
        self.foot.insertStretch(2)


def _kept(vault: "Vault", youth: YouthId, why: tuple[KeepReason, str], moment: Moment) -> Unaware:
    guardians.keep_from(vault, youth, *why, moment)
    return guardians.unaware(vault, youth)
