"""What is said when the vault cannot be trusted: nothing is deleted, nothing empty is made."""

from PySide6.QtCore import Signal

from desktop.errors import VaultDamaged
from i18n import tr
from ui.unlock.salvage_list import StatementList
from ui.unlock.salvage_words import odd_words
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import wrapped


class DamagedPage(Stage):
    """Says what was found, what was kept, whom to call, and offers to look what is left."""

    back_wanted = Signal()
    saving_wanted = Signal()
    bringing_wanted = Signal()

    def __init__(self, error: VaultDamaged) -> None:
        """Name the place of the copy, which holds no one's name."""
        super().__init__(
            tr("This vault cannot be opened safely"),
            tr("Its files are damaged, were changed by something else, or are older than they "
               "should be."),
        )  # fmt: skip
        notice = tr("Nothing was deleted, and the notes stay encrypted.")
        self.add(Notice("shield-check", notice, "ok"))
        self.records = _records(error)
        if self.records is not None:
            card = Card(tr("Where it shows"))
            card.add(self.records)
            self.add(card)
        self.add(*(wrapped(step) for step in _steps()))
        self._offer_ways()
        if error.quarantined:
            words = tr("A copy was kept in: {place}", place=error.quarantined)
            self.add(wrapped(words, "caption", "text3"))
        back = Button(tr("Back"), "plain", "arrow-left", pressed=self.back_wanted.emit)
        back.setObjectName("damaged-back")
        self.foot.addWidget(back)
        self.foot.addStretch()
        self.setFocusProxy(back)

    def _offer_ways(self) -> None:
        self.saving_button = Button(
            tr("See what can be saved"), "primary", "search", pressed=self.saving_wanted.emit
        )
        self.bringing_button = Button(
            tr("Bring back a backup"), "plain", "history", pressed=self.bringing_wanted.emit
        )
        self.saving_button.sized("large").setObjectName("damaged-saving")
        self.bringing_button.sized("large").setObjectName("damaged-bringing")
        self.add(self.saving_button, self.bringing_button)


def _steps() -> tuple[str, ...]:
    return (
        tr("1. Do not delete anything, and do not begin again with an empty vault."),
        tr(
            "2. See what can be saved, or bring back a backup from a stick. You can also call "
            "your center and look together."
        ),
        tr("3. Until then, write on paper."),
    )


def _records(error: VaultDamaged) -> StatementList | None:
    statements = tuple(odd_words(odd) for odd in error.records)
    return StatementList(tr("Where it shows"), statements) if statements else None
