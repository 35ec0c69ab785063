"""The theme and the size of words, as the settings say and as the system looks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from ui import style

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


class Look(QObject):
    """Dresses the program, and again when something about it changes."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        """Dress it for the first time."""
        super().__init__()
        self._app, self._settings = app, settings
        self._is_system_dark = style.system_is_dark()
        self._dress()

    def follow_system(self) -> None:
        """Change with the system from now on."""
        self._app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def follow(self, settings: Settings) -> None:
        """Show other settings."""
        before, self._settings = self._settings, settings
        if _looks(before) != _looks(settings):
            self._dress()

    def _dress(self) -> None:
        chosen, is_high = self._settings.theme, self._settings.high_contrast
        theme = style.wanted(chosen, is_system_dark=self._is_system_dark, is_high=is_high)
        style.apply(self._app, theme, self._settings.text_size)

    @Slot(object)
    def _on_scheme(self, scheme: "Qt.ColorScheme") -> None:
        self._is_system_dark = scheme.name == "Dark"
        self._dress()


def _looks(settings: Settings) -> tuple[object, ...]:
    return settings.theme, settings.high_contrast, settings.text_size
