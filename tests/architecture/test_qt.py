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
