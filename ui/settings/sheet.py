"""A small sheet of settings. Each choice holds at once; nothing here is secret."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.settings import Settings
from i18n import ntr, tr
from ui.settings.doors import DoorsPart
from ui.settings.hub import HubPart
from ui.widgets.buttons import Button
from ui.widgets.labels import Rule, text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet

_MINUTES = (1, 3, 5, 10, 15)
_USUAL, _HIGH = "usual", "high"


class SettingsSheet(Sheet):
    """Emits the settings whenever one of them changes."""

    changed = Signal(object)
    lock_wanted = Signal()
    door_wanted = Signal(str)

    def __init__(self, window: QWidget, settings: Settings) -> None:
        """Show how things are set."""
        super().__init__(window, tr("Settings"), tr("Close"), width=600)
        self.setObjectName("settings-sheet")
        self._settings = settings
        self.theme = Segmented(tr("Theme"), _themes())
        self.contrast = Segmented(tr("Contrast"), _contrasts())
        self.language = Segmented(tr("Language"), _languages())
        self.text_size = Segmented(tr("Text size"), _sizes())
        self.minutes = Segmented(tr("Lock by itself after"), _minutes())
        self.relock = Button(tr("Lock now to change the language"), "soft", "languages")
        self.relock.sized("small")
        self.relock.setObjectName("settings-relock")
        self.doors, self.hub = DoorsPart(), HubPart()
        self._lay_out()
        self._show()
        self.theme.chosen.connect(self._on_theme)
        self.contrast.chosen.connect(self._on_contrast)
        self.language.chosen.connect(self._on_language)
        self.text_size.chosen.connect(self._on_text_size)
        self.minutes.chosen.connect(self._on_minutes)
        self.relock.clicked.connect(self.lock_wanted)
        self.doors.wanted.connect(self._on_door)

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere."""
        self._settings = settings
        self._show()

    def _lay_out(self) -> None:
        self.relock.hide()
        for segmented in (self.theme, self.contrast, self.text_size, self.language, self.minutes):
            self.body.addLayout(_row(segmented))
            if segmented is self.language:
                self.body.addWidget(self.relock)
        why = tr("A locked program keeps nothing of the notes in memory.")
        self.body.addWidget(wrapped(why, "caption", "text3"))
        self.body.addWidget(Rule())
        self.body.addWidget(self.doors)
        self.body.addWidget(Rule())
        self.body.addWidget(self.hub)
        self.body.addStretch()

    def _show(self) -> None:
        self.theme.choose(self._settings.theme)
        self.contrast.choose(_HIGH if self._settings.high_contrast else _USUAL)
        self.language.choose(self._settings.language or "ko")
        self.text_size.choose(str(self._settings.text_size))
        self.minutes.choose(str(self._settings.lock_after_minutes))

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.changed.emit(settings)

    @Slot(str)
    def _on_theme(self, key: str) -> None:
        self._change(replace(self._settings, theme=key))

    @Slot(str)
    def _on_contrast(self, key: str) -> None:
        self._change(replace(self._settings, high_contrast=key == _HIGH))

    @Slot(str)
    def _on_language(self, key: str) -> None:
        self._change(replace(self._settings, language=key))
        self.relock.show()

    @Slot(str)
    def _on_text_size(self, key: str) -> None:
        self._change(replace(self._settings, text_size=int(key)))

    @Slot(str)
    def _on_door(self, key: str) -> None:
        self.leave()
        self.door_wanted.emit(key)

    @Slot(str)
    def _on_minutes(self, key: str) -> None:
        self._change(replace(self._settings, lock_after_minutes=int(key)))


def _row(segmented: Segmented) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(text(segmented.accessibleName(), "caption", "text2", "semibold"))
    column.addWidget(segmented)
    return column


def _themes() -> tuple[Choice, ...]:
    return (
        Choice("system", tr("As the system"), "monitor"),
        Choice("light", tr("Day"), "sun"),
        Choice("dark", tr("Night"), "moon"),
    )


def _contrasts() -> tuple[Choice, ...]:
    return (Choice(_USUAL, tr("Usual contrast")), Choice(_HIGH, tr("High contrast"), "eye"))


def _sizes() -> tuple[Choice, ...]:
    return (
        Choice("100", tr("Usual")),
        Choice("115", tr("Larger")),
        Choice("130", tr("Largest")),
    )


def _languages() -> tuple[Choice, ...]:
    return (Choice("ko", "한국어"), Choice("en", "English"))


def _minutes() -> tuple[Choice, ...]:
    return tuple(Choice(str(n), ntr("{n} minute", "{n} minutes", n)) for n in _MINUTES)
