"""Beginning tonight's outreach: the place, and whatever else is known."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.services.outreach import Plan
from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import Icon, text, wrapped


class BeginForm(QWidget):
    """Stands where the night would be, while there is none."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Show empty lines; only the place is needed."""
        super().__init__()
        self.setObjectName("begin_outreach")
        self.place = Field(tr("Place"))
        self.place.edit.setObjectName("outreach_place")
        self.place.edit.setPlaceholderText(tr("e.g. Sillim Station"))
        self.route = Field(tr("Route"))
        self.route.edit.setObjectName("outreach_route")
        self.route.edit.setPlaceholderText(tr("e.g. Exit 3 – Starlight Street"))
        self.team = Field(tr("Team"), tr("Names with commas between them"))
        self.team.edit.setObjectName("outreach_team")
        self.joint = QCheckBox(tr("Joint activity"))
        self.joint.setObjectName("outreach_joint")
        self.joint.setAccessibleName(tr("Joint activity"))
        self.joint.setToolTip(tr("Police, the ministry or local government come along"))
        self.begin_button = Button(tr("Start session"), "primary", "lamp", pressed=self._on_begin)
        self.begin_button.setObjectName("start_outreach")
        for field in (self.place, self.route, self.team):
            field.entered.connect(self._on_begin)
        self._lay_out()

    def say_wrong(self, words: str) -> None:
        """Say why it did not begin."""
        self.place.say_wrong(words)

    def clear_form(self) -> None:
        """Be empty for the next night."""
        for field in (self.place, self.route, self.team):
            field.edit.clear()
        self.joint.setChecked(False)
        self.say_wrong("")

    def typed(self) -> dict[str, str]:
        """Return what stands in each field."""
        fields = {"place": self.place, "route": self.route, "team": self.team}
        words = {name: field.edit.text() for name, field in fields.items()}
        return {**words, "joint": "1" if self.joint.isChecked() else ""}

    def is_touched(self) -> bool:
        """Say whether anything was typed or ticked."""
        return any(self.typed().values())

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        for name, field in (("place", self.place), ("route", self.route), ("team", self.team)):
            field.edit.setText(words.get(name, ""))
        self.joint.setChecked(bool(words.get("joint")))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 0)
        column.setSpacing(12)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(Icon("lamp", "lamp", 32))
        column.addWidget(text(tr("Tonight's outreach"), "hero"))
        column.addWidget(
            wrapped(tr("Begin when you set out. Everything is kept on this device, also offline."))
        )
        column.addSpacing(4)
        for widget in (self.place, self.route, self.team, self.joint):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.begin_button)
        column.addStretch()

    @Slot()
    def _on_begin(self) -> None:
        QGuiApplication.inputMethod().commit()
        if not self.place.words():
            self.say_wrong(tr("Where are you tonight?"))
            self.place.edit.setFocus()
            return
        names = self.team.words().replace("，", ",").split(",")
        team = tuple(name.strip() for name in names if name.strip())
        is_joint = self.joint.isChecked()
        self.wanted.emit(Plan(self.place.words(), self.route.words(), team, is_joint))
