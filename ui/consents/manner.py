"""How it will be answered: on the screen, signed, spoken before a witness, or on paper."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.domain.consent_records import Manner, Paper
from desktop.domain.text import line
from desktop.errors import AppError
from desktop.services import papers
from i18n import tr
from ui.consents.handing import How
from ui.messages import sentence
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented


class MannerPart(QWidget):
    """Begins with the screen. `how` says what was chosen, or why that is not enough."""

    grown = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Lay out the four manners and what each needs."""
        super().__init__()
        self._tasks = tasks
        self._who_asks, self._sha256 = "", ""
        self.manner = Segmented(tr("How it is answered"), _choices())
        self.about = wrapped("", "caption", "text2")
        self.witness = Field(tr("Who hears it"), tr("Somebody else than you."))
        self.paper_button = Button(tr("Choose the scanned form…"), "plain", "file-text")
        self.lies_at = Field(
            tr("Where the paper lies"), tr("For example: cabinet 3 at the centre")
        )
        self.paper_said = wrapped("", "caption", "text2")
        self.present = Field(tr("Who else is here"), tr("May stay empty. Commas between names."))
        for name, widget in (
            ("witness", self.witness.edit), ("paper", self.paper_button),
            ("lies-at", self.lies_at.edit), ("present", self.present.edit),
        ):  # fmt: skip
            widget.setObjectName(f"manner-{name}")
        self._lay_out()
        self.manner.chosen.connect(self._on_chosen)
        self.paper_button.clicked.connect(self._on_paper)

    def begin(self, who_asks: str) -> None:
        """Begin again: whoever asks cannot be the witness."""
        self._who_asks, self._sha256 = who_asks, ""
        for field in (self.witness, self.lies_at, self.present):
            field.edit.clear()
            field.say_wrong("")
        self.manner.choose(Manner.SCREEN)
        self._on_chosen(Manner.SCREEN)

    def how(self) -> How | None:
        """Return what was chosen; None where something is missing, which is said beside it."""
        manner = Manner(self.manner.key())
        present = tuple(name for name in self.present.words().split(",") if name.strip())
        try:
            present = tuple(line(name, "present") for name in present)
        except AppError as error:
            self.present.say_wrong(sentence(error))
            return None
        if manner is Manner.SPOKEN:
            witness = self._witness()
            return How(manner, witness=witness, present=present) if witness else None
        if manner is Manner.PAPER:
            paper = self._paper()
            return How(manner, paper=paper, present=present) if paper else None
        return How(manner, present=present)

    def take_paper(self, file: Path) -> None:
        """Read the scanner's file for its digest; the file itself is not kept."""
        self._tasks.run(
            lambda _: papers.scanned(file),
            lambda sha256: self._on_scanned(file.name, sha256),
            lambda error: self._say_paper(sentence(error), sha256=""),
        )

    def _witness(self) -> str:
        try:
            witness = line(self.witness.words(), "witness")
        except AppError as error:
            self.witness.say_wrong(sentence(error))
            return ""
        if _same(witness) == _same(self._who_asks):
            self.witness.say_wrong(tr("You ask, so somebody else has to hear it."))
            return ""
        return witness

    def _paper(self) -> Paper | None:
        if not self._sha256:
            self._say_paper(tr("Please choose the scanned form first."), sha256="")
            return None
        try:
            return Paper(self._sha256, self.lies_at.words())
        except AppError as error:
            self.lies_at.say_wrong(sentence(error))
            return None

    @Slot()
    def _on_paper(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose the scanned form"))
        if chosen:
            self.take_paper(Path(chosen))

    def _on_scanned(self, name: str, sha256: str) -> None:
        told = tr("{name}: its fingerprint is kept, the file is not.", name=name)
        self._say_paper(told, sha256=sha256)

    def _say_paper(self, words: str, *, sha256: str) -> None:
        self._sha256 = sha256
        self.paper_said.setText(words)
        self.grown.emit()

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        manner = Manner(key)
        self.about.setText(_about(manner))
        self.witness.setVisible(manner is Manner.SPOKEN)
        for part in (self.paper_button, self.paper_said, self.lies_at):
            part.setVisible(manner is Manner.PAPER)
        self._say_paper("", sha256="")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(tr("How it is answered"), "caption", "text2", "semibold"))
        for part in (self.manner, self.about, self.witness, self.paper_button, self.paper_said,
                     self.lies_at, self.present):  # fmt: skip
            column.addWidget(part)


def _choices() -> tuple[Choice, ...]:
    return (
        Choice(Manner.SCREEN, tr("On the screen"), "monitor"),
        Choice(Manner.STROKES, tr("Signed"), "pencil"),
        Choice(Manner.SPOKEN, tr("Spoken"), "message-circle"),
        Choice(Manner.PAPER, tr("On paper"), "file-text"),
    )


def _about(manner: Manner) -> str:
    return {
        Manner.SCREEN: tr("They press their answers themselves."),
        Manner.STROKES: tr("They press their answers, then sign below with a pen or the mouse."),
        Manner.SPOKEN: tr("They say their answers aloud; somebody else hears them and is named."),
        Manner.PAPER: tr("They have answered on a paper form; the answers are copied from it."),
    }[manner]


def _same(name: str) -> str:
    return "".join(name.split()).casefold()
