"""One thing that ends, and the two things that can be decided about it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.retention import Expiry
from i18n import tr
from ui.keeping.expiry_words import left_words, owed_words, what_words, when_words, why_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Pill, wrapped


class ExpiryCard(Card):
    """Emits what it is about."""

    keep_wanted = Signal(object)
    destroy_wanted = Signal(object)

    def __init__(self, expiry: Expiry, now: datetime) -> None:
        """Say what, when, why, and what still stands in the way."""
        super().__init__(margin=14)
        self.setProperty("card", "sunken")
        self.expiry = expiry
        what = what_words(expiry)
        why = f"{when_words(expiry, now)}. {why_words(expiry)}"
        self.keep_button = Button(tr("Keep longer"), "plain")
        self.destroy_button = Button(tr("Destroy now…"), "quiet", "eraser")
        buttons = (self.keep_button, self.destroy_button)
        for button, wanted in zip(buttons, (self.keep_wanted, self.destroy_wanted), strict=True):
            button.sized("small").setAccessibleName(f"{what}: {button.text()}")
            button.clicked.connect(lambda _=False, said=wanted: said.emit(self.expiry))
        self.keep_button.setObjectName("expiry-keep")
        self.destroy_button.setObjectName("expiry-destroy")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(wrapped(what, "body", "text", "semibold"), 1)
        head.addWidget(Pill(*left_words(expiry, now)))
        foot.addWidget(self.keep_button)
        foot.addWidget(self.destroy_button)
        foot.addStretch()
        self.body.setSpacing(5)
        self.body.addLayout(head)
        self.add(wrapped(why, "caption", "text2"))
        for owed in expiry.owed:
            self.add(wrapped(owed_words(owed), "caption", "warn"))
        self.body.addLayout(foot)
        self.setAccessibleName(f"{what}. {why}")
