"""Panels over the window, and the small parts."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.field import Field, SecretField
from ui.widgets.labels import wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet
from ui.widgets.stepper import Stepper
from ui.widgets.toast import Toast


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(1180, 680)
    window.before = QLineEdit()
    QVBoxLayout(window).addWidget(window.before)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.before.setFocus()
    return window


class _Drawn(QObject):
    """Counts how often something is drawn."""

    times = 0

    def eventFilter(self, _, event):
        self.times += event.type() == QEvent.Type.Paint
        return False


class Careful(Sheet):
    """Holds words that would be lost."""

    def may_close(self):
        return False


def test_escape_closes_and_gives_the_keyboard_back(window, qtbot):
    sheet = Sheet(window, "Title", "Close")
    sheet.open()

    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet.close_button, Qt.Key.Key_Escape)

    assert not sheet.isVisible()
    assert window.focusWidget() is window.before


def test_opened_over_itself_it_still_gives_the_keyboard_back(window, qtbot):
    sheet = Sheet(window, "Title", "Close")
    sheet.open()
    sheet.open()

    qtbot.keyClick(sheet.close_button, Qt.Key.Key_Escape)

    assert window.focusWidget() is window.before


def test_a_line_in_the_body_squeezes_nothing_above_it(window, qtbot):
    sheet, call = Sheet(window, "Title", "Close"), wrapped("Call 112 first.")
    sheet.keep_in_sight(call)
    sheet.body.addWidget(wrapped("Nothing to sign."))

    sheet.open()
    QCoreApplication.sendPostedEvents()

    assert call.height() >= call.heightForWidth(call.width())
    assert sheet.title.height() >= sheet.title.sizeHint().height()
    assert sheet.close_button.height() == sheet.close_button.sizeHint().height()


def test_escape_does_not_close_what_would_lose_words(window, qtbot):
    sheet = Careful(window, "Title", "Close")
    sheet.open()

    qtbot.keyClick(sheet.close_button, Qt.Key.Key_Escape)

    assert sheet.isVisible()


def test_tab_stays_inside_an_open_sheet(window, qtbot):
    sheet = Sheet(window, "Title", "Close")
    inside = QLineEdit()
    sheet.body.addWidget(inside)
    sheet.open(inside)

    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(window.focusWidget())


def test_what_lies_under_a_sheet_is_dimmed_as_it_is_then_and_not_drawn_again(window, qtbot):
    window.before.setText("before")
    qtbot.waitUntil(window.windowHandle().isExposed)
    sheet, spy = Sheet(window, "Title", "Close"), _Drawn()
    sheet.open()
    window.before.installEventFilter(spy)

    QCoreApplication.processEvents()

    first = window.backingStore().paintDevice().copy()
    assert spy.times == 0
    sheet.update()
    QCoreApplication.processEvents()
    assert spy.times == 1
    assert first == window.backingStore().paintDevice()


def test_a_panel_that_gets_smaller_leaves_nothing_of_itself_behind(window, qtbot):
    sheet, parts = Sheet(window, "Title", "Close"), [QLineEdit() for _ in range(9)]
    for part in parts:
        sheet.body.addWidget(part)
    sheet.open()
    qtbot.waitUntil(window.windowHandle().isExposed)
    QCoreApplication.processEvents()
    high = sheet.panel.height()
    sheet.fit()

    for part in parts:
        part.hide()
    sheet.fit()
    sheet.fit()

    qtbot.waitUntil(lambda: sheet.panel.height() < high and not sheet._beneath._picture)
    QCoreApplication.processEvents()
    shown = window.backingStore().paintDevice().copy()
    assert shown == window.grab().toImage().convertToFormat(shown.format())


def test_a_sheet_follows_the_window(window, qtbot):
    sheet = Sheet(window, "Title", "Close")
    sheet.open()

    window.resize(1440, 900)

    qtbot.waitUntil(lambda: sheet.size() == window.size())
    assert sheet.panel.height() <= window.height()


def test_only_a_person_s_choice_is_told(qtbot):
    choices = Segmented("Risk", (Choice("low", "Low"), Choice("high", "High")))
    qtbot.addWidget(choices)

    with qtbot.assertNotEmitted(choices.chosen):
        choices.choose("low")
    with qtbot.waitSignal(choices.chosen) as heard:
        choices.buttons["high"].click()

    assert heard.args == ["high"]
    choices.choose("")
    assert choices.key() == ""


def test_a_field_says_what_is_wrong_also_to_a_screen_reader(qtbot):
    field = Field("Code", "Six letters")
    qtbot.addWidget(field)

    field.say_wrong("Too short")
    assert field.edit.accessibleDescription() == "Too short"
    field.say_wrong("")

    assert field.note.text() == "Six letters"
    assert field.edit.accessibleName() == "Code"


def test_a_secret_is_seen_only_when_asked_for_and_may_be_pasted(qtbot):
    field = SecretField("Passphrase", "Show", "Hide")
    qtbot.addWidget(field)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password

    field.edit.actions()[0].trigger()
    assert field.edit.echoMode() == QLineEdit.EchoMode.Normal
    field.edit.insert(" pasted with a space ")

    assert field.words() == " pasted with a space "


@pytest.mark.parametrize(
    ("at", "said"), [(0, "One (1/3)"), (2, "Three (3/3)"), (3, "Three (3/3)")]
)
def test_how_far_it_is_can_be_heard(qtbot, at, said):
    stepper = Stepper("Referral")
    qtbot.addWidget(stepper)

    stepper.show_steps(("One", "Two", "Three"), at)
    stepper.grab()

    assert stepper.accessibleName() == f"Referral: {said}"


def test_a_toast_offers_an_undo(window, qtbot):
    toast, undone = Toast(window), []

    toast.offer("Gone", "Undo", lambda: undone.append(True))
    toast.button.click()

    assert undone == [True]
    assert not toast.isVisible()


def test_after_an_undo_the_keyboard_is_where_it_was(window, qtbot):
    toast, opened = Toast(window), []
    after = Button("Next", pressed=lambda: opened.append(True))
    window.layout().addWidget(after)
    qtbot.waitUntil(after.isVisible)
    toast.offer("Gone", "Undo", lambda: None)
    toast.button.setFocus()

    for _ in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert not toast.isVisible()
    assert window.focusWidget() is window.before
    assert not opened


def test_a_toast_stays_while_the_keyboard_is_on_it(window, monkeypatch, qtbot):
    monkeypatch.setattr("ui.widgets.toast._WITH_ACTION", 30)
    monkeypatch.setattr("ui.widgets.toast._AGAIN", 30)
    toast = Toast(window)
    toast.offer("Gone", "Undo", lambda: None)
    toast.button.setFocus()

    qtbot.wait(200)
    assert toast.button.hasFocus()

    window.before.setFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())
    assert window.focusWidget() is window.before


def test_a_toast_stays_while_the_pointer_is_on_it(window, monkeypatch, qtbot):
    monkeypatch.setattr("ui.widgets.toast._WITH_ACTION", 30)
    monkeypatch.setattr("ui.widgets.toast._AGAIN", 30)
    toast = Toast(window)
    toast.offer("Gone", "Undo", lambda: None)
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)

    qtbot.wait(200)
    assert toast.isVisible()

    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_sheet_grows_with_what_was_added_after_it_was_opened(window, qtbot):
    sheet = Sheet(window, "Title", "Close")
    sheet.open()
    before = sheet.panel.height()

    for _ in range(3):
        sheet.body.addWidget(QLineEdit())
    sheet.fit()

    qtbot.waitUntil(lambda: sheet.panel.height() > before + 60)
