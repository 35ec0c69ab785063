"""What happened with somebody: one key opens it, scrolling goes on, and it leads to notes."""

from datetime import timedelta

import pytest
from builders import NOON
from PySide6.QtCore import Qt

import i18n
from desktop.domain.promises import Due
from desktop.domain.timeline import Kind
from desktop.services import promises
from desktop.services.promises import NewPromise
from desktop.services.timeline import SHOWN


def promise(room, youth, times):
    due = Due((NOON + timedelta(days=30)).date())

    def make(vault):
        for n in range(times):
            promises.make(vault, NewPromise(youth, f"약속 {n}", due), room.tasks.moment())

    room.do(make)


def opened(room):
    room.qtbot.keyClick(room.window.pages.note.editor, Qt.Key.Key_F7)
    room.settle()
    assert room.door.timeline.isVisible()
    return room.door.timeline


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_key_in_the_note_opens_it_and_the_note_is_its_first_line(room, language):
    i18n.use(language)
    room.show(room.met())

    sheet = opened(room)

    head, row = sheet.model.rows
    assert head.is_head
    assert "2026" in head.title
    assert row.detail == "벤치에서 만남"
    assert row.event.kind is Kind.MEETING
    assert sheet.view.hasFocus()
    assert sheet.view.currentIndex().row() == 1


def test_enter_opens_the_note_of_a_meeting(room, haneul):
    sheet = opened(room)

    with room.qtbot.waitSignal(sheet.meeting_chosen) as chosen:
        room.qtbot.keyClick(sheet.view, Qt.Key.Key_Return)

    assert chosen.args == [haneul.youth.id, haneul.meeting.id]
    assert not sheet.isVisible()


def test_more_is_asked_for_only_where_somebody_scrolls(room, haneul):
    promise(room, haneul.youth.id, 2 * SHOWN)
    sheet = opened(room)
    few = sum(not row.is_head for row in sheet.model.rows)

    for _ in range(3):
        sheet.view.scrollToBottom()
        room.settle()

    events = [row.event for row in sheet.model.rows if not row.is_head]
    assert few == SHOWN
    assert len(events) == len({event.key for event in events}) == 2 * SHOWN + 1
    assert events == sorted(events, key=lambda event: event.at, reverse=True)


def test_nothing_of_somebody_stays_who_is_about_to_be_destroyed(room, haneul):
    sheet = opened(room)

    room.window.let_go(haneul.youth.id)

    assert sheet.model.rows == []
    assert not sheet.isVisible()


def test_without_a_page_it_says_what_comes_first(room):
    room.window.drawer_wanted.emit("timeline")

    assert "timeline" not in vars(room.door)
    assert room.window.toast.isVisible()
