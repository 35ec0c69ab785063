"""Draw what each thing costs against the number of notes, both on scales of tens."""

from math import log10
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPainter,
    QPen,
    QTextOption,
)

WIDE, HIGH = 960, 610
_PLOT = QRectF(110, 90, 560, 370)
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_LEAST, _MOST = -1, 3  # 0.1 ms to 1,000 ms
_FONT = Path(__file__).parents[2] / "ui" / "fonts" / "Pretendard-Regular.otf"
_LINES = {
    "search": ("찾기 · search", "#1f6feb"),
    "timeline": ("지금까지 · so far", "#0a7ea4"),
    "promises": ("약속 · promises", "#bf3989"),
    "ways": ("연계 경과 · referrals' ways", "#b35900"),
    "ends-soon": ("곧 끝나는 기록 · ends soon", "#cf222e"),
    "save": ("저장 · save", "#1a7f37"),
    "unlock": ("열기 · unlock, beyond the key", "#8250df"),
}
_CAPTIONS = (
    "노트 100,000건에 사람 20,000명, 다섯 해. 두 축 모두 열 배씩 커집니다. 평평할수록 좋습니다.",
    "100,000 notes are about 20,000 people in five years. Both scales go by tens; flat is good.",
)


def draw(numbers, costs, file: Path) -> None:
    """Write the picture of `costs`, milliseconds at each of `numbers`, of each kind."""
    _app = QGuiApplication.instance() or QGuiApplication([])  # fonts need one
    QFontDatabase.addApplicationFont(str(_FONT))
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _frame(painter, numbers)
    for place, (kind, (name, colour)) in enumerate(_LINES.items()):
        _line(painter, numbers, costs[kind], QColor(colour))
        _legend(painter, place, (name, costs[kind][-1]), QColor(colour))
    painter.end()
    image.save(str(file))


def _at(numbers, number, cost) -> QPointF:
    first, last = log10(numbers[0]), log10(numbers[-1])
    across = (log10(number) - first) / (last - first)
    up = (log10(max(cost, 10.0**_LEAST)) - _LEAST) / (_MOST - _LEAST)
    return QPointF(_PLOT.left() + across * _PLOT.width(), _PLOT.bottom() - up * _PLOT.height())


def _frame(painter, numbers) -> None:
    painter.setFont(_font(20))
    painter.drawText(QPointF(40, 42), "노트 수에 따른 시간 · cost against number of notes")
    painter.setFont(_font(14))
    painter.drawText(QPointF(40, 68), "밀리초 · ms")
    for power in range(_LEAST, _MOST + 1):
        left = _at(numbers, numbers[0], 10.0**power)
        painter.setPen(QPen(QColor("#d8dee4"), 1))
        painter.drawLine(left, QPointF(_PLOT.right(), left.y()))
        painter.setPen(QColor("#24292f"))
        box = QRectF(20, left.y() - 12, 78, 24)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{10.0**power:,g}")
    for number in numbers:
        foot = _at(numbers, number, 10.0**_LEAST)
        box = QRectF(foot.x() - 50, foot.y() + 10, 100, 24)
        painter.drawText(box, _MIDDLE, f"{number:,}")
    painter.drawText(
        QRectF(_PLOT.left(), 500, _PLOT.width(), 24), "노트 · notes", QTextOption(_MIDDLE)
    )
    for line, words in enumerate(_CAPTIONS):
        painter.drawText(QPointF(40, 560 + 24 * line), words)


def _line(painter, numbers, costs, colour) -> None:
    painter.setPen(QPen(colour, 3))
    points = [_at(numbers, *each) for each in zip(numbers, costs, strict=True)]
    painter.drawPolyline(points)
    painter.setBrush(colour)
    for point in points:
        painter.drawEllipse(point, 4, 4)


def _legend(painter, place, words, colour) -> None:
    name, last = words
    top = _PLOT.top() + 10 + 54 * place
    painter.setPen(QPen(colour, 3))
    painter.drawLine(QPointF(700, top), QPointF(728, top))
    painter.setPen(QColor("#24292f"))
    painter.drawText(QPointF(738, top + 5), name)
    painter.drawText(QPointF(738, top + 27), f"{last:.1f} ms")


def _font(size) -> QFont:
    font = QFont("Pretendard")
    font.setPixelSize(size)
    return font
