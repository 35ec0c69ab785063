"""Writing the organisation's consent texts, each language beside the Korean."""

from pathlib import Path as File

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.consent_errors import TextsRefused
from desktop.domain.consent_texts import Path
from desktop.domain.text_versions import ORIGINAL, Texts, Version, said
from desktop.errors import AppError
from i18n import tr
from i18n.formats import SEOUL
from ui.consents import fault_words
from ui.consents.seen import SeenSheet
from ui.consents.sign_off import SignOffPart
from ui.consents.wording_draft import WordingDraft
from ui.consents.wording_foot import WordingFoot
from ui.consents.wording_place import WordingPlace
from ui.consents.wording_rows import WordingRows
from ui.messages import sentence
from ui.people import language_words
from ui.tasks import Tasks
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class WordingSheet(Sheet):
    """Keeps a draft as it is typed. Only a text that lacks nothing can be put in force."""

    held = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Write consent texts"), tr("Close"), width=1120)
        self.setObjectName("wording-sheet")
        self._tasks = tasks
        self.draft, self.place = WordingDraft(tasks), WordingPlace()
        self.signing, self.rows, self.foot_part = SignOffPart(), WordingRows(), WordingFoot()
        self.notice = Notice("circle-check", "", "ok")
        self.problems = wrapped("", "caption", "danger")
        self.problems.setObjectName("wording-problems")
        self.seen = SeenSheet(window)
        for part in (self.place, self.notice, self.signing, self.rows, self.problems):
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addWidget(self.foot_part)
        self._connect()

    def begin(self, texts: Texts) -> None:
        """Go on writing `texts`."""
        self.draft.begin(texts)
        self.notice.hide()
        self._show_rows()
        self.open(self.place.language)
        self.fit()

    @Slot()
    def keep(self) -> None:
        """Keep what is written now, the syllable being composed included."""
        self.rows.commit()
        self.draft.keep()

    def may_close(self) -> bool:
        """Close with every word kept."""
        self.keep()
        return True

    def _show_rows(self) -> None:
        language, group = self.place.now()
        texts = self.draft.written.texts
        self.rows.show_lines({path: (said(texts[ORIGINAL], path), said(texts[language], path))
                              for path in group.paths})  # fmt: skip
        self._show_faults()
        self.fit()

    def _show_faults(self) -> None:
        written, (language, _) = self.draft.written, self.place.now()
        found = written.every()
        self.signing.show_status(written.texts[language].get("status"))
        self.rows.say_wrong(written.wrong(language))
        self.place.count(written)
        self.problems.setText(fault_words.listed(found))
        self.problems.setVisible(bool(found))
        self.foot_part.show_count(len(found))

    @Slot()
    def _on_chosen(self) -> None:
        self.notice.hide()
        self._show_rows()

    @Slot(object, str)
    def _on_written(self, path: Path, words: str) -> None:
        self.draft.change(self.draft.written.put(self.place.now()[0], path, words))
        self._show_faults()

    @Slot(str)
    def _on_signed(self, who: str) -> None:
        day = self._tasks.moment().now.astimezone(SEOUL).date()
        self.draft.change(self.draft.written.signed_off(self.place.now()[0], who, day))
        self.keep()
        self._show_faults()

    @Slot()
    def _on_next(self) -> None:
        found = self.draft.written.first()
        if found is not None:
            self.place.go_to(*found)
            self._show_rows()
            self.rows.go_to(found[1])

    @Slot()
    def _on_seen(self) -> None:
        self.keep()
        language, group = self.place.now()
        self.seen.show_text(self.draft.written.texts, language, group.key)

    @Slot(object)
    def _on_held(self, version: Version) -> None:
        self.leave()
        self.held.emit(version)

    @Slot(object)
    def _on_loaded(self, read: Texts) -> None:
        self._show_rows()
        named = ", ".join(map(language_words, read))
        self._say(tr("Taken from the file: {languages}.", languages=named), "ok")

    @Slot(object, object)
    def _on_refused(self, file: File, error: AppError) -> None:
        faults = error.faults if isinstance(error, TextsRefused) else ()
        self._say(f"{file.name}: {sentence(error)}\n{fault_words.listed(faults)}", "danger")

    @Slot(object)
    def _on_saved(self, file: File) -> None:
        self._say(tr("Saved as {file}.", file=file.name), "ok")

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self.foot_part.settle()
        self._say(sentence(error), "danger")

    def _say(self, words: str, tone: str) -> None:
        self.notice.show_words("circle-check" if tone == "ok" else "circle-alert", words, tone)
        self.notice.show()
        self.fit()

    def _connect(self) -> None:
        self.place.chosen.connect(self._on_chosen)
        self.rows.written.connect(self._on_written)
        self.signing.signed.connect(self._on_signed)
        draft, foot = self.draft, self.foot_part
        foot.next_wanted.connect(self._on_next)
        foot.seen_wanted.connect(self._on_seen)
        foot.load_wanted.connect(draft.load)
        foot.save_wanted.connect(draft.save)
        foot.confirmed.connect(draft.put_in_force)
        draft.loaded.connect(self._on_loaded)
        draft.refused.connect(self._on_refused)
        draft.saved.connect(self._on_saved)
        draft.held.connect(self._on_held)
        draft.failed.connect(self._on_failed)
