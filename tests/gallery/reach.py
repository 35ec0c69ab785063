"""Whether everything on a screen can be read, heard and reached by keyboard."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui.widgets.elided import Elided
from ui.widgets.sheet import Sheet

_MOST = 250
_INNER = ("qt_spinbox_lineedit",)


def problems(stage):
    """Return what is wrong on the screen, each with the words or the name of what it is about."""
    stage.frame.grab()  # what is cut off says so in its tooltip once it is painted
    front = _front(stage.frame)
    shown = [each for each in front.findChildren(QWidget) if each.isVisibleTo(stage.frame)]
    wrong = [f"no name: {_called(each)}" for each in shown if _takes_tab(each) and not _name(each)]
    wrong += cut_off(shown)
    wrong += [f"a window of its own: {each}" for each in stage.strays]
    wrong += [f"not by Tab: {_called(each)}" for each in _unreached(front, shown)]
    return wrong


def cut_off(shown):
    """Return what of these widgets cannot be read to its end."""
    wrong = [f"clipped: {_called(each)}" for each in shown if _is_clipped(each)]
    return wrong + [f"outside: {_called(each)}" for each in shown if _is_outside(each)]


def _front(frame):
    """Return what Tab stays in: the sheet on top, or the page."""
    sheets = [each for each in frame.findChildren(Sheet) if each.isVisibleTo(frame)]
    return sheets[-1] if sheets else frame.pages.currentWidget()


def _takes_tab(widget):
    policy = widget.focusPolicy()
    return (
        widget.isEnabled()
        and bool(policy & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.objectName() not in _INNER
    )


def _name(widget):
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard.text(QAccessible.Text.Name).strip() if heard else ""


def _called(widget):
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else _name(widget)
    return f"{type(widget).__name__} {widget.objectName()} {words!r}"


def _unreached(front, shown):
    wanted = {each for each in shown if _takes_tab(each)}
    seen, first = set(), QApplication.focusWidget()
    if first is None or not front.isAncestorOf(first):
        return sorted(wanted, key=_called)
    for _ in range(_MOST):
        now = QApplication.focusWidget()
        if now is None or (now is first and seen):
            break
        seen.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return sorted((each for each in wanted - seen if not _is_beside(each, seen)), key=_called)


def _is_beside(widget, seen):
    """Whether arrows lead there: one of several answers, of which Tab meets one."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive():
        return not seen.isdisjoint(group.buttons())
    return isinstance(widget, QRadioButton) and any(
        isinstance(each, QRadioButton) and each.parent() is widget.parent() for each in seen
    )


def _is_clipped(widget):
    if isinstance(widget, Elided):
        return _is_cut(widget) and not widget.toolTip()
    if isinstance(widget, QLabel):
        return bool(widget.text()) and _label_is_clipped(widget)
    if isinstance(widget, QPushButton | QCheckBox | QRadioButton) and widget.text().strip():
        return widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, QLineEdit) and widget.placeholderText():
        room = widget.contentsRect().width() - 8
        return widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room
    return False


def _is_cut(label):
    return "".join(label._broken(label.width())).replace(" ", "") != label.text().replace(" ", "")


def _label_is_clipped(label):
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 2
    lines = label.text().split("\n")
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
    tallest = label.fontMetrics().height() * len(lines)
    return widest > room.width() + 1 or tallest > room.height() + 3


def _is_outside(widget):
    """Whether a part of it lies where it is never painted, and no scrolling brings it there."""
    is_read = isinstance(widget, QAbstractButton | QLineEdit) or (
        isinstance(widget, QLabel) and widget.text()
    )
    if not is_read or widget.objectName() in _INNER:
        return False
    around, area = widget.parentWidget(), widget.rect().translated(widget.pos())
    while around is not None and not around.isWindow():
        if isinstance(around.parentWidget(), QAbstractScrollArea):
            return False
        if not around.rect().adjusted(-2, -2, 2, 2).contains(area):
            return True
        area.translate(around.pos() if around.parentWidget() else QPoint())
        around = around.parentWidget()
    return False
