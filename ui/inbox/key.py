"""Another key for letters to whoever asked: compared by telephone before its first use."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.services.agency_keys import KeyChange
from i18n import language, tr
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class KeyPart(Card):
    """Shows six words; emits what was shown once somebody has compared them, in two steps."""

    compared = Signal(object)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("inbox-key")
        self._shown: KeyChange | None = None
        self.about = wrapped("", "body", "text")
        self.words = text("", "note", weight="semibold")
        compared, use = tr("I have compared them"), tr("Use the new key")
        self.compared_button = Button(compared, "plain", pressed=self._on_compared)
        self.compared_button.setObjectName("inbox-key-compared")
        self.use_button = Button(use, "soft", "check", pressed=self._on_use)
        self.use_button.setObjectName("inbox-key-use")
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.compared_button)
        row.addWidget(self.use_button)
        self.add(self.about, self.words)
        self.body.addLayout(row)
        self.hide()

    def show_change(self, change: KeyChange) -> None:
        """Ask somebody to call and compare. The focus stays: what they press next is not this."""
        self._shown = change
        self.about.setText(
            tr(
                "{agency} has a new key for its letters. Call a number you know and let them read "
                "you these six words from their own screen. Then send again.",
                agency=change.agency_name,
            )
        )
        said = change.words.ko if language() == "ko" else change.words.en
        self.words.setText(" · ".join(said))
        self.words.setAccessibleName(self.words.text())
        self.compared_button.show()
        self.use_button.hide()
        self.show()

    @Slot()
    def _on_compared(self) -> None:
        self.compared_button.hide()
        self.use_button.show()
        self.use_button.setFocus()

    @Slot()
    def _on_use(self) -> None:
        if self._shown is not None:
            self.compared.emit(self._shown)
        self.hide()
