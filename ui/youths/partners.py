"""Which bodies come along: those of earlier nights as chips, and a line for any other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.flow import Flow


class Partners(QWidget):
    """Nothing is ticked beforehand. A chip and the line say the same thing: a name."""

    entered = Signal()

    def __init__(self) -> None:
        """Know no body yet."""
        super().__init__()
        self.others = Field(tr("Partner bodies"))
        self.others.edit.setObjectName("outreach_partners")
        self.others.edit.setPlaceholderText(tr("e.g. Gwanak Police Station"))
        self.others.entered.connect(self.entered)
        self.chips: tuple[Button, ...] = ()
        self._known = QWidget()
        self._flow = Flow(self._known, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.others)
        column.addWidget(self._known)
        self._known.hide()

    def offer(self, bodies: tuple[str, ...]) -> None:
        """Offer these as chips; what is chosen stays chosen."""
        if bodies == tuple(chip.text() for chip in self.chips):
            return
        chosen = self.names()
        for old in self.chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.chips = tuple(_chip(body) for body in bodies)
        for chip in self.chips:
            self._flow.addWidget(chip)
        self._known.setVisible(bool(bodies))
        self.show_names(chosen)

    def names(self) -> tuple[str, ...]:
        """Return every body that is chosen or typed, each once."""
        chosen = [chip.text() for chip in self.chips if chip.isChecked()]
        return tuple(dict.fromkeys((*chosen, *split(self.others.words()))))

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show these as chosen; what has no chip stands in the line."""
        for chip in self.chips:
            chip.setChecked(chip.text() in names)
        known = {chip.text() for chip in self.chips}
        self.others.edit.setText(", ".join(name for name in names if name not in known))


def split(words: str) -> tuple[str, ...]:
    """Return the names in one line, without spaces and empty ones."""
    names = words.replace("，", ",").split(",")
    return tuple(name.strip() for name in names if name.strip())


def _chip(body: str) -> Button:
    chip = Button(body, "chip")
    chip.setCheckable(True)
    chip.setObjectName("partner-chip")
    return chip
