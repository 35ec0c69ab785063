"""Colours, fonts and icons as Qt wants them: a theme's tokens and one sheet."""

import re
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui.themes import DARK, DARK_HIGH, HIGH, LIGHT, LIGHT_HIGH, THEMES, Theme

__all__ = ("DARK", "DARK_HIGH", "HIGH", "LIGHT", "LIGHT_HIGH", "THEMES", "Theme")

_HERE = Path(__file__).parent
CAPTION, BODY, NOTE, TITLE, HERO = 13, 15, 17, 19, 24  # px; 13 is the floor of KRDS
SMALL, MEDIUM, LARGE = 6, 10, 14  # radii; Qt drops one that is more than half the height
LEAST, USUAL = QSize(1180, 680), QSize(1440, 900)
FAMILIES = ["Pretendard", "Noto Sans CJK SC", "Noto Sans Thai"]
"""The first that has a letter draws it. The others are known only after `load_script`."""
_SCRIPTS = {
    "zh-Hans": ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    "th": ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
}
_loaded: set[str] = set()
_PIXELS = re.compile(r"(?<=font-size: )(\d+)px")
_WITH_ROOM = re.compile(r"border: ([12])px( solid (?!transparent)[^}]*?)margin: 1px")
_THIN = re.compile(r"border: 1px solid(?! transparent)")
_SOFT = re.compile(r"border-color: \$(ok|warn|danger)_soft")
_HAIRLINE = re.compile(r"(m(?:in|ax)-(?:width|height)): 1px")


def current() -> Theme:
    """Return the theme on screen, read off the palette that `apply` gave Qt."""
    return _on(QGuiApplication.palette().cacheKey())


@lru_cache(16)
def _on(_: int) -> Theme:
    # Every word and icon that is drawn asks; a palette that is changed has another key.
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return next((theme for theme in THEMES if QColor(theme.bg) == window), LIGHT)


def other() -> Theme:
    """Return the theme of the other half of the day, as contrasted as the one applied now."""
    now = current()
    return wanted("light" if now.is_dark else "dark", is_system_dark=False, is_high=now in HIGH)


def system_is_dark() -> bool:
    """Tell how the system is set; right only before `apply` was called."""
    # Asking QStyleHints or QStyle would make Python enums of all of `Qt` or `QStyle`: a fifth of
    # the time to the first window. So nothing that is loaded before it touches either.
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def wanted(choice: str, *, is_system_dark: bool, is_high: bool = False) -> Theme:
    """Return the theme for a setting: "light", "dark" or "system"; `is_high` for high contrast."""
    is_dark = is_system_dark if choice == "system" else choice == "dark"
    if is_high:
        return HIGH[is_dark]
    return DARK if is_dark else LIGHT


def apply(app: QApplication, theme: Theme, percent: int = 100) -> None:
    """Dress the whole program in `theme`, its words at `percent` of their size."""
    app.setPalette(_palette(theme))
    app.setFont(_face(round(BODY * percent / 100)))
    sheet = (_HERE / "style.qss").read_text(encoding="utf-8")
    sheet = _PIXELS.sub(lambda size: f"{round(int(size[1]) * percent / 100)}px", sheet)
    icons = (_HERE / "icons").as_posix()
    sheet = _bolder(sheet) if theme in HIGH else sheet
    sheet = Template(sheet).substitute(theme._asdict(), icons=icons, name=theme.half)
    if app.styleSheet() != sheet:  # the same once more would dress every widget there is anew
        # Qt takes a sheet that replaces one off each widget, rule by rule, hidden ones too: 350 ms
        # for a window, against 100 ms from none.
        app.setStyleSheet("")
        app.setStyleSheet(sheet)


def load_fonts() -> None:
    """Make the bundled face known to Qt: a file for each weight, 1.8 MiB for each that is drawn.

    One variable file would not do: on Linux, Qt draws every weight of a program's own variable
    font as its regular one (D-037). And all at once: a file that comes later makes Qt open those
    in use again, for 3 MiB more.
    """
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(_HERE / "fonts" / f"Pretendard-{weight}.otf"))


def load_script(language: str) -> None:
    """Make known the face for a language that Pretendard has no letters for; once, when needed."""
    for name in _SCRIPTS.get(language, ()):
        if name not in _loaded:
            _loaded.add(name)
            QFontDatabase.addApplicationFont(str(_HERE / "fonts" / name))


def scaled(pixels: int) -> int:
    """Return a length that grows with the size of words a person has chosen."""
    chosen = QGuiApplication.font().pixelSize()
    # Before `apply`, the system's own face stands there, which is measured in points.
    return round(pixels * chosen / BODY) if chosen > 0 else pixels


def font(pixels: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the bundled face at a size in pixels, larger for those who want it so."""
    face = _face(scaled(pixels))
    face.setWeight(weight)
    return face


def icon(name: str, colour: str = "text2") -> QIcon:
    """Return a Lucide icon in the colour of a token; it follows the theme by itself."""
    return QIcon(_Lucide(name, colour))


def paint_icon(painter: QPainter, area: QRect, name: str, token: str) -> None:
    """Draw a Lucide icon, for delegates and painted widgets."""
    _drawing(name, str(getattr(current(), token))).render(painter, QRectF(area))


@lru_cache(256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    # A list draws dozens again and again while it is scrolled: reading each costs four times that.
    drawing = (_HERE / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(drawing.replace("currentColor", colour).encode())


def fills(screen: QSize) -> bool:
    """Tell whether the window should fill a screen: it fits, but not at its usual size."""
    return LEAST.boundedTo(screen) == LEAST and USUAL.boundedTo(screen) != USUAL


def compact(size: QSize) -> bool:
    """Tell whether a window of this size needs the small laptop's spacing."""
    return size.width() < 1400 or size.height() < 840


def _bolder(sheet: str) -> str:
    """Draw every line a point wider, as KRDS does for high contrast; nothing moves by it.

    What has a margin for its line gives a point of it; a focus ring is two points wide anyway,
    and told by its colour.
    """
    bold = _WITH_ROOM.sub(lambda rule: f"border: {int(rule[1]) + 1}px{rule[2]}margin: 0", sheet)
    bold = _SOFT.sub(r"border-color: $\1", _THIN.sub("border: 2px solid", bold))
    return _HAIRLINE.sub(r"\1: 2px", bold)


def _face(pixels: int) -> QFont:
    face = QFont(FAMILIES)
    face.setPixelSize(pixels)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


class _Lucide(QIconEngine):
    """Draws when asked, so that a change of theme needs no one to change the icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, area: QRect, mode: QIcon.Mode, _: QIcon.State) -> None:
        square = QRect(area.topLeft(), QSize(area.height(), area.height()))
        paint_icon(painter, square, self._name, self._token_of(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        colour = getattr(current(), self._token_of(mode))
        key = f"{self._name} {colour} {size.width()}x{size.height()}"
        if QPixmapCache.find(key, picture := QPixmap()):
            return picture
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        QPixmapCache.insert(key, picture)
        return picture

    def _token_of(self, mode: QIcon.Mode) -> str:
        return "line_strong" if mode == QIcon.Mode.Disabled else self._token

    def clone(self) -> QIconEngine:
        return _Lucide(self._name, self._token)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.bg, role.WindowText: theme.text,
        role.Base: theme.surface, role.AlternateBase: theme.surface2, role.Text: theme.text,
        role.Button: theme.surface, role.ButtonText: theme.text,
        role.BrightText: theme.danger_text, role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent, role.PlaceholderText: theme.text3,
        role.ToolTipBase: theme.surface2, role.ToolTipText: theme.text,
        role.Link: theme.accent_text, role.LinkVisited: theme.accent_text,
        role.Light: theme.surface2, role.Midlight: theme.line, role.Mid: theme.line,
        role.Dark: theme.line_strong, role.Shadow: theme.rail, role.Accent: theme.accent,
    }  # fmt: skip
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.text3))
    return palette
