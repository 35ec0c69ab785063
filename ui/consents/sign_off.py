"""A translation and whoever's language it is: until they sign it off it is a draft."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.consent_texts import Status
from desktop.domain.text import LINE_LIMIT
from i18n import tr
from ui import style
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped


class SignOffPart(QWidget):
    """Says who signed, or asks for a name."""

    signed = Signal(str)

    def __init__(self) -> None:
        """Lay out one line."""
        super().__init__()
        self.state = wrapped("", "caption", "text2")
        self.name = QLineEdit()
        self.name.setObjectName("wording-signer")
        self.name.setMaxLength(LINE_LIMIT)
        self.name.setMinimumWidth(style.scaled(240))
        self.name.setAccessibleName(tr("Name of the native speaker"))
        self.name.setPlaceholderText(tr("Name of the native speaker"))
        self.sign_button = Button(tr("Sign off"), "soft", "user-round-check")
        self.sign_button.setObjectName("wording-sign")
        self.sign_button.clicked.connect(self._on_sign)
        self.name.returnPressed.connect(self._on_sign)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.state, 1)
        row.addWidget(self.name)
        row.addWidget(self.sign_button)

    def show_status(self, said: object) -> None:
        """Show how far this text may be trusted; `said` is its part `status`."""
        status = dict(said) if isinstance(said, dict) else {}
        is_signed = status.get("translation") == Status.SIGNED_OFF
        self.state.setText(
            tr("Signed off by {who}.", who=status.get("signed_off_by", "")) if is_signed
            else tr("A draft: no native speaker has signed this translation off yet.")
        )  # fmt: skip
        self.setVisible(status.get("translation") != Status.ORIGINAL)
        self.name.setVisible(not is_signed)
        self.sign_button.setVisible(not is_signed)

    @Slot()
    def _on_sign(self) -> None:
        who = " ".join(self.name.text().split())
        if not who:
            self.name.setFocus()
            return
        self.name.clear()
        self.signed.emit(who)
