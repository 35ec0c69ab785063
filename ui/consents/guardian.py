"""Who answers for someone under 14, and how that is confirmed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.consents import Guardian, Verification
from desktop.domain.text import line
from desktop.errors import AppError, NothingWritten
from ui.consents.texts import Form
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped


class GuardianPage(QWidget):
    """Asks for name, relation, contact and one of the seven lawful ways; none is chosen."""

    given = Signal(object)

    def __init__(self) -> None:
        """Lay out the fields."""
        super().__init__()
        self.title = wrapped("", "question", "text")
        self.intro = wrapped("", "lead", "text2")
        self.name, self.relation, self.contact = Field(""), Field("", " "), Field("", " ")
        self.way_label = text("", "caption", "text2", "semibold")
        self.ways = {way: QRadioButton() for way in Verification}
        self.wrong = wrapped("", "body", "danger", "semibold")
        self.next_button = Button("", "primary").sized("large")
        self.next_button.setObjectName("guardian-next")
        self._group = QButtonGroup(self)
        self._words: dict[str, str] = {}
        self._lay_out()
        self.next_button.clicked.connect(self._on_next)

    def show_form(self, form: Form) -> None:
        """Say everything in the form's language; what was typed stays."""
        words = self._words = dict(form.part("who_answers"))
        self.title.setText(words["title"])
        self.intro.setText(words["intro"])
        for field, key in self._fields():
            field.label.setText(words[key])
            field.edit.setAccessibleName(words[key])
            field.edit.setPlaceholderText(words.get(f"{key}_hint", ""))
        self.way_label.setText(words["way"])
        for way, button in self.ways.items():
            button.setText(form.way(way))
            button.setAccessibleName(form.way(way))
        self.next_button.say(words["next"])
        self.wrong.setText("")
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the guardian before."""
        for field, _ in self._fields():
            field.edit.clear()
        self._group.setExclusive(False)
        for button in self.ways.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _fields(self) -> tuple[tuple[Field, str], ...]:
        return ((self.name, "name"), (self.relation, "relation"), (self.contact, "contact"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.title)
        column.addWidget(self.intro)
        column.addSpacing(8)
        column.addWidget(self._card())
        foot = QHBoxLayout()
        foot.addWidget(self.wrong, 1)
        self.next_button.setMinimumWidth(220)
        foot.addWidget(self.next_button)
        column.addLayout(foot)
        column.addStretch(3)

    def _card(self) -> Card:
        card = Card(margin=28)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for field, key in self._fields():
            field.note.hide()
            field.edit.setObjectName(f"guardian-{key}")
            field.edit.setMaxLength(100)
            fields.addWidget(field)
        card.body.addLayout(fields)
        card.body.addSpacing(8)
        card.add(self.way_label)
        for way, button in self.ways.items():
            button.setObjectName(f"guardian-way-{way}")
            self._group.addButton(button)
            card.add(button)
        return card

    @Slot()
    def _on_next(self) -> None:
        way = next((way for way, button in self.ways.items() if button.isChecked()), None)
        try:
            name, relation, contact = (line(f.words(), key) for f, key in self._fields())
        except NothingWritten:
            self.wrong.setText(self._words["missing"])
        except AppError:
            self.wrong.setText(self._words["number_found"])
        else:
            if way is None:
                self.wrong.setText(self._words["missing"])
            else:
                self.given.emit(Guardian(name, relation, contact, way))
