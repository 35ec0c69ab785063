"""Step 6: search, lock, and everything back after unlocking."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from ui.main import Program
from ui.tour import story
from ui.tour.driver import Driver
from ui.tour.hub import readable
from ui.window.desk import Desk
from ui.window.window import Window


def search(driver: Driver, window: Window) -> None:
    """Find the note by a two-syllable word, the youth by alias and by initial consonants."""
    for number, query in enumerate((story.SEARCHED, story.ALIAS, story.INITIALS)):
        driver.press(window.window(), Qt.Key.Key_K, control=True)
        palette = window.palette_sheet
        driver.until(palette.isVisible, "the palette opens")
        palette.query.clear()
        driver.write(palette.query, query)
        driver.until(lambda: _shows(window), f"{query} is found")
        if number != 1:
            driver.picture(window.window(), f"search-{'word' if number == 0 else 'initials'}")
        driver.press(palette.query, Qt.Key.Key_Escape)
        driver.until(palette.isHidden, "the palette closes")
    driver.verified("6.1 found: the note by two syllables, the youth by alias and by consonants")


def _shows(window: Window) -> bool:
    return any(story.ALIAS in _spoken(index) for index in _rows(window.palette_sheet.list))


def _is_open(program: Program) -> bool:
    """Whether the night is on the screen. After a wrong try one waits a second and tries again."""
    door = program.unlock.door
    if program.desk is None and door is not None and door.unlock_button.isEnabled():
        door.unlock()
    return program.desk is not None and program.desk.window.isVisible()


def come_back(driver: Driver, program: Program, home: Path) -> None:
    """In the new process: the lock shows nothing; the passphrase brings everything back."""
    door = program.unlock.door
    if door is None:
        raise AssertionError("no lock window")
    driver.picture(program.frame, "locked")
    if any(needle in _said() for needle in story.NEEDLES):
        raise AssertionError("the lock window tells something")
    driver.verified("6.2 locked by a new process; its window says nothing about anyone")
    driver.write(door.passphrase.edit, "아무 말이나 적어 본 문구")
    driver.click(door.unlock_button)
    driver.until(lambda: door.passphrase.edit.isEnabled() and door.unlock_button.isEnabled(),
                 "a wrong passphrase is refused")  # fmt: skip
    driver.picture(program.frame, "wrong-passphrase")
    door.passphrase.edit.clear()
    driver.write(door.passphrase.edit, story.PASSPHRASE)
    driver.click(door.unlock_button)
    driver.until(lambda: _is_open(program), "unlocked")
    if program.desk is None:
        raise AssertionError
    _everything_is_there(driver, program.desk)
    found = readable(home, story.NEEDLES)
    if found:
        raise AssertionError(f"readable on disk: {found}")
    driver.verified("6.4 no word of the evening is readable in any file of home")


def _everything_is_there(driver: Driver, desk: Desk) -> None:
    people = desk.window.rail.people.view
    driver.until(lambda: people.model().rowCount(QModelIndex()) > 0, "tonight's people are there")
    row = next(index for index in _rows(people) if story.ALIAS in _spoken(index))
    driver.click_row(people, row)
    page = desk.window.pages.note
    driver.until(lambda: story.SITUATION in page.editor.words(), "the note is there")
    driver.picture(desk.window.window(), "unlocked")
    driver.verified("6.3 unlocked: the night, the note and the referral are as they were")


def _rows(view: QAbstractItemView) -> list[QModelIndex]:
    return [view.model().index(n, 0) for n in range(view.model().rowCount(QModelIndex()))]


def _spoken(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def _said() -> str:
    words = []
    for widget in QApplication.allWidgets():
        words += [widget.windowTitle(), widget.accessibleName(), _text(widget)]
    return "\n".join(words)


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QLineEdit) else ""
