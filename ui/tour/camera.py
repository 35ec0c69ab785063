"""Numbered pictures, each by day and by night."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import style


class Camera:
    """Saves what a widget shows, in both themes, and leaves the theme as it was."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        """Save under `folder`, going on after the highest number already there."""
        self._app, self._folder = app, folder
        folder.mkdir(parents=True, exist_ok=True)
        self._number = len({file.name[:2] for file in folder.glob("[0-9][0-9]-*.png")})

    def take(self, widget: QWidget, name: str) -> None:
        """Save `NN-name-light.png` and `NN-name-dark.png`."""
        self._number += 1
        before = style.current()
        for theme in (style.LIGHT, style.DARK):
            style.apply(self._app, theme)
            self._app.processEvents()
            file = self._folder / f"{self._number:02}-{name}-{theme.name}.png"
            widget.grab().save(str(file))
        style.apply(self._app, before)
        self._app.processEvents()
