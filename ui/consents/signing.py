"""A calm place to sign with a pen or the mouse. What is kept is how the pen went, no picture."""

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.consent_records import POINT_LIMIT, STROKE_LIMIT, Point, Stroke
from ui import style
from ui.consents.around import around
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped

_HIGH, _LINE, _SIDE, _PEN = 260, 0.74, 40, 3


class SigningField(QWidget):
    """Takes strokes. A pen is heard as a mouse, which Qt makes of it."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        super().__init__()
        self.setObjectName("signing-field")
        self.setMinimumHeight(style.scaled(_HIGH))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[list[Point]] = []
        self._began: int | None = None

    def strokes(self) -> tuple[Stroke, ...]:
        """Return what was drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def clear(self) -> None:
        """Forget what was drawn."""
        self._strokes, self._began = [], None
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._strokes.append([])
            self._take(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pen."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._strokes:
            self._take(event)

    def _take(self, event: QMouseEvent) -> None:
        if sum(map(len, self._strokes)) >= STROKE_LIMIT:
            self._strokes = [stroke for stroke in self._strokes if stroke]
            return
        at, now = event.position(), event.timestamp()
        self._began = now if self._began is None else self._began
        last = next((stroke[-1].ms for stroke in reversed(self._strokes) if stroke), 0)
        # A clock that jumps back must not undo the order in which it was drawn.
        ms = max(last, now - self._began)
        place = Point(_of(at.x(), self.width()), _of(at.y(), self.height()), ms)
        self._strokes[-1].append(place)
        self.update()
        self.changed.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw a sheet, a line to write on, and the strokes."""
        theme, painter = style.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line_strong), 1.5))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 12, 12)
        low = round(self.height() * _LINE)
        painter.drawLine(_SIDE, low, self.width() - _SIDE, low)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = QPen(QColor(theme.text), _PEN)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        for stroke in self._strokes:
            places = [self._place(point) for point in stroke]
            painter.drawPolyline(QPolygonF(places * 2 if len(places) == 1 else places))
        painter.end()

    def _place(self, point: Point) -> QPointF:
        across, down = self.width() / POINT_LIMIT, self.height() / POINT_LIMIT
        return QPointF(point.x * across, point.y * down)


class SigningPage(QWidget):
    """Asks for a signature. Whoever cannot or will not draw goes on without."""

    signed = Signal(object)
    back_wanted = Signal()

    def __init__(self) -> None:
        """Lay out the field."""
        super().__init__()
        self.title, self.intro = wrapped("", "question", "text"), wrapped("", "lead", "text2")
        self.field = SigningField()
        self.back_button = Button(" ", "quiet", "arrow-left").sized("small")
        self.clear_button = Button("", "plain", "undo-2")
        self.without_button = Button("", "plain").sized("large")
        self.done_button = Button("", "primary", "check").sized("large")
        for name, button in (
            ("back", self.back_button), ("clear", self.clear_button),
            ("without", self.without_button), ("done", self.done_button),
        ):  # fmt: skip
            button.setObjectName(f"signing-{name}")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self.field.changed.connect(self._refresh)
        self.back_button.clicked.connect(self.back_wanted)
        self.clear_button.clicked.connect(self.field.clear)
        self.without_button.clicked.connect(self._on_without)
        self.done_button.clicked.connect(self._on_done)

    def ask(self, language: str, back: str) -> None:
        """Ask in this language; nothing drawn before stays."""
        words = around(language)
        self.title.setText(words["sign_title"])
        self.intro.setText(words["sign_intro"])
        self.field.setAccessibleName(words["sign_field"])
        self.clear_button.say(words["sign_clear"])
        self.without_button.say(words["sign_without"])
        self.done_button.say(words["sign_done"])
        self.back_button.say(back)
        self.field.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _refresh(self) -> None:
        is_drawn = bool(self.field.strokes())
        self.done_button.setEnabled(is_drawn)
        self.clear_button.setEnabled(is_drawn)

    @Slot()
    def _on_done(self) -> None:
        self.signed.emit(self.field.strokes())

    @Slot()
    def _on_without(self) -> None:
        self.signed.emit(())

    def _lay_out(self) -> None:
        column, below = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.title)
        column.addWidget(self.intro)
        column.addSpacing(8)
        column.addWidget(self.field)
        column.addSpacing(8)
        for button in (self.clear_button, self.without_button, self.done_button):
            below.addWidget(button)
        below.insertStretch(1)
        column.addLayout(below)
        column.addStretch(3)


def _of(at: float, whole: int) -> int:
    return max(0, min(POINT_LIMIT, round(at * POINT_LIMIT / max(1, whole))))
