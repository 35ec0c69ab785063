"""Printing a summary, never by accident: choose, see exactly what will be there, then where."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.summaries import Summary
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import summaries
from desktop.services.summaries import Printed
from i18n import tr
from ui import messages
from ui.printing import words
from ui.printing.choosing import ChoosingPart
from ui.printing.paper import Shown, Told, pdf, shown
from ui.printing.preview import PreviewPart
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet

_Drawn = tuple[Summary, Told, Shown]


class PrintSheet(Sheet):
    """Two steps; the words are dropped when it closes."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Print a summary"), tr("Close"), width=720)
        self.setObjectName("print-sheet")
        self._tasks = tasks
        self._about: Youth | None = None
        self._made: tuple[Summary, Told] | None = None
        self.lead = wrapped("", "body", "text2")
        self.choosing, self.preview = ChoosingPart(), PreviewPart()
        self.notice = Notice("triangle-alert", "", "warn")
        self.see_button = Button(tr("See the pages"), "primary", "eye", pressed=self._on_see)
        self.see_button.setObjectName("print-see")
        self.back_button = Button(tr("Back"), "quiet", "arrow-left", pressed=self._on_back)
        self.save_button = Button(
            tr("Save as a PDF file…"), "primary", "file-text", pressed=self._on_save
        )
        self.save_button.setObjectName("print-save")
        for part in (self.lead, self.choosing, self.preview, self.notice):
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addWidget(self.back_button)
        self.foot.addStretch()
        self.foot.addWidget(self.see_button)
        self.foot.addWidget(self.save_button)
        self.choosing.changed.connect(self.see_button.setEnabled)
        self.choosing.grown.connect(self.fit)
        self.closed.connect(self._drop)

    def begin(self, about: Youth) -> None:
        """Begin to choose what goes in about somebody."""
        self._about = about
        self.choosing.rest()
        self._step(is_seen=False)
        self.open(next(iter(self.choosing.boxes.values())))
        self.fit()

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about is not None and self._about.id == youth:
            self.leave()

    @Slot()
    def _on_see(self) -> None:
        QGuiApplication.inputMethod().commit()
        chosen, about, moment = self.choosing.chosen(), self._about, self._tasks.moment()
        if chosen is not None and about is not None:
            stand_in, width = tr("[left out: sensitive]"), self.preview.width_of_a_page()
            self._tasks.run(
                lambda vault: _drawn(
                    summaries.gather(vault, about.id, chosen, stand_in, moment), moment.now, width
                ),
                self._show,
                self._say_wrong,
            )

    def _show(self, drawn: _Drawn) -> None:
        summary, told, pages = drawn
        if self._about is None or summary.youth.id != self._about.id or not self.isVisible():
            return  # closed meanwhile
        self._made = (summary, told)
        self.preview.show_pages(pages, words.left_out_words(summary))
        self._step(is_seen=True)
        self.preview.view.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._made = None
        self.preview.clear()
        self._step(is_seen=False)
        self.see_button.setFocus()

    @Slot()
    def _on_save(self) -> None:
        name = f"bammajung-{self._tasks.moment().now:%Y%m%d-%H%M}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Where should the file be?"), name, "PDF (*.pdf)"
        )
        if not chosen or self._made is None:
            return
        (summary, told), file, moment = self._made, Path(chosen), self._tasks.moment()
        self.save_button.setEnabled(False)
        self._tasks.run(
            lambda vault: summaries.save(vault, Printed(summary, pdf(told)), file, moment),
            lambda _: self._on_saved(file),
            self._say_wrong,
        )

    def _on_saved(self, file: Path) -> None:
        told = tr(
            "Saved as {name}, and written down here. Anyone who has the file can read it: print "
            "it or hand it over, then delete it and empty the trash.",
            name=file.name,
        )
        self.save_button.setEnabled(True)
        self.notice.show_words("circle-check", told, "ok")
        self.close_button.setFocus()
        self.fit()

    def _say_wrong(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.notice.show_words("circle-alert", messages.sentence(error), "danger")
        self.notice.show()
        self.fit()

    def _step(self, *, is_seen: bool) -> None:
        alias = self._about.alias if self._about else ""
        lead = (
            tr("These are the pages, exactly as they will be in the file.")
            if is_seen
            else tr(
                "{alias}. Nothing is chosen beforehand: tick only what is needed.", alias=alias
            )
        )
        self.lead.setText(lead)
        seen: tuple[QWidget, ...] = (self.preview, self.back_button, self.save_button, self.notice)
        for part in seen:
            part.setVisible(is_seen)
        self.choosing.setVisible(not is_seen)
        self.see_button.setVisible(not is_seen)
        warning = tr(
            "The file is not protected: whoever finds it can read it. Put it on no shared folder, "
            "and delete it when it has been printed."
        )
        self.notice.show_words("triangle-alert", warning, "warn")
        self.fit()

    @Slot()
    def _drop(self) -> None:
        self._about = self._made = None
        self.preview.clear()
        self.choosing.rest()


def _drawn(summary: Summary, now: datetime, width: int) -> _Drawn:
    """Lay out and draw on the vault's thread: forty pages take the time of ten frames."""
    told = Told(words.title(summary), words.parts(summary, now), words.marked(summary, now))
    return summary, told, shown(told, width)
