"""What is in force, and ending it: two clicks, no more than giving took."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ids import ConsentId
from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped


class EndingPart(QWidget):
    """Says until when something may be sent; withdraws after a second click."""

    confirmed = Signal()

    def __init__(self) -> None:
        """Lay out one line and its buttons."""
        super().__init__()
        self._words = ""
        self._about: ConsentId | None = None
        self.force = wrapped("", "caption", "text2")
        self.withdraw_button = Button(tr("Withdraw consent"), "quiet", "undo-2").sized("small")
        self.keep_button = Button(tr("Leave it"), "quiet").sized("small")
        self.confirm_button = Button(tr("Withdraw now"), "danger").sized("small")
        for name, button in (
            ("withdraw", self.withdraw_button),
            ("keep", self.keep_button),
            ("withdraw-now", self.confirm_button),
        ):
            button.setObjectName(f"consent-{name}")
        self._lay_out()
        self.withdraw_button.clicked.connect(self._on_withdraw)
        self.keep_button.clicked.connect(self.settle)
        self.confirm_button.clicked.connect(self.confirmed)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All of them, shown or not."""
        return self.withdraw_button, self.keep_button, self.confirm_button

    def name_buttons(self, name: str) -> None:
        """Let a reader say whose they are, where several stand below one another."""
        for button in self.buttons:
            button.setAccessibleName(f"{name}: {button.text()}")

    def _lay_out(self) -> None:
        said, asked = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self.force, 1)
        said.addWidget(self.withdraw_button)
        asked.addStretch()
        asked.addWidget(self.keep_button)
        asked.addWidget(self.confirm_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for row in (said, asked):
            row.setSpacing(4)
            column.addLayout(row)

    def show_words(self, words: str, *, is_on: bool, about: ConsentId | None = None) -> None:
        """Say what is in force; `is_on` when there is something to withdraw.

        Between two clicks `about` the same consent it stays as it is.
        """
        is_same = about is not None and about == self._about
        is_asked = is_on and is_same and not self.confirm_button.isHidden()
        self._words, self._about = words, about
        if not is_asked:
            self._show(is_asking=False, is_on=is_on)

    @Slot()
    def settle(self) -> None:
        """Return to before the first click."""
        self._show(is_asking=False, is_on=True)

    @Slot()
    def _on_withdraw(self) -> None:
        had_keyboard = self.window().focusWidget() is self.withdraw_button
        self._show(is_asking=True, is_on=True)
        if had_keyboard:
            self.keep_button.setFocus()  # the other is one Tab further
        self.force.setText(tr("Nothing more is sent, and the agency is asked to destroy it."))

    def _show(self, *, is_asking: bool, is_on: bool) -> None:
        self.force.setText(self._words)
        self.setVisible(bool(self._words) or is_on)
        self.withdraw_button.setVisible(is_on and not is_asking)
        self.keep_button.setVisible(is_asking)
        self.confirm_button.setVisible(is_asking)
