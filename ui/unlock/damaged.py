"""What is said when the vault cannot be trusted: nothing is deleted, nothing new is made."""

from PySide6.QtCore import Signal

from desktop.errors import VaultDamaged
from i18n import tr
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped


class DamagedPage(Stage):
    """Says what was found, what was kept, and whom to call."""

    back_wanted = Signal()

    def __init__(self, error: VaultDamaged) -> None:
        """Name the place of the copy, which holds no one's name."""
        super().__init__(
            tr("This vault cannot be opened safely"),
            tr("Its files are damaged, were changed by something else, or are older than they "
               "should be."),
        )  # fmt: skip
        self.add(
            Notice("shield-check", tr("Nothing was deleted, and the notes stay encrypted."), "ok"),
            wrapped(tr("1. Do not delete anything and do not make a new vault.")),
            wrapped(tr("2. Call your center. A backup is opened together.")),
            wrapped(tr("3. Until then, write on paper.")),
            wrapped(
                tr("A copy was kept in: {place}", place=error.quarantined), "caption", "text3"
            ),
        )
        back = Button(tr("Back"), "plain", "arrow-left")
        back.setObjectName("damaged-back")
        back.clicked.connect(self.back_wanted)
        self.foot.addWidget(back)
        self.foot.addStretch()
        self.setFocusProxy(back)
