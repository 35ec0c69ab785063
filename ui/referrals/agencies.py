"""The list of agencies: who they are, what they do, for whom."""

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.agencies import Agency
from i18n import tr
from ui import style
from ui.referrals import words
from ui.referrals.finding import ages

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_HEIGHT, _SIDE = 62, 14


class AgenciesModel(QAbstractListModel):
    """Shows agencies it was given."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self._agencies: tuple[Agency, ...] = ()

    def show(self, agencies: tuple[Agency, ...]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._agencies = agencies
        self.endResetModel()

    def agency(self, index: _Index) -> Agency | None:
        """Return the agency of a row."""
        return self._agencies[index.row()] if index.isValid() else None

    def place(self, agency: Agency) -> QModelIndex:
        """Return where an agency is shown, or an invalid index."""
        shown = [each.id for each in self._agencies]
        return self.index(shown.index(agency.id)) if agency.id in shown else QModelIndex()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._agencies)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, or for a screen reader all that is drawn."""
        agency = self.agency(index)
        if agency is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return agency.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{agency.name}, {about(agency)}"
        return None


class AgencyRow(QStyledItemDelegate):
    """Draws a name and, under it, kind, help and ages."""

    def sizeHint(self, _option: QStyleOptionViewItem, _: _Index) -> QSize:
        """Two lines high."""
        return QSize(0, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        model = index.model()
        agency = model.agency(index) if isinstance(model, AgenciesModel) else None
        if agency is None:
            return
        theme, area = style.current(), option.rect.adjusted(2, 2, -2, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(theme.color("accent"))
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(area, 10, 10)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(area, 10, 10)
        inner = area.adjusted(_SIDE, 7, -_SIDE, -7)
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        name_token = "accent_text" if is_chosen else "text"
        _write(painter, top, agency.name, style.font(15, QFont.Weight.DemiBold), name_token)
        _write(painter, top.translated(0, half), about(agency), style.font(13), "text2")
        painter.restore()


def about(agency: Agency) -> str:
    """Say in one line what kind of agency it is, what it does and for whom."""
    helps = ", ".join(words.category_short(each) for each in sorted(agency.categories()))
    parts = (words.kind(agency.kind), helps, ages_words(agency))
    return " · ".join(part for part in parts if part)


def ages_words(agency: Agency) -> str:
    """Say for which ages an agency is there."""
    limits = ages(agency)
    if limits is None:
        return ""
    return tr("ages {lowest}–{highest}", lowest=limits[0], highest=limits[1])


def _write(painter: QPainter, area: QRect, said: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(style.current().color(token))
    fitting = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
