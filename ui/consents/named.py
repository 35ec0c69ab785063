"""A guardian whom the child names, so that they can be asked; it goes by itself (PIPA 22-2(2))."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.guardians import Named
from desktop.domain.ids import YouthId
from desktop.domain.who_answers import Answers, Way
from desktop.errors import AppError
from desktop.services import guardians
from desktop.services.handing import Known
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents.guardian_words import kept_words, named_words, not_named_words
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.twice import SecondButton


class NamedPart(QWidget):
    """Fields while a guardian is out of reach; what was named, to be erased; or why nothing is."""

    grown = Signal()
    changed = Signal()
    """Somebody was named, or is no more."""

    def __init__(self, tasks: Tasks) -> None:
        """Show nothing yet."""
        super().__init__()
        self._tasks = tasks
        self._youth: YouthId | None = None
        self.title = text(tr("Guardian named by the child"), "caption", "text2", "semibold")
        self.told = Notice("hourglass", "", "lamp")
        self.about = wrapped("", "caption", "text2")
        self.name, self.contact = (
            Field(tr("Guardian's name")),
            Field(tr("How to reach the guardian")),
        )
        self.wrong = wrapped("", "body", "danger", "semibold")
        self.keep_button = Button(tr("Keep to ask them"), "soft", pressed=self._on_keep)
        self.erase_button = Button(tr("Erase it now…"), "quiet", "eraser", pressed=self._on_erase)
        self.sure_button = SecondButton(
            tr("Yes, erase it"), "danger", "eraser", pressed=self._on_sure
        )
        self.leave_button = Button(tr("Leave it"), "quiet", pressed=self._on_leave)
        self._lay_out()

    def show_known(self, file: YouthFile, known: Known) -> None:
        """Show what was named, ask who it is, or say why nobody may be named."""
        self._youth = file.youth.id
        is_child = known.decision.answers is not Answers.PERSON
        now = self._tasks.moment().now
        named = known.named if known.named and not known.named.is_over(now) else None
        is_kept_from = file.youth.keep_from_guardian
        must_go = (
            Way.NAME_GUARDIAN not in known.decision.ways and Way.ASK not in known.decision.ways
        )
        self._show_told(named, kept_words(known.kept) if is_kept_from else "", must_go=must_go)
        may_name = Way.NAME_GUARDIAN in known.decision.ways and not is_kept_from
        for part in (self.about, self.name, self.contact, self.keep_button):
            part.setVisible(may_name)
        self.wrong.hide()
        # They said no, or may do harm: choosing that was the first of two steps.
        self.sure_button.setVisible(named is not None and must_go)
        self.erase_button.setVisible(named is not None and not must_go)
        self.leave_button.hide()
        self.setVisible(is_child and (may_name or named is not None or is_kept_from))

    def forget(self) -> None:
        """Keep nothing typed for the next one."""
        self._youth = None
        for field in (self.name, self.contact):
            field.edit.clear()
        self.hide()

    def _show_told(self, named: Named | None, why_not: str, *, must_go: bool) -> None:
        self.told.setVisible(named is not None or bool(why_not))
        if why_not:
            self.told.show_words("shield-alert", not_named_words(why_not), "warn")
        elif named is not None:
            words = named_words(named, self._tasks.moment().now)
            if must_go:
                words += "\n" + tr("It may not be used any more, so it must go.")
            self.told.show_words("hourglass", words, "lamp")
        self.name.edit.setText(named.name if named else self.name.words())
        self.contact.edit.setText(named.contact if named else self.contact.words())

    @Slot()
    def _on_keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        youth, who = self._youth, (self.name.words(), self.contact.words())
        if youth is not None:
            moment = self._tasks.moment()
            self._tasks.run(
                lambda vault: guardians.name(vault, youth, who, moment),
                lambda _: self.changed.emit(),
                self._on_failed,
            )

    @Slot()
    def _on_erase(self) -> None:
        self._ask(is_asking=True)
        self.leave_button.setFocus()  # the harmless one: a second Space erases nothing

    @Slot()
    def _on_leave(self) -> None:
        self._ask(is_asking=False)
        self.erase_button.setFocus()

    def _ask(self, *, is_asking: bool) -> None:
        self.erase_button.setVisible(not is_asking)
        for button in (self.sure_button, self.leave_button):
            button.setVisible(is_asking)

    @Slot()
    def _on_sure(self) -> None:
        youth = self._youth
        if youth is not None:
            moment = self._tasks.moment()
            self._tasks.run(
                lambda vault: guardians.forget_named(vault, youth, moment),
                lambda _: self._on_erased(),
                self._on_failed,
            )

    def _on_erased(self) -> None:
        for field in (self.name, self.contact):
            field.edit.clear()
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        self.wrong.setText(sentence(error))
        self.wrong.show()
        self.grown.emit()

    def _lay_out(self) -> None:
        self.about.setText(
            tr(
                "First tell the child who you are and why you ask. It is used only to ask the "
                "guardian, and goes by itself after 5 days, or at once when they answer."
            )
        )
        for name, typed in (
            ("name", self.name.edit), ("contact", self.contact.edit), ("keep", self.keep_button),
            ("erase", self.erase_button), ("leave", self.leave_button),
            ("sure", self.sure_button),
        ):  # fmt: skip
            typed.setObjectName(f"named-{name}")
        self.contact.entered.connect(self._on_keep)
        fields, buttons = QHBoxLayout(), QHBoxLayout()
        for field in (self.name, self.contact):
            fields.addWidget(field, 1)
        for button in (self.erase_button, self.leave_button, self.sure_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.told, self.about):
            column.addWidget(part)
        column.addLayout(fields)
        column.addWidget(self.wrong)
        column.addLayout(buttons)
