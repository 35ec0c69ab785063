from sync.server.bells import Bells


def test_a_bell_that_rang_while_somebody_looked_is_not_missed():
    bells = Bells()
    before = bells.rings()

    bells.ring(["ours"])

    assert bells.bell("ours", before).is_set()
    assert not bells.bell("theirs", before).is_set()
    assert not bells.bell("ours", bells.rings()).is_set()


def test_whoever_waits_for_the_same_bell_wakes_together():
    bells = Bells()
    first, second = (bells.bell("ours", bells.rings()) for _ in range(2))

    bells.ring(["ours"])

    assert first.is_set()
    assert second.is_set()
    assert bells.waiting() == frozenset()


def test_a_hub_that_stops_lets_nobody_wait():
    bells = Bells()
    waiting = bells.bell("ours", bells.rings())

    bells.close()

    assert waiting.is_set()
    assert bells.bell("ours", bells.rings()).is_set()
