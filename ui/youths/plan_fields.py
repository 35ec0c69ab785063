"""What is planned for a night: where, along which streets, with whom."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.outreach import Plan
from i18n import tr
from ui.widgets.field import Field
from ui.youths.partners import Partners, split


class PlanFields(QWidget):
    """Only the place is needed."""

    entered = Signal()

    def __init__(self) -> None:
        """Show empty lines."""
        super().__init__()
        self.place = Field(tr("Place"))
        self.place.edit.setObjectName("outreach_place")
        self.place.edit.setPlaceholderText(tr("e.g. Sillim Station"))
        self.route = Field(tr("Route"))
        self.route.edit.setObjectName("outreach_route")
        self.route.edit.setPlaceholderText(tr("e.g. Exit 3 – Starlight Street"))
        self.team = Field(tr("Team"))
        self.team.edit.setObjectName("outreach_team")
        self.team.edit.setPlaceholderText(tr("e.g. you, Hanbit, Osol"))
        self.partners = Partners()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.place, self.route, self.team, self.partners):
            column.addWidget(part)
            part.entered.connect(self.entered)

    def plan(self) -> Plan | None:
        """Return the plan; without a place say so, and return None."""
        QGuiApplication.inputMethod().commit()
        if not self.place.words():
            self.place.say_wrong(tr("Where are you tonight?"))
            self.place.edit.setFocus()
            return None
        names = self.partners.names()
        return Plan(self.place.words(), self.route.words(), split(self.team.words()), names)

    def show_plan(self, plan: Plan) -> None:
        """Show what was planned."""
        self.place.edit.setText(plan.place)
        self.route.edit.setText(plan.route)
        self.team.edit.setText(", ".join(plan.team))
        self.partners.show_names(plan.partners)
        self.place.say_wrong("")

    def typed(self) -> dict[str, str]:
        """Return what stands in each field."""
        fields = {"place": self.place, "route": self.route, "team": self.team}
        words = {name: field.edit.text() for name, field in fields.items()}
        return {**words, "partners": ", ".join(self.partners.names())}

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        for name, field in (("place", self.place), ("route", self.route), ("team", self.team)):
            field.edit.setText(words.get(name, ""))
        self.partners.show_names(split(words.get("partners", "")))
