"""Law and receiver, then words, then exactly what is sent: three pages, one at a time."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.disclosures import Ground, Writing
from desktop.domain.ids import YouthId
from desktop.services.disclosures import Shown
from i18n import tr
from ui.disclosures import seen
from ui.disclosures.choosing import Choosing
from ui.disclosures.writing import WritingPart
from ui.widgets.card import Card
from ui.widgets.labels import wrapped

CHOOSE, WRITE, LOOK = range(3)


class Steps(QWidget):
    """What is chosen and typed; it asks nobody anything."""

    changed = Signal()
    ground_chosen = Signal(object)

    def __init__(self) -> None:
        """Begin at the first page."""
        super().__init__()
        self.choosing, self.writing, self.exact = Choosing(), WritingPart(), Card(margin=18)
        self.page = CHOOSE
        self._pages = (self.choosing, self.writing, self._look_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for page in self._pages:
            column.addWidget(page)
        self.choosing.ground_chosen.connect(self._on_ground)
        self.choosing.chosen.connect(self.changed)
        self.writing.changed.connect(self.changed)

    @property
    def is_ready(self) -> bool:
        """Say whether the next page can be shown."""
        return self.page != CHOOSE or self.choosing.agency() is not None

    def show_page(self, page: int) -> None:
        """Show one page."""
        self.page = page
        for index, widget in enumerate(self._pages):
            widget.setVisible(index == page)

    def fill(self, words: Mapping[str, str]) -> None:
        """Let what was typed before stand there; nothing is chosen that nobody chose."""
        ground = next((g for g in Ground if g.value == words.get("ground")), None)
        self.writing.fill(words)
        self.choosing.choose(ground, words.get("agency", ""))
        if ground is not None:
            self._on_ground(ground)

    def write_again(self, writing: Writing) -> None:
        """Let what was written once stand there as if it had been typed."""
        told = {item.value: said for item, said in writing.words.items()}
        chosen = {"ground": writing.ground, "agency": writing.agency, "reason": writing.reason}
        self.fill({**told, **chosen})

    @property
    def is_blank(self) -> bool:
        """Say whether no word is written here."""
        return not any(text.strip() for text in self.writing.typed().values())

    def typed(self) -> dict[str, str]:
        """Return everything to keep, by field."""
        typed = self.writing.typed()
        if not self.is_blank:
            typed["ground"] = self.choosing.ground() or ""
            typed["agency"] = self.choosing.agency() or self.choosing.wanted
        return typed

    def written(self, youth: YouthId) -> Writing | None:
        """Return the report as it is written; None while something is not chosen."""
        ground, agency = self.choosing.ground(), self.choosing.agency()
        if ground is None or agency is None:
            return None
        return Writing(
            youth, ground, agency, self.writing.typed()["reason"], self.writing.told(ground)
        )

    def show_exact(self, shown: Shown) -> None:
        """Show what would be signed and sent, read back from its bytes."""
        report, to = shown.report, shown.agency_name
        seen.fill(self.exact, seen.parts(report.ground, to, report.reason, shown.rows()))
        self.show_page(LOOK)

    def _look_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        told = tr("These exact words go to a supervisor, and once signed, to the receiver.")
        column.addWidget(wrapped(told, "body", "text", "semibold"))
        column.addWidget(self.exact)
        for line in seen.hidden():
            column.addWidget(line)
        own = tr("A supervisor signs on their own laptop: nobody can sign on this one.")
        column.addWidget(wrapped(own, "caption", "text3"))
        return page

    @Slot(object)
    def _on_ground(self, ground: Ground) -> None:
        self.writing.show_ground(ground)
        self.ground_chosen.emit(ground)
