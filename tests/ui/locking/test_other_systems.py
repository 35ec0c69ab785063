"""What Windows and macOS would say. None of this has run there."""

import ctypes
import sys

import pytest

from ui.locking import capture, windows
from ui.locking.signs import Sign
from ui.locking.windows import sign_of


@pytest.mark.parametrize(
    ("message", "what", "sign"),
    [
        (0x0218, 0x0004, Sign.SLEEP),
        (0x0218, 0x0007, None),  # it woke
        (0x02B1, 0x7, Sign.SESSION),
        (0x02B1, 0x8, None),  # unlocked
        (0x02B1, 0x2, Sign.SWITCH),
        (0x02B1, 0x1, None),  # back at the console
        (0x02B1, 0x6, Sign.END),
        (0x0100, 0x7, None),  # a key
    ],
)
def test_a_message_of_windows_means_what_its_header_says(message, what, sign):
    assert sign_of(message, what) == sign


@pytest.mark.parametrize(("value", "sign"), [(0, Sign.LID), (1, None)])
def test_a_lid_that_is_shut_is_told_from_one_that_is_opened(value, sign):
    setting = windows._Setting((ctypes.c_ubyte * 16)(*windows._LID), 4, value)

    assert sign_of(0x0218, 0x8013, ctypes.addressof(setting)) == sign


def test_another_setting_is_not_the_lid():
    setting = windows._Setting((ctypes.c_ubyte * 16)(*range(16)), 4, 0)

    assert sign_of(0x0218, 0x8013, ctypes.addressof(setting)) is None


def test_on_linux_no_program_can_keep_its_window_out_of_pictures_and_none_is_claimed():
    assert capture.is_possible() is (sys.platform in ("win32", "darwin"))
    capture.keep_out(0)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows answers")
def test_windows_leaves_the_window_out_of_pictures(qtbot):
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    capture.keep_out(window.winId())

    found = ctypes.c_uint32()
    ctypes.windll.user32.GetWindowDisplayAffinity(
        ctypes.c_void_p(int(window.winId())), ctypes.byref(found)
    )
    assert found.value in (0x11, 0x01)
