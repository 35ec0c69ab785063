"""A place is picked by typing part of it; a landmark in words is kept as it was typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from ui.place_suggestions import PlaceSuggestions
from ui.widgets.field import Field
from ui.window.evening import Evening
from ui.window.window import Window


@pytest.fixture
def field(qtbot, night):
    made = Field("Place")
    made.suggestions = PlaceSuggestions(made.edit, night)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.edit.setFocus()
    qtbot.waitUntil(made.edit.hasFocus)
    return made


def type_in(qtbot, night, field, words, composing=""):
    event = QInputMethodEvent(composing, [])
    event.setCommitString(words)
    QApplication.sendEvent(field.edit, event)
    qtbot.waitUntil(lambda: not field.suggestions._timer.isActive())
    qtbot.waitUntil(night.is_idle)


def test_arrow_and_enter_take_a_division_and_a_landmark_follows(qtbot, night, field):
    sent = []
    field.entered.connect(lambda: sent.append(field.words()))
    type_in(qtbot, night, field, "관악 신", "림")

    popup = field.suggestions.popup
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    type_in(qtbot, night, field, "3번 출구 앞")

    assert sent == []
    assert field.words() == "서울 관악구 신림동 3번 출구 앞"
    assert field.suggestions.offered() == ()
    assert not popup.isVisible()


def test_initials_offer_divisions_and_nothing_is_chosen_by_itself(qtbot, night, field):
    sent = []
    field.entered.connect(lambda: sent.append(field.words()))
    type_in(qtbot, night, field, "ㄱㅇㄱ")

    assert field.suggestions.offered()[0] == "서울 관악구"
    popup = field.suggestions.popup
    assert popup.accessibleName()
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert sent == ["ㄱㅇㄱ"]


def test_a_landmark_alone_is_as_good(qtbot, night, field):
    type_in(qtbot, night, field, "신림역 3번 출구")

    assert field.suggestions.offered() == ()
    assert not field.suggestions.popup.isVisible()
    assert field.words() == "신림역 3번 출구"


def test_a_night_its_plan_and_a_new_contact_offer_places(qtbot, night):
    window = Window(night, Settings(), lambda n: bytes(n))
    qtbot.addWidget(window)
    evening = Evening(window)

    for line in (
        window.rail.form.place.edit,
        window.rail.sheet.place.edit,
        evening.plan.fields.place.edit,
    ):
        assert len(line.findChildren(PlaceSuggestions)) == 1
