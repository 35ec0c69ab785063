"""A list on a ground of its own draws what a turn of the wheel brings in, and nothing below it."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from ui import style
from ui.widgets.ground import Ground


class Below(QWidget):
    """What lies under the list."""

    drawn = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.drawn += 1


@pytest.fixture(params=[True, False], ids=["with", "without"])
def listed(request, qtbot):
    below, view = Below(), QListView()
    qtbot.addWidget(below)
    QVBoxLayout(below).addWidget(view)
    view.setStyleSheet("QListView { background: transparent; }")
    view.setModel(QStringListModel([str(number) for number in range(200)], view))
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    if request.param:
        Ground(view)
    below.resize(300, 400)
    with qtbot.waitExposed(below):
        below.show()
    qtbot.wait(20)
    return below, view, request.param


def test_nothing_below_is_drawn_while_it_scrolls(listed, qtbot):
    below, view, has_ground = listed
    before = below.drawn

    for at in range(0, 300, 60):
        view.verticalScrollBar().setValue(at)
        qtbot.wait(5)

    assert (below.drawn == before) is has_ground


def test_its_colour_is_that_of_a_sheet(listed):
    _, view, has_ground = listed
    picture = view.viewport().grab().toImage()
    corner = picture.pixelColor(picture.width() - 2, picture.height() - 2)
    assert view.viewport().testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent) is has_ground
    assert (corner == style.current().color("surface")) is has_ground
