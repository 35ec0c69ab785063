"""Buttons by kind; the sheet draws them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from ui import style

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

_ICON_COLOURS: Final = {
    "primary": "on_accent", "danger": "danger_text", "soft": "accent_text", "plain": "text2",
    "choice": "text2", "quiet": "text2", "chip": "text3", "icon": "text2",
    "segment": "text2", "search": "text3", "words": "text2",
}  # fmt: skip
_ICON_PIXELS: Final = {"chip": 14, "choice": 22}


class Button(QPushButton):
    """Kinds: primary, plain, quiet, soft, danger, choice, chip, segment, search, icon, words."""

    def __init__(
        self,
        words: str,
        kind: str = "plain",
        icon: str = "",
        colour: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        """Say `words`; call `pressed` when it is clicked."""
        super().__init__(words)
        self.setProperty("kind", kind)
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self._colour = colour or _ICON_COLOURS[kind]
        if icon:
            self.show_icon(icon)
        if pressed is not None:
            self.clicked.connect(pressed)

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show a hand."""
        # Not before the first window is painted: see `style.system_is_dark`.
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def show_icon(self, icon: str) -> None:
        """Put icon `icon` before the words."""
        pixels = _ICON_PIXELS.get(str(self.property("kind")), 18)
        self.setIcon(style.icon(icon, self._colour))
        gap = 5 if self.text() else 0  # the icon is drawn at the left of its room
        self.setIconSize(QSize(pixels + gap, pixels))

    def say(self, words: str) -> None:
        """Change the words, also for a screen reader."""
        self.setText(words)
        self.setAccessibleName(words)

    def sized(self, height: str) -> "Button":
        """Be "small" or "large" instead; returns itself."""
        self.setProperty("tall", height)
        return self


def icon_button(icon: str, name: str, pressed: Callable[[], object] | None = None) -> Button:
    """Return a square button that shows an icon and is called `name`."""
    button = Button("", "icon", icon, pressed=pressed)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
