"""The colours: one for each job, by day and by night, and both again in high contrast."""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtGui import QColor


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

    @property
    def half(self) -> str:
        """Return "light" or "dark", however contrasted."""
        return self.name.partition("-")[0]

    @property
    def is_dark(self) -> bool:
        """Whether it is for the night."""
        return self.half == "dark"

    def color(self, token: str) -> QColor:
        """Return the colour of `token` for painting."""
        return _colour(str(getattr(self, token)))


@lru_cache(256)
def _colour(code: str) -> QColor:
    # A list asks for dozens each time it is drawn, and to read one takes four times as long.
    return QColor(code)


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
LIGHT_HIGH = Theme(
    name="light-high", bg="#FFFFFF", rail="#FAFAFA", surface="#FFFFFF", surface2="#FFFFFF",
    sunken="#F1F2F4", line="#7A828E", line_strong="#737B87", text="#000000", text2="#16191F",
    text3="#2B313A", on_accent="#FFFFFF", accent="#16246B", accent_hover="#000A3D",
    accent_soft="#E8EBF8", accent_text="#16246B", lamp="#8A5200", lamp_soft="#FFF4DF",
    lamp_text="#543500", focus="#091890", ok="#125C34", ok_soft="#E4F4EA", ok_text="#0B4626",
    warn="#7A4F00", warn_soft="#FFF1D6", warn_text="#543600", danger="#A3160F",
    danger_soft="#FDECEA", danger_text="#7F120C", info="#154C93", info_soft="#E6F0FC",
    info_text="#0E3A73", select="#FFFFFF",
)  # fmt: skip
DARK_HIGH = Theme(
    name="dark-high", bg="#000000", rail="#050505", surface="#000000", surface2="#0B0B0B",
    sunken="#101214", line="#737E8E", line_strong="#7C8798", text="#FFFFFF", text2="#EDF0F5",
    text3="#D3D9E3", on_accent="#000000", accent="#FFD166", accent_hover="#FFE19A",
    accent_soft="#2A1F00", accent_text="#FFDB85", lamp="#FFD166", lamp_soft="#2A1F00",
    lamp_text="#FFDB85", focus="#E6F2FF", ok="#6BE3A0", ok_soft="#00240F", ok_text="#A2F2C5",
    warn="#FFC04D", warn_soft="#2B1D00", warn_text="#FFDB99", danger="#FF9A90",
    danger_soft="#330907", danger_text="#FFC4BE", info="#8FC1FF", info_soft="#04203F",
    info_text="#BCDAFF", select="#1B222D",
)  # fmt: skip
HIGH: Final = (LIGHT_HIGH, DARK_HIGH)
"""KRDS calls it a clear screen: black or white ground, every text at least 7:1 (WCAG AAA)."""
THEMES: Final = (LIGHT, DARK, *HIGH)
