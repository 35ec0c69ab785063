"""The team: starting or joining it, its board, and who belongs to it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.forms import FormName
from desktop.errors import AppError
from desktop.services import members
from i18n import tr
from ui import messages
from ui.half_filled import HalfFilled
from ui.tasks import Tasks
from ui.team.board import BoardPart
from ui.team.entering import Entering
from ui.team.people import PeoplePart
from ui.team.worker import Standing, TeamTasks
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped
from ui.widgets.paper_code import PaperCode
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet

_BOARD, _PEOPLE = "board", "people"


class TeamSheet(Sheet):
    """Shows one part at a time: entering, a code for the paper, the board, the people."""

    def __init__(self, tasks: TeamTasks, own: Tasks, window: QWidget) -> None:
        """Be ready over `window`; nothing is opened yet. `own`: the vault of whoever is here."""
        super().__init__(window, tr("The team"), tr("Close"), width=720)
        self.setObjectName("team-sheet")
        self._tasks = tasks
        self._code = ""
        self.waiting = text(tr("Looking for your team…"), "body", "text2")
        self.notice = Notice("circle-alert", "", "danger")
        self.entering = Entering(tasks)
        self.tabs = Segmented(
            tr("Part"), (Choice(_BOARD, tr("Board")), Choice(_PEOPLE, tr("Members")))
        )
        self.board, self.people = BoardPart(tasks), PeoplePart(tasks)
        self.half = HalfFilled(own, FormName.NOTICE, self.board)
        self.code_lead = wrapped(_paper_words())
        self.paper: PaperCode | None = None
        self._parts = (self.waiting, self.notice, self.entering, self.tabs, self.board,
                       self.people, self.code_lead)  # fmt: skip
        for part in self._parts:
            self.body.addWidget(part)
        self.body.addStretch()
        self.tabs.choose(_BOARD)
        self._show(self.waiting)
        self.tabs.chosen.connect(self._on_tab)
        self.entering.entered.connect(self._on_code)
        self.people.renewed.connect(self._on_code)
        self.board.posted.connect(self.half.let_go)
        self.board.changed.connect(self.reload)
        for part in (self.entering, self.board, self.people):
            part.resized.connect(self.fit, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Open it; the team's vault is opened now, if there is one."""
        self.open(self.close_button)
        self.half.take(self.reload)

    def may_close(self) -> bool:
        """An invitation does not stay on the screen."""
        self.people.rest()
        return True

    @Slot()
    def reload(self) -> None:
        """Show how it stands."""
        self._tasks.find(self._on_standing, self._on_failed)

    def _on_standing(self, standing: Standing) -> None:
        if standing.code:
            self._on_code(standing.code)
        elif self.paper is not None:
            return
        elif standing.picture is None:
            self._show(self.entering)
            self.entering.show_way(is_joining=standing.is_there, label=standing.label)
            self._go_on(self.entering)
        else:
            self.title.setText(standing.picture.name)
            self.board.show_notices(standing.picture.notices)
            self.people.show_picture(standing.picture)
            self._on_tab(self.tabs.key())

    def _on_failed(self, error: AppError) -> None:
        self._show(self.notice)
        self.notice.show_words("circle-alert", messages.sentence(error), "danger")
        self.fit()

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        part = self.people if key == _PEOPLE else self.board
        self._show(self.tabs, part)
        self._go_on(part)

    @Slot(str)
    def _on_code(self, code: str) -> None:
        if not code:
            self.reload()
            return
        self.paper = PaperCode(code, self._tasks.chance, tr("Recovery code of the team"))
        self.paper.confirmed.connect(self._on_confirmed)
        self.body.insertWidget(self.body.count() - 1, self.paper)
        self._show(self.code_lead, self.paper)
        self.fit()
        self.paper.setFocus()

    @Slot()
    def _on_confirmed(self) -> None:
        if self.paper is not None:
            self.paper.hide()
            self.paper.deleteLater()
            self.paper = None
            self._tasks.run(
                lambda _, team: members.prove_code(team), lambda _: self.reload(), self._on_failed
            )

    def _show(self, *parts: QWidget) -> None:
        for part in self._parts:
            part.setVisible(part in parts)

    def _go_on(self, part: QWidget) -> None:
        self.fit()
        # Wherever the keyboard is inside, it stays; at first it goes where one would write.
        if self.close_button.hasFocus() or not self.isAncestorOf(self._window.focusWidget()):
            part.setFocus()


def _paper_words() -> str:
    return tr(
        "Write the team's recovery code down and keep it at the center. It opens the team's board "
        "if nobody is left who can."
    )
