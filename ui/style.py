"""Colours, fonts and icons: one table of tokens, two themes, one sheet."""

import re
from pathlib import Path
from string import Template
from typing import NamedTuple

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
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

_HERE = Path(__file__).parent
CAPTION, BODY, NOTE, TITLE, HERO = 13, 15, 17, 19, 24  # px; 13 is the floor of KRDS
SMALL, MEDIUM, LARGE = 6, 10, 14  # radii; Qt drops one that is more than half the height
LEAST, USUAL = QSize(1180, 680), QSize(1440, 900)


class Theme(NamedTuple):
    """One colour per job. A dataclass this wide would delay the first window by 1.5 ms."""

    name: str
    bg: str
    rail: str
    surface: str
    surface2: str
    sunken: str
    line: str
    line_strong: str
    text: str
    text2: str
    text3: str
    on_accent: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    lamp: str
    lamp_soft: str
    lamp_text: str
    focus: str
    ok: str
    ok_soft: str
    ok_text: str
    warn: str
    warn_soft: str
    warn_text: str
    danger: str
    danger_soft: str
    danger_text: str
    info: str
    info_soft: str
    info_text: str
    select: str

    def color(self, token: str) -> QColor:
        """Return the colour of `token` for painting."""
        return QColor(str(getattr(self, token)))


LIGHT = Theme(
    name="light", bg="#F3F4F7", rail="#ECEEF3", surface="#FFFFFF", surface2="#F7F8FB",
    sunken="#EEF0F5", line="#DFE3EB", line_strong="#828DA0", text="#171C28", text2="#464F61",
    text3="#5C6678", on_accent="#FFFFFF", accent="#2E3F8F", accent_hover="#253478",
    accent_soft="#E8EBF8", accent_text="#2E3F8F", lamp="#E29A24", lamp_soft="#FFF4DF",
    lamp_text="#7A4E00", focus="#3D5BE0", ok="#1E7A48", ok_soft="#E4F4EA", ok_text="#17633A",
    warn="#B87700", warn_soft="#FFF1D6", warn_text="#7A4F00", danger="#C6352B",
    danger_soft="#FDECEA", danger_text="#A3261D", info="#2F6FC2", info_soft="#E6F0FC",
    info_text="#1F57A0", select="#FFFFFF",
)  # fmt: skip
DARK = Theme(
    name="dark", bg="#0D121C", rail="#0A0F18", surface="#151C29", surface2="#1A2231",
    sunken="#101722", line="#263143", line_strong="#65728A", text="#EEF1F7", text2="#BAC4D4",
    text3="#94A0B4", on_accent="#241700", accent="#F5BE62", accent_hover="#FFD083",
    accent_soft="#33291A", accent_text="#F7C878", lamp="#F5BE62", lamp_soft="#33291A",
    lamp_text="#F7C878", focus="#8FB4FF", ok="#4FBF83", ok_soft="#15301F", ok_text="#7FDBA6",
    warn="#E6A53A", warn_soft="#35280F", warn_text="#F5C877", danger="#F0776B",
    danger_soft="#3A1B1D", danger_text="#FFA69C", info="#6FA8F5", info_soft="#172A45",
    info_text="#9CC5FF", select="#1C2536",
)  # fmt: skip
THEMES = (LIGHT, DARK)
_FAMILIES = ["Pretendard", "Noto Sans CJK SC", "Noto Sans Thai"]
"""The first that has a letter draws it. The others are known only after `load_script`."""
_SCRIPTS = {
    "zh-Hans": ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    "th": ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
}
_loaded: set[str] = set()
_PIXELS = re.compile(r"(?<=font-size: )(\d+)px")


def current() -> Theme:
    """Return the theme on screen, read off the palette that `apply` gave Qt."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window == QColor(DARK.bg) else LIGHT


def other() -> Theme:
    """Return the theme that is not applied now."""
    return LIGHT if current() is DARK else DARK


def system_is_dark() -> bool:
    """Tell how the system is set; right only before `apply` was called."""
    # Asking QStyleHints or QStyle would make Python enums of all of `Qt` or `QStyle`: a fifth of
    # the time to the first window. So nothing that is loaded before it touches either.
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def wanted(choice: str, *, is_system_dark: bool) -> Theme:
    """Return the theme for a setting: "light", "dark" or "system"."""
    is_dark = is_system_dark if choice == "system" else choice == "dark"
    return DARK if is_dark else LIGHT


def apply(app: QApplication, theme: Theme, percent: int = 100) -> None:
    """Dress the whole program in `theme`, its words at `percent` of their size."""
    app.setPalette(_palette(theme))
    app.setFont(_face(round(BODY * percent / 100)))
    sheet = (_HERE / "style.qss").read_text(encoding="utf-8")
    sheet = _PIXELS.sub(lambda size: f"{round(int(size[1]) * percent / 100)}px", sheet)
    icons = (_HERE / "icons").as_posix()
    sheet = Template(sheet).substitute(theme._asdict(), icons=icons)
    if app.styleSheet() != sheet:  # the same once more would dress every widget there is anew
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
    drawing = (_HERE / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", str(getattr(current(), token)))
    QSvgRenderer(drawing.encode()).render(painter, QRectF(area))


def fills(screen: QSize) -> bool:
    """Tell whether the window should fill a screen: it fits, but not at its usual size."""
    return LEAST.boundedTo(screen) == LEAST and USUAL.boundedTo(screen) != USUAL


def compact(size: QSize) -> bool:
    """Tell whether a window of this size needs the small laptop's spacing."""
    return size.width() < 1400 or size.height() < 840


def _face(pixels: int) -> QFont:
    face = QFont(_FAMILIES)
    face.setPixelSize(pixels)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


class _Lucide(QIconEngine):
    """Draws when asked, so that a change of theme needs no one to change the icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, area: QRect, mode: QIcon.Mode, _: QIcon.State) -> None:
        token = "line_strong" if mode == QIcon.Mode.Disabled else self._token
        square = QRect(area.topLeft(), QSize(area.height(), area.height()))
        paint_icon(painter, square, self._name, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

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
