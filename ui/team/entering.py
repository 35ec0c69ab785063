"""Starting a team on this laptop, or coming into the one that is here."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services import members
from i18n import tr
from ui import messages
from ui.team.worker import TeamTasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import wrapped


class Entering(QWidget):
    """Emits `entered` with the team's recovery code, or with "" where one was invited."""

    entered = Signal(str)
    resized = Signal()

    def __init__(self, tasks: TeamTasks) -> None:
        """Lay out both ways; `show_way` shows one."""
        super().__init__()
        self._tasks, self._is_joining = tasks, False
        self.lead = wrapped("")
        self.name = Field(tr("Name of the team"), tr("For example: Thursday patrol"))
        self.code = Field(
            tr("One-time code for the team"), tr("From a colleague in the team. Works for a day.")
        )
        self.label = Field(tr("Your name in the team"), tr("Never a young person's name."))
        self.problem = Notice("circle-alert", "", "danger")
        self.problem.hide()
        self.enter_button = Button("", "primary", "users", pressed=self._on_enter).sized("large")
        self.enter_button.setObjectName("team-enter")
        fields = {"team-name": self.name, "team-code": self.code, "team-label": self.label}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.lead)
        for name, field in fields.items():
            field.edit.setObjectName(name)
            field.edit.setProperty("large", "true")
            field.entered.connect(self._on_enter)
            column.addWidget(field)
        for edit in (self.name.edit, self.label.edit):
            edit.setMaxLength(members.LABEL_LIMIT)
        column.addWidget(self.problem)
        column.addWidget(self.enter_button)

    def show_way(self, *, is_joining: bool, label: str) -> None:
        """Offer to join the team that is here, or to start one."""
        self._is_joining = is_joining
        start = tr("A team shares a board of short notices on this laptop: meeting points, keys, "
                   "what the next shift should know. Your notes and the young people in them "
                   "stay in your own vault.")  # fmt: skip
        join = tr("Colleagues share a board on this laptop. Ask one of them for a one-time code. "
                  "Your notes stay in your own vault.")  # fmt: skip
        self.lead.setText(join if is_joining else start)
        self.name.setVisible(not is_joining)
        self.code.setVisible(is_joining)
        if not self.label.words():
            self.label.edit.setText(label)
        self._show_busy(is_busy=False)
        self.setFocusProxy((self.code if is_joining else self.name).edit)

    @Slot()
    def _on_enter(self) -> None:
        first = self.code if self._is_joining else self.name
        for field in (first, self.label):
            field.say_wrong("" if field.words() else tr("This is still empty."))
        if not first.words() or not self.label.words() or not self.enter_button.isEnabled():
            self.resized.emit()
            return
        self.problem.hide()
        self._show_busy(is_busy=True)
        come = self._tasks.join if self._is_joining else self._tasks.create
        come(first.words(), self.label.words(), self._on_entered, self._on_failed)

    def _on_entered(self, code: str) -> None:
        self.name.edit.clear()
        self.code.edit.clear()
        self.entered.emit(code)

    def _on_failed(self, error: AppError) -> None:
        self._show_busy(is_busy=False)
        self.problem.show_words("circle-alert", messages.sentence(error), "danger")
        self.problem.show()
        self.resized.emit()

    def _show_busy(self, *, is_busy: bool) -> None:
        self.enter_button.setEnabled(not is_busy)
        self.enter_button.say(tr("Join the team") if self._is_joining else tr("Start the team"))
        self.enter_button.show_icon("users")  # after the words: it leaves room before them
