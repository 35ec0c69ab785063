"""Loading an organisation's questionnaire: whole, or every error by its place."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.questionnaires import Questionnaire
from desktop.errors import AppError
from desktop.promise_errors import QuestionnaireWrong
from desktop.services import questionnaires
from desktop.services.questionnaires import Loaded
from i18n import ntr, tr
from ui.messages import sentence
from ui.questionnaires import words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.elided import Elided
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet

_MOST_SHOWN = 30


class LoadingSheet(Sheet):
    """Those in use, and a button for a file."""

    changed = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Questionnaires"), tr("Close"), 660)
        self.setObjectName("questionnaires-sheet")
        self._tasks = tasks
        told = tr(
            "Bammajung brings no scale. Load the questionnaire your organization may use, as a "
            "JSON file. The answers are grounds; the judgment is yours."
        )
        self.notice = Notice("circle-check", "", "ok")
        self.problems = wrapped("", "caption", "danger")
        self.problems.setObjectName("questionnaire-problems")
        self.empty = wrapped(tr("No questionnaire is in use."), "body", "text3")
        self.load_button = Button(
            tr("Load a file…"), "primary", "file-text", pressed=self._on_load
        )
        self.load_button.setObjectName("questionnaire-load")
        self.rows: tuple[InUse, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addWidget(wrapped(told, "body", "text2"))
        for part in (self.notice, self.problems, self.empty):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.load_button)

    def begin(self) -> None:
        """Show what is in use."""
        self.notice.hide()
        self.problems.hide()
        self._ask()
        self.open(self.load_button)

    def load(self, file: Path) -> None:
        """Load a file, or say what is wrong with it."""
        moment = self._tasks.moment()
        self.load_button.setEnabled(False)
        self._tasks.run(
            lambda vault: questionnaires.load(vault, file, moment),
            self._on_loaded,
            lambda error: self._on_failed(file.name, error),
        )

    def _ask(self) -> None:
        self._tasks.run(questionnaires.in_use, self._show)

    def _show(self, used: tuple[Questionnaire, ...]) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(InUse(each) for each in used)
        for row in self.rows:
            row.put_away.connect(self._on_put_away)
            self._list.addWidget(row)
        self.empty.setVisible(not used)
        self.fit()

    @Slot()
    def _on_load(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Load a questionnaire"), "", tr("Questionnaire (*.json)")
        )
        if chosen:
            self.load(Path(chosen))

    def _on_loaded(self, loaded: Loaded) -> None:
        self.load_button.setEnabled(True)
        self.notice.show_words(*_loaded_words(loaded))
        self.notice.show()
        self.problems.hide()
        self.load_button.setFocus()
        self._ask()
        self.changed.emit()

    def _on_failed(self, name: str, error: AppError) -> None:
        self.load_button.setEnabled(True)
        self.notice.show_words("triangle-alert", f"{name}: {sentence(error)}", "danger")
        self.notice.show()
        found = error.problems if isinstance(error, QuestionnaireWrong) else ()
        lines = [words.problem_words(each) for each in found[:_MOST_SHOWN]]
        more = len(found) - len(lines)
        if more > 0:
            lines.append(ntr("and {n} more", "and {n} more", more))
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(lines))
        self.load_button.setFocus()
        self.fit()

    @Slot(str)
    def _on_put_away(self, ident: str) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: questionnaires.put_away(vault, ident, moment),
            lambda _: self._on_away(),
        )

    def _on_away(self) -> None:
        said = tr("It is asked no more. Earlier answers stay readable.")
        self.notice.show_words("info", said, "neutral")
        self.notice.show()
        self.load_button.setFocus()
        self._ask()
        self.changed.emit()


class InUse(QFrame):
    """One questionnaire in use. Put away it can be loaded again, so it is asked once."""

    put_away = Signal(str)

    def __init__(self, used: Questionnaire) -> None:
        """Name it."""
        super().__init__()
        self.setProperty("card", "sunken")
        title, count = words.said(used.title), len(used.questions)
        asked = ntr("{n} question", "{n} questions", count)
        about = tr("version {n} · {questions}", n=used.version, questions=asked)
        self.away_button = Button(tr("Put away"), "quiet").sized("small")
        self.away_button.setAccessibleName(f"{title}: {tr('Put away')}")
        self.away_button.clicked.connect(lambda: self.put_away.emit(used.id))
        self.setAccessibleName(f"{title}, {about}")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.addWidget(Elided(text(title, "body", "text", "semibold")))
        row.addWidget(text(about, "caption", "text2"))
        row.addStretch()
        row.addWidget(self.away_button)


def _loaded_words(loaded: Loaded) -> tuple[str, str, str]:
    title, version = words.said(loaded.questionnaire.title), loaded.questionnaire.version
    if loaded.asked == version:
        said = tr("{title}, version {n}, is in use now.", title=title, n=version)
        return "circle-check", said, "ok"
    said = tr(
        "{title}: version {newest} was loaded before and goes on being asked. To ask what is in "
        "this file, give it a version above {newest} and load it again.",
        title=title, newest=loaded.asked,
    )  # fmt: skip
    return "info", said, "neutral"
