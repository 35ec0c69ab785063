"""Another key for letters to whoever asked: compared by telephone before its first use."""

from PySide6.QtCore import Signal, Slot

from desktop.services.agency_keys import KeyChange
from i18n import language, tr
from ui.widgets.card import Card
from ui.widgets.compared import ComparedSteps
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
        self.steps = ComparedSteps("inbox-key")
        self.compared_button, self.use_button = self.steps.compared_button, self.steps.use_button
        self.steps.agreed.connect(self._on_use)
        self.add(self.about, self.words, self.steps)
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
        self.steps.begin()
        self.show()

    @Slot()
    def _on_use(self) -> None:
        if self._shown is not None:
            self.compared.emit(self._shown)
        self.hide()
