"""The pause after a wrong passphrase, counted down where it was typed."""

from PySide6.QtCore import QTimer, Slot

from i18n import ntr, tr
from ui.widgets.buttons import Button
from ui.widgets.field import SecretField


class Waiting(QTimer):
    """Holds a button back, and says beside the field for how long."""

    def __init__(self, field: SecretField, button: Button) -> None:
        """Nobody waits yet."""
        super().__init__(field)
        self._field, self._button, self._seconds = field, button, 0
        self.setInterval(1000)
        self.timeout.connect(self.pass_second)

    def begin(self, seconds: int) -> None:
        """Hold the button back for so long."""
        self._seconds = seconds
        self.start()
        self._show()

    def end(self) -> None:
        """Nobody waits any more: the pause was somebody else's."""
        self.stop()
        self._field.say("")
        self._button.setEnabled(True)

    @Slot()
    def pass_second(self) -> None:
        """Let a second have passed."""
        self._seconds -= 1
        self._show()

    def _show(self) -> None:
        is_over = self._seconds <= 0
        self._button.setEnabled(is_over)
        if is_over:
            self.stop()
            self._field.say(tr("You can try again now."))
            return
        wait = ntr(
            "You can try again in {n} second. Nothing is lost.",
            "You can try again in {n} seconds. Nothing is lost.",
            self._seconds,
        )
        self._field.say(wait, "warn")
