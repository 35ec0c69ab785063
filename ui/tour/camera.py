"""Numbered pictures, each by day and, where it is wanted, by night."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import style
from ui.themes import Theme

BOTH = (style.LIGHT, style.DARK)
BY_DAY = (style.LIGHT,)
"""To dress every widget there is for a picture takes most of a tour."""


class Camera:
    """Saves what a widget shows, in each theme wanted, and leaves the theme as it was."""

    def __init__(self, app: QApplication, folder: Path, themes: tuple[Theme, ...] = BOTH) -> None:
        """Save under `folder`, going on after the highest number already there."""
        self._app, self._folder, self._themes = app, folder, themes
        folder.mkdir(parents=True, exist_ok=True)
        self._number = len({file.name[:2] for file in folder.glob("[0-9][0-9]-*.png")})

    def take(self, widget: QWidget, name: str) -> None:
        """Save `NN-name-light.png` and `NN-name-dark.png`, or the one of them."""
        self._number += 1
        before = style.current()
        for theme in self._themes:
            style.apply(self._app, theme)
            self._app.processEvents()
            file = self._folder / f"{self._number:02}-{name}-{theme.name}.png"
            widget.grab().save(str(file))
        style.apply(self._app, before)
        self._app.processEvents()
