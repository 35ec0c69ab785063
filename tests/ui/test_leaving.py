"""Backups on their way to the hub: what was asked for while one was under way is done after it."""

from builders import a_moment

from ui.leaving import Leaving


def test_a_look_of_its_own_does_not_take_back_that_somebody_asked(qtbot):
    leaving = Leaving(a_moment)
    leaving._is_busy = True

    leaving.start()
    leaving.look()

    assert leaving._is_wanted_again
    assert leaving.close(5)
