"""What can be done about a draft: see what would leave, or write on."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.labels import repaint


class DraftButtons(QWidget):
    """The last one also begins a draft."""

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.preview_button = Button(tr("Preview"), "primary", "send")
        self.compose_button = Button(" ", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        named = {"preview": self.preview_button, "compose": self.compose_button}
        for name, button in named.items():
            button.setObjectName(f"referral-{name}")
            row.addWidget(button, 1)

    def offer(self, compose: str, kind: str, *, can_preview: bool, is_beside: bool) -> None:
        """Offer to `compose`; smaller where they stand beside words."""
        self.compose_button.say(compose)
        self.preview_button.setVisible(can_preview)
        tall = "small" if is_beside else ""
        repaint(self.compose_button, kind=kind, tall=tall)
        repaint(self.preview_button, tall=tall)
        self.show()
