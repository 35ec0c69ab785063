"""After a withdrawal: a law makes us keep a part. Said in two steps, with the law it stands on."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain import kept_laws
from desktop.domain.inbox import Received
from desktop.domain.kept_laws import ARTICLES, KeptLaw
from i18n import later, tr
from ui.inbox.reasons import Reasons
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import repaint, text, wrapped
from ui.widgets.segmented import Choice

_LAWS: Final = {
    KeptLaw.MEDICAL: later("Medical records"),
    KeptLaw.ARCHIVES: later("Public records"),
    KeptLaw.ANOTHER: later("Another law"),
}


class KeepingPart(Card):
    """Hidden but after a withdrawal; no law is chosen before a person does."""

    said = Signal(object)

    def __init__(self) -> None:
        """Offer it, in two steps."""
        super().__init__(margin=16)
        self.setObjectName("inbox-keeping")
        name = tr("A law makes us keep a part")
        self.setAccessibleName(name)
        self.done = Notice("shield", "", "info")
        self.name = text(name, "body", weight="semibold")
        self.about = wrapped(_about(), "body", "text2")
        laws = tuple(Choice(law.value, tr(words)) for law, words in _LAWS.items())
        self.laws = Reasons(tr("Which law"), laws)
        self.article = wrapped("", "caption", "text2")
        self.wrong = wrapped("", "caption", "danger")
        self.open_button = Button(f"{name}…", "quiet", "shield", pressed=self._on_open)
        self.open_button.setObjectName("inbox-keeping-open")
        self.back_button = Button(tr("Back"), "quiet", pressed=self._on_back)
        self.act_button = Button(tr("Tell whoever asked"), "primary", "send", pressed=self._on_act)
        self.act_button.setObjectName("inbox-keeping-act")
        for law, button in self.laws.buttons.items():
            button.setAccessibleDescription(kept_laws.article(law))
            button.clicked.connect(self._on_law)
        self._lay_out()
        self.hide()

    def show_case(self, case: Received, *, is_same: bool) -> None:
        """Offer it where a consent was taken back; once said it stays said."""
        code = case.kept_by_law
        self.setVisible(bool(code) or case.may_keep_by_law)
        self.done.setVisible(bool(code))
        if code:
            words = tr(
                "You said that a part is kept under {article}. {asker} tells the young person.",
                article=kept_laws.article(code),
                asker=case.asker_name,
            )
            self.done.show_words("shield", words, "info")
        if code or not is_same:
            self._close()
        if code:
            self.open_button.hide()

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        self.act_button.setEnabled(bool(self.laws.key()) and not is_busy)

    def say_wrong(self, words: str) -> None:
        """Say what went wrong, or with "" that nothing did."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    @Slot()
    def _on_open(self) -> None:
        self.laws.clear()
        self._on_law()
        self._show(is_open=True)
        next(iter(self.laws.buttons.values())).setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._close()
        self.open_button.setFocus()

    def _close(self) -> None:
        self._show(is_open=False)

    @Slot()
    def _on_law(self) -> None:
        code = self.laws.key()
        self.act_button.setEnabled(bool(code))
        cited = ARTICLES[KeptLaw(code)] if code else tr("Choose the law it stands on.")
        call = tr("Tell them by telephone which law it is.")
        self.article.setText(f"{cited} · {call}" if code == KeptLaw.ANOTHER else cited)

    @Slot()
    def _on_act(self) -> None:
        self.said.emit(KeptLaw(self.laws.key()))

    def _show(self, *, is_open: bool) -> None:
        # A card only while it asks: what is merely offered, or was said, needs no frame.
        margin = 16 if is_open else 0
        self.body.setContentsMargins(margin, margin, margin, margin)
        repaint(self, card="true" if is_open else "")
        self.open_button.setVisible(not is_open)
        self.say_wrong("")
        for part in (self.name, self.about, self.laws, self.article, self.back_button,
                     self.act_button):  # fmt: skip
            part.setVisible(is_open)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for part in (self.open_button, self.back_button):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.act_button)
        self.add(self.done, self.name, self.about, self.laws, self.article, self.wrong)
        self.body.addLayout(row)


def _about() -> str:
    return tr(
        "Only for what your agency keeps in records of its own because a law says it must. Use it "
        "for nothing else. The young person is told what is kept, and why."
    )
