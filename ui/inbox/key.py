"""Another key for letters to whoever asked: compared by telephone before its first use."""

from PySide6.QtCore import Signal, Slot

from desktop.services.agency_keys import KeyChange
from i18n import language, tr
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class KeyPart(Card):
    """Shows six words; emits what was shown once somebody says that they are the same."""

    compared = Signal(object)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("inbox-key")
        self._shown: KeyChange | None = None
        self.about = wrapped("", "body", "text")
        self.words = text("", "note", weight="semibold")
        self.button = Button(tr("The six words are the same"), "primary", pressed=self._on_pressed)
        self.button.setObjectName("inbox-key-compared")
        self.add(self.about, self.words, self.button)
        self.hide()

    def show_change(self, change: KeyChange) -> None:
        """Ask somebody to call and compare."""
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
        self.show()
        self.button.setFocus()

    @Slot()
    def _on_pressed(self) -> None:
        self.hide()
        if self._shown is not None:
            self.compared.emit(self._shown)
