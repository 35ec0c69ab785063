"""The Qt binding we pin does not eat references (D-021)."""

import sys

from PySide6.QtCore import QObject

CALLS = 500


def test_a_void_call_into_qt_costs_no_reference():
    thing = QObject()
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        thing.setObjectName("bench")

    assert abs(sys.getrefcount(None) - before) < CALLS // 10


def test_the_habit_we_put_aside_at_start_is_still_called_so():
    import shibokensupport.feature

    assert callable(shibokensupport.feature._mod_uses_pyside)
