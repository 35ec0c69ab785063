"""What became known of somebody since they were met, or was wrong: told here, at any time."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import YouthId
from desktop.domain.outreach import KOREA
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import youths
from i18n import tr
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet
from ui.youths.about_fields import AboutFields


class AboutSheet(Sheet):
    """Age, gender and language as they stand; "Keep" puts them right."""

    told = Signal(bool)
    """It is kept; and whether a sweep has to follow."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over the window."""
        super().__init__(window, tr("Age, gender and language"), tr("Close"), 660)
        self.setObjectName("about-sheet")
        self._tasks = tasks
        self._youth: YouthId | None = None
        self._as_known: dict[str, str] = {}
        self.who = text("", "body", "text2")
        self.fields = AboutFields(lambda: tasks.moment().now.astimezone(KOREA).date())
        self.problem = wrapped("", "caption", "danger")
        self.keep_button = Button(tr("Keep"), "primary", pressed=self._on_keep)
        self.keep_button.setObjectName("about-keep")
        parts: tuple[QWidget, ...] = (
            self.who,
            self.fields,
            wrapped(tr("What an agency was told already stays as it was told."), "caption"),
            self.problem,
        )
        for part in parts:
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.keep_button)
        self.fields.age.changed.connect(self.fit)
        self.fields.age.entered.connect(self._on_keep)
        self.closed.connect(self.who.clear)  # nobody is named in what is put away

    def open_for(self, youth: Youth) -> None:
        """Show what is known of somebody."""
        self._youth = youth.id
        self.who.setText(youth.alias)
        self.fields.show_about(youth.about)
        self._as_known = self.fields.typed()
        self.keep_button.setEnabled(True)
        self.say_wrong("")
        self.open(self.fields.age.basis)

    def open_again(self, youth: Youth, words: Mapping[str, str]) -> None:
        """Open with what was half told at a lock."""
        self.open_for(youth)
        self.fields.fill(self._as_known | dict(words))

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return whose it is and what stands there; None while closed, or where nothing is new."""
        typed = self.fields.typed()
        if self._youth is None or self.isHidden() or typed == self._as_known:
            return None
        return self._youth, typed

    def say_wrong(self, words: str) -> None:
        """Say why it was not kept."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.fit()

    @Slot()
    def _on_keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        wrong, youth = self.fields.age.wrong(), self._youth
        self.say_wrong(wrong)
        if wrong or youth is None or not self.keep_button.isEnabled():
            return
        self.keep_button.setEnabled(False)
        about, moment = self.fields.about(), self._tasks.moment()
        self._tasks.run(
            lambda vault: youths.tell(vault, youth, about, moment), self._on_kept, self._on_failed
        )

    def _on_kept(self, is_gone: bool) -> None:
        self.leave()
        self.told.emit(is_gone)

    def _on_failed(self, error: AppError) -> None:
        self.keep_button.setEnabled(True)
        self.say_wrong(sentence(error))
