"""Practice joins its network by itself; this is what a person sees meanwhile."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel


class JoiningPage(Stage):
    """Three lines that tick themselves off; waiting is optional."""

    skipped = Signal()

    def __init__(self) -> None:
        """Show that nothing has happened yet."""
        lead = tr(
            "Thirteen invented agencies answer your referrals here. Nothing leaves this computer."
        )
        super().__init__(tr("Getting the practice network ready"), lead)
        self._lines = (
            IconLabel("circle-dashed", tr("Starting the practice network"), "text3"),
            IconLabel("circle-dashed", tr("Making this laptop known to the center"), "text3"),
            IconLabel("circle-dashed", tr("Reading the list of agencies"), "text3"),
        )
        self.add(*self._lines)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Getting the practice network ready"))
        self.add(self.bar)
        self.skip_button = Button(tr("Start writing now"), "quiet")
        self.skip_button.clicked.connect(self.skipped)
        self.skip_button.setObjectName("joining-skip")
        self.foot.addWidget(self.skip_button)
        self.foot.addStretch()
        self.setFocusProxy(self.skip_button)
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Show the lines before `number` as done and that one as going on."""
        for each, line in enumerate(self._lines):
            words = line.label.text()
            if each < number:
                line.show_words("circle-check", words, "ok")
            elif each == number:
                line.show_words("circle-dot", words, "text")

    def say_failed(self, error: AppError) -> None:
        """Say why it does not go on; writing works without it."""
        self.lead.setText(messages.sentence(error))
        self.bar.hide()
        self.skip_button.setFocus()
