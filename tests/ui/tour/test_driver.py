"""The tour says that a step held only when it did."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from ui import style
from ui.tour.camera import BOTH, BY_DAY, Camera
from ui.tour.driver import Driver, NotSeen
from ui.tour.hub import readable


@pytest.fixture
def said():
    return []


@pytest.fixture
def driver(qapp, tmp_path, said):
    return Driver(qapp, Camera(qapp, tmp_path), said.append, patience=0.1)


def test_what_never_happens_is_not_seen(driver, said):
    with pytest.raises(NotSeen):
        driver.until(lambda: False, "the impossible")

    assert (driver.held, said) == (0, [])


@pytest.mark.parametrize(
    ("themes", "taken"), [(BOTH, {"dark", "light"}), (BY_DAY, {"light"})], ids=["both", "day"]
)
def test_a_picture_is_taken_in_each_theme_and_the_theme_stays(qapp, tmp_path, themes, taken):
    before = style.current()
    button = QPushButton("no")

    Camera(qapp, tmp_path, themes).take(button, "a button")

    assert {file.name for file in tmp_path.iterdir()} == {f"01-a button-{t}.png" for t in taken}
    assert style.current() == before
    button.deleteLater()


def test_a_button_that_cannot_be_pressed_is_not_pressed(driver, qtbot):
    button = QPushButton("no")
    qtbot.addWidget(button)
    button.setEnabled(False)
    button.show()

    with pytest.raises(NotSeen):
        driver.click(button)


def test_words_arrive_as_a_korean_keyboard_sends_them(driver, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()

    driver.write(line, "하늘")

    assert line.text() == "하늘"


def test_a_picture_is_taken_by_day_and_by_night(driver, qtbot, tmp_path):
    line = QLineEdit()
    qtbot.addWidget(line)

    driver.picture(line, "line")

    assert {f.name for f in tmp_path.iterdir()} == {"01-line-light.png", "01-line-dark.png"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_word_left_in_a_file_is_read_there(tmp_path, encoding):
    (tmp_path / "left").write_bytes("어제 하늘을 만남".encode(encoding))
    (tmp_path / "clean").write_bytes(bytes(64))

    assert readable(tmp_path, ("하늘",)) == ("left",)
