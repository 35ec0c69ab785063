"""Nothing is shown before it lies in a window; every test of a window is watched for that."""

from PySide6.QtWidgets import QWidget

from desktop.services.exchange import HubState, Round
from ui.syncing.removing import RemovingPart


def test_what_is_shown_before_it_lies_in_anything_is_noticed(qtbot, strays, qapp):
    alone, around = RemovingPart(), QWidget()
    qtbot.addWidget(alone)
    qtbot.addWidget(around)
    stopped = Round(HubState.WOULD_REMOVE, problem="12")

    alone.show_round(stopped)
    (stray,) = strays
    strays.clear()
    alone.hide()
    alone.setParent(around)
    alone.show_round(stopped)

    assert "ui/syncing/removing.py" in stray
    assert strays == []
