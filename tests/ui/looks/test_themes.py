"""Two themes, every pair of colours readable, one sheet that Qt accepts whole."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from ui import style
from ui.widgets.buttons import Button

UI = Path(style.__file__).parent
PAIRS = [
    ("text", "surface", 7), ("text", "bg", 7), ("text2", "surface", 4.5),
    ("text3", "surface", 4.5), ("text3", "bg", 4.5), ("text3", "rail", 4.5),
    ("text3", "surface2", 4.5), ("text3", "sunken", 4.5), ("text2", "sunken", 4.5),
    ("on_accent", "accent", 4.5), ("on_accent", "accent_hover", 4.5),
    ("accent_text", "accent_soft", 4.5), ("accent_text", "surface", 4.5),
    ("lamp_text", "lamp_soft", 4.5), ("ok_text", "ok_soft", 4.5), ("ok_text", "surface", 4.5),
    ("warn_text", "warn_soft", 4.5), ("warn_text", "surface", 4.5), ("warn_text", "bg", 4.5),
    ("danger_text", "danger_soft", 4.5), ("danger_text", "surface", 4.5),
    ("danger_text", "bg", 4.5), ("ok_text", "bg", 4.5),
    ("info_text", "info_soft", 4.5), ("info_text", "surface", 4.5),
    ("line_strong", "surface", 3), ("line_strong", "bg", 3), ("focus", "surface", 3),
    ("focus", "bg", 3), ("focus", "rail", 3), ("focus", "sunken", 3), ("focus", "accent_soft", 3),
    ("warn", "surface", 3), ("danger", "surface", 3), ("ok", "surface", 3),
]  # fmt: skip

GROUNDS = ("surface", "bg", "rail", "surface2", "sunken")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", style.THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_everything_can_be_read(theme, front, ground, least):
    if theme in style.HIGH and least > 3:
        least = 7  # WCAG AAA
    assert contrast(getattr(theme, front), getattr(theme, ground)) >= least


@pytest.mark.parametrize("theme", style.HIGH, ids=lambda theme: theme.name)
def test_in_high_contrast_lines_are_seen_and_a_focused_one_is_another(theme):
    for line in ("line", "line_strong"):
        assert all(contrast(getattr(theme, line), getattr(theme, g)) >= 3 for g in GROUNDS)
    assert contrast(theme.focus, theme.line_strong) >= 3
    assert {theme.bg, theme.surface} == ({"#000000"} if theme.is_dark else {"#FFFFFF"})


@pytest.mark.parametrize("kind", ["plain", "soft", "choice", "quiet", "chip", "search", "segment"])
def test_high_contrast_draws_every_line_a_point_wider_and_nothing_moves(qapp, qtbot, kind):
    style.load_fonts()
    sizes, sheets = [], []
    for theme in (style.LIGHT, style.LIGHT_HIGH):
        style.apply(qapp, theme)
        button = Button("저장", kind)
        qtbot.addWidget(button)
        sizes.append(button.sizeHint())
        sheets.append(qapp.styleSheet())
    style.apply(qapp, style.LIGHT)

    assert sizes[0] == sizes[1]
    assert "border: 1px solid #" in sheets[0]
    assert "border: 1px solid #" not in sheets[1]
    assert "min-height: 2px; max-height: 2px" in sheets[1]


def test_the_sheet_uses_only_tokens_and_every_colour_comes_from_one():
    sheet = (UI / "style.qss").read_text("utf-8")
    tokens = set(style.Theme._fields) | {"icons"}

    used = set(re.findall(r"\$(\w+)", sheet))

    assert used <= tokens
    assert not re.findall(r"#[0-9A-Fa-f]{6}", sheet)


def test_no_radius_is_more_than_half_the_height():
    sheet = (UI / "style.qss").read_text("utf-8")

    for rule in re.findall(r"\{[^}]*\}", sheet):
        height = re.search(r"max-height: (\d+)px", rule)
        radius = re.search(r"border-radius: (\d+)px", rule)
        border = re.search(r"border: (\d+)px", rule)
        if height and radius:
            edge = int(border[1]) if border else 0
            assert int(radius[1]) <= (int(height[1]) + 2 * edge) / 2, rule


@pytest.mark.parametrize("theme", style.THEMES, ids=lambda theme: theme.name)
def test_a_theme_dresses_the_program_without_a_complaint_of_qt(qapp, qtbot, theme, qtlog):
    style.apply(qapp, theme)

    assert style.current() is theme
    assert not [each for each in qtlog.records if "parse" in each.message]


def test_the_system_decides_unless_somebody_chose():
    assert style.wanted("system", is_system_dark=True) is style.DARK
    assert style.wanted("system", is_system_dark=False) is style.LIGHT
    assert style.wanted("light", is_system_dark=True) is style.LIGHT
    assert style.wanted("dark", is_system_dark=False) is style.DARK
    assert style.wanted("system", is_system_dark=True, is_high=True) is style.DARK_HIGH
    assert style.wanted("light", is_system_dark=True, is_high=True) is style.LIGHT_HIGH


@pytest.mark.parametrize("theme", style.THEMES, ids=lambda theme: theme.name)
def test_the_other_half_of_the_day_is_as_contrasted(qapp, theme):
    style.apply(qapp, theme)
    other = style.other()
    style.apply(qapp, other)

    assert style.other() is theme
    assert (other in style.HIGH) is (theme in style.HIGH)


def test_larger_words_are_larger_everywhere(qapp):
    style.apply(qapp, style.LIGHT, 130)
    try:
        assert style.font(style.BODY).pixelSize() == 20
        assert "font-size: 17px" in qapp.styleSheet()
    finally:
        style.apply(qapp, style.LIGHT)


def test_an_icon_follows_the_theme_by_itself(qapp):
    icon = style.icon("lock", "danger")

    pictures = []
    for theme in (style.LIGHT, style.DARK):
        style.apply(qapp, theme)
        pictures.append(icon.pixmap(24, 24).toImage())

    assert pictures[0] != pictures[1]


@pytest.mark.parametrize(
    ("size", "is_compact"), [((1440, 900), False), ((1366, 768), True), ((1180, 680), True)]
)
def test_a_small_laptop_is_compact(size, is_compact):
    assert style.compact(QSize(*size)) is is_compact


def test_every_bundled_icon_is_used_and_every_used_icon_is_bundled():
    words = "\n".join(path.read_text("utf-8") for path in UI.rglob("*.py"))
    sheet = (UI / "style.qss").read_text("utf-8")
    bundled = {path.stem for path in (UI / "icons").glob("*.svg")}
    drawn_by_sheet = {name for name in bundled if name.startswith(("sheet-", "tick-", "band-"))}

    unused = {
        name for name in bundled - drawn_by_sheet
        if f'"{name}"' not in words
    }  # fmt: skip

    assert not unused
    assert all(name.rsplit("-", 1)[0] in sheet or name in sheet for name in drawn_by_sheet)


def test_fonts_and_icons_come_with_their_licences():
    assert "SIL OPEN FONT LICENSE" in (UI / "fonts" / "OFL.txt").read_text("utf-8").upper()
    assert "ISC" in (UI / "icons" / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize(
    ("screen", "fills"),
    [((1366, 728), True), ((1440, 860), True), ((1920, 1040), False), ((800, 800), False)],
)
def test_a_small_laptop_is_filled_and_a_large_screen_is_not(screen, fills):
    assert style.fills(QSize(*screen)) is fills
