"""Which law, and to whom: nothing is chosen before, and nobody else can be chosen."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency
from desktop.domain.disclosures import Ground
from desktop.domain.ids import AgencyId
from i18n import tr
from ui.disclosures import words
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped

_INDENT = 30
"""Pixels: under the words of a round button."""


class Choosing(QWidget):
    """Two grounds; under the one chosen, the receivers that its law names."""

    ground_chosen = Signal(object)
    chosen = Signal()

    def __init__(self) -> None:
        """Lay out both grounds."""
        super().__init__()
        self.grounds = {each: QRadioButton(words.ground(each)) for each in Ground}
        self.agencies: dict[AgencyId, QRadioButton] = {}
        self.wanted = ""
        """The receiver chosen before, until the directory has said who is offered."""
        self.to_card = Card(tr("To whom"), margin=16)
        self.none = wrapped(tr("The directory names nobody this may go to. Call instead."))
        self._grounds, self._receivers = QButtonGroup(self), QButtonGroup(self)
        self._to = QVBoxLayout()
        self._to.setSpacing(8)
        self._lay_out()
        self._grounds.buttonClicked.connect(self._on_ground)
        self._receivers.buttonClicked.connect(self.chosen)

    def ground(self) -> Ground | None:
        """Return the ground chosen, if any."""
        return next((each for each, b in self.grounds.items() if b.isChecked()), None)

    def agency(self) -> AgencyId | None:
        """Return the receiver chosen, if any."""
        return next((each for each, b in self.agencies.items() if b.isChecked()), None)

    def choose(self, ground: Ground | None, wanted: str = "") -> None:
        """Show a ground as chosen, or none; `wanted` is chosen once it is offered."""
        self.wanted = wanted
        self._grounds.setExclusive(False)
        for each, button in self.grounds.items():
            button.setChecked(each is ground)
        self._grounds.setExclusive(True)
        self.show_agencies(())
        self.to_card.setVisible(ground is not None)

    def show_agencies(self, found: tuple[Agency, ...]) -> None:
        """Offer exactly these."""
        for button in self.agencies.values():
            self._receivers.removeButton(button)
            button.hide()
            button.deleteLater()
        self.agencies = {each.id: _receiver(each) for each in found}
        for agency, button in self.agencies.items():
            button.setChecked(agency == self.wanted)
            self._receivers.addButton(button)
            self._to.addWidget(button)
        self.none.setVisible(not found)

    def _lay_out(self) -> None:
        card = Card(tr("Why without a consent"), margin=16)
        for each, button in self.grounds.items():
            button.setObjectName(f"ground-{each.name.lower()}")
            button.setAccessibleDescription(f"{words.about(each)} {each.article}")
            self._grounds.addButton(button)
            card.add(button)
            card.body.addLayout(_explained(each))
        self.to_card.add(self.none)
        self.to_card.body.addLayout(self._to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self.to_card)

    @Slot(QAbstractButton)
    def _on_ground(self, _: QAbstractButton) -> None:
        self.wanted = ""
        self.to_card.show()
        self.ground_chosen.emit(self.ground())


def _explained(ground: Ground) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(_INDENT, 0, 0, 6)
    column.setSpacing(2)
    column.addWidget(wrapped(words.about(ground), "body", "text2"))
    column.addWidget(text(ground.article, "caption", "text3"))
    return column


def _receiver(agency: Agency) -> QRadioButton:
    about = " · ".join(part for part in (agency.name, agency.phone) if part)
    button = QRadioButton(about)
    button.setObjectName(f"receiver-{agency.id}")
    button.setAccessibleName(about)
    return button
