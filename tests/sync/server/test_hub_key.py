"""The hub's key is made once, whoever else begins in the same folder at the same moment."""

import secrets
import threading

from sync.server.founding import open_hub
from sync.server.receipts import hub_key


def test_who_begins_at_the_same_moment_does_not_write_over_the_first_ones_key(tmp_path):
    file, began, may_go_on = tmp_path / "hub.key", threading.Event(), threading.Event()
    made = []

    def slow(count):
        began.set()
        may_go_on.wait(10)
        return secrets.token_bytes(count)

    second = threading.Thread(target=lambda: made.append(hub_key(file, slow)))
    second.start()
    began.wait(10)
    first = hub_key(file, secrets.token_bytes)
    may_go_on.set()
    second.join()

    assert made[0].public == first.public == hub_key(file, secrets.token_bytes).public
    assert [each.name for each in tmp_path.iterdir()] == ["hub.key"]


def test_two_that_found_one_hub_can_both_open_it_again(tmp_path):
    start, failures = threading.Barrier(3), []

    def founds():
        start.wait(10)
        try:
            open_hub(tmp_path / "hub", "practice", secrets.token_bytes).store.close()
        except Exception as error:  # noqa: BLE001  (a thread's failure is the test's)
            failures.append(error)

    both = [threading.Thread(target=founds) for _ in range(3)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert failures == []
    assert (tmp_path / "hub" / "hub.key").stat().st_mode & 0o777 == 0o600
    open_hub(tmp_path / "hub", "practice", secrets.token_bytes).store.close()
