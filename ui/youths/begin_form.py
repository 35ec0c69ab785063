"""Beginning tonight's outreach: the place, and whatever else is known."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.domain.outreach import DAY_ROLLS_AT, Outreach
from desktop.services.outreach import Plan
from i18n import formats, tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import Icon, text, wrapped
from ui.youths.plan_fields import PlanFields


class BeginForm(QScrollArea):
    """Stands where the night would be, while there is none; scrolls where a window is low."""

    wanted = Signal(object)
    forgotten_wanted = Signal(object)
    past_wanted = Signal()

    def __init__(self) -> None:
        """Show empty lines; only the place is needed."""
        super().__init__()
        self.setObjectName("begin_outreach")
        self.fields = PlanFields()
        self.place, self.route, self.team = (
            self.fields.place, self.fields.route, self.fields.team,
        )  # fmt: skip
        self.partners = self.fields.partners
        self.forgotten = Notice("clock", "", "warn")
        self.forgotten.setObjectName("forgotten_night")
        self.look_button = Button(tr("Look at it"), "plain", pressed=self._on_look)
        self.look_button.sized("small").setObjectName("look_at_forgotten")
        self.begin_button = Button(tr("Start session"), "primary", "lamp", pressed=self._on_begin)
        self.begin_button.setObjectName("start_outreach")
        self.past_button = Button(tr("Earlier nights"), "quiet", "history")
        self.past_button.setObjectName("earlier_nights")
        self.past_button.clicked.connect(self.past_wanted)
        self.fields.entered.connect(self._on_begin)
        self._lead = wrapped(
            tr("Begin when you set out. Everything is kept on this device, also offline.")
        )
        self._night: Outreach | None = None
        self._lay_out()

    def show_forgotten(self, night: Outreach | None) -> None:
        """Say that nobody ended the last night, and when it was taken to end."""
        self._night = night
        for part in (self.forgotten, self.look_button):
            part.setVisible(night is not None)
        self._lead.setVisible(night is None)
        if night is not None and night.ended_at is not None:
            words = tr(
                "The night of {day} was not ended. At 06:00 it was closed with its last entry, "
                "at {time}. Nothing is lost.",
                day=formats.day(night.started_at - DAY_ROLLS_AT),
                time=formats.clock(night.ended_at),
            )
            self.forgotten.show_words("clock", words, "warn")

    def say_wrong(self, words: str) -> None:
        """Say why it did not begin."""
        self.place.say_wrong(words)

    def clear_form(self) -> None:
        """Be empty for the next night."""
        self.fields.show_plan(Plan(""))

    def typed(self) -> dict[str, str]:
        """Return what stands in each field."""
        return self.fields.typed()

    def is_touched(self) -> bool:
        """Say whether anything was typed or chosen."""
        return any(self.typed().values())

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        self.fields.fill(words)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("clear", "true")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 12, 10, 0)
        column.setSpacing(10)
        column.addWidget(Icon("lamp", "lamp", 32))
        column.addWidget(text(tr("Tonight's outreach"), "hero"))
        column.addWidget(self.forgotten)
        column.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lead)
        column.addWidget(self.fields)
        column.addWidget(self.begin_button)
        column.addWidget(self.past_button)
        column.addStretch()
        self.show_forgotten(None)

    @Slot()
    def _on_look(self) -> None:
        if self._night is not None:
            self.forgotten_wanted.emit(self._night.id)

    @Slot()
    def _on_begin(self) -> None:
        plan = self.fields.plan()
        if plan is not None:
            self.wanted.emit(plan)
