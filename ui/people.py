"""What we know about a young person, said and drawn the same way on every page."""

from datetime import datetime

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPen, QPixmap, QPolygonF

from desktop.domain.jottings import Jotting
from desktop.domain.screening import NextStep, Risk
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age, AgeBasis, Gender
from i18n import ntr, tr
from ui import style
from ui.style import Theme

LANGUAGES = ("ko", "en", "zh-Hans", "vi", "ru", "mn", "uz", "th")
"""Languages the consent texts exist in (D-012)."""


def age_words(age: Age) -> str:
    """Say the age, and how sure we are of it."""
    match age.basis:
        case AgeBasis.STATED:
            return tr("Age {years}", years=age.lowest)
        case AgeBasis.ESTIMATED:
            return tr("Age {years}, estimated", years=age.lowest)
        case AgeBasis.RANGE:
            return tr("Age {lowest} to {highest}", lowest=age.lowest, highest=age.highest)
        case AgeBasis.UNKNOWN:
            return tr("Age not known")


def countdown_words(days: int) -> str:
    """Say when words about somebody without an alias go."""
    return ntr("Goes in {n} day", "Goes in {n} days", days) if days else tr("Goes today")


def jotting_words(jotting: Jotting, now: datetime) -> str:
    """Say when words about somebody without an alias go; or that they wait for somebody."""
    return tr("Kept for now") if jotting.is_held else countdown_words(jotting.days_left(now))


def keep_reason_words(code: str) -> str:
    """Say why a guardian is not told; "" where no reason was given, or one that we do not know."""
    return {
        KeepReason.ABUSE.value: tr("The guardian may be the one who harms them"),
        KeepReason.FEAR.value: tr("They are afraid of what would happen"),
        KeepReason.WISH.value: tr("They ask for it, and need not say why"),
    }.get(code, "")


def gender_words(gender: Gender) -> str:
    """Say the gender in one short word; nothing when it was not said."""
    match gender:
        case Gender.FEMALE:
            return tr("Female")
        case Gender.MALE:
            return tr("Male")
        case Gender.OTHER:
            return tr("Another gender")
        case Gender.UNSAID:
            return ""


def risk_words(risk: Risk) -> str:
    """Say the risk level."""
    match risk:
        case Risk.LOW:
            return tr("Low risk")
        case Risk.MEDIUM:
            return tr("Medium risk")
        case Risk.HIGH:
            return tr("High risk")
        case Risk.NONE:
            return tr("Not assessed")


def step_words(step: NextStep) -> str:
    """Say what a high judgement leads to."""
    match step:
        case NextStep.ACCOMPANY:
            return tr("Go along")
        case NextStep.URGENT_REFERRAL:
            return tr("Urgent referral")
        case NextStep.REPORT:
            return tr("Report")
        case NextStep.SUICIDE_LINE:
            return tr("Call 109")


def language_words(code: str) -> str:
    """Name a language; a code we do not know stays as it is."""
    names = {
        "ko": tr("Korean"),
        "en": tr("English"),
        "zh-Hans": tr("Chinese"),
        "vi": tr("Vietnamese"),
        "ru": tr("Russian"),
        "mn": tr("Mongolian"),
        "uz": tr("Uzbek"),
        "th": tr("Thai"),
    }
    return names.get(code, code)


def risk_mark(painter: QPainter, at: QPointF, risk: Risk, theme: Theme) -> None:
    """Draw the risk as a shape too, never as a colour alone."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match risk:
        case Risk.HIGH:
            _filled(painter, at, ((0, -7), (8, 7), (-8, 7)), theme, "danger")
        case Risk.MEDIUM:
            _filled(painter, at, ((0, -8), (8, 0), (0, 8), (-8, 0)), theme, "warn")
        case Risk.LOW:
            painter.setPen(QPen(theme.color("ok"), 2))
            painter.drawEllipse(at, 6, 6)
        case Risk.NONE:
            pen = QPen(theme.color("text3"), 1.4)
            pen.setDashPattern([2.2, 1.8])
            painter.setPen(pen)
            painter.drawEllipse(at, 6, 6)


def _filled(
    painter: QPainter,
    at: QPointF,
    corners: tuple[tuple[int, int], ...],
    theme: Theme,
    token: str,
) -> None:
    colour = theme.color(token)
    pen = QPen(colour, 2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([at + QPointF(x * 0.75, y * 0.75) for x, y in corners]))


_MARK = 18


def risk_icon(risk: Risk) -> QIcon:
    """Return the risk's shape for a button."""
    return QIcon(_RiskIcon(risk))


class _RiskIcon(QIconEngine):
    """Draws when asked, so that it follows the theme."""

    def __init__(self, risk: Risk) -> None:
        super().__init__()
        self._risk = risk

    def paint(self, painter: QPainter, area: QRect, _mode: QIcon.Mode, _: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(area).center())
        grown = area.height() / _MARK  # twice as high on a screen with twice the pixels
        painter.scale(grown, grown)
        risk_mark(painter, QPointF(0, 0), self._risk, style.current())

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _RiskIcon(self._risk)


def left_words(until: datetime, now: datetime) -> str:
    """Say how long something holds that ends by itself."""
    days = (until - now).days
    return ntr("{n} day left", "{n} days left", days) if days else tr("Ends within a day")
