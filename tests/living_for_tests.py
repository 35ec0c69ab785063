"""A real hub in this process, on loopback and on the real clock."""

import io
import threading
import time
from contextlib import contextmanager, redirect_stdout
from dataclasses import fields
from datetime import UTC, datetime
from types import SimpleNamespace

from hub_for_tests import HubForTests

from sync.server import routes
from sync.server.app import Manner, app
from sync.server.rates import Rates
from sync.server.serving import Serving, _config, _listening


def clock():
    """Read the clock."""
    return datetime.now(UTC)  # noqa: TID251 - a real process lives by the real clock


@contextmanager
def living(home, database=""):
    """A hub on loopback and on the real clock, where nobody waits and nobody is counted."""
    founded = HubForTests(home, database=database)
    founded.close()
    manner = Manner(rates=Rates(*["0"] * len(fields(Rates))))
    made = app(home / "hub", "practice", manner=manner, database=database)
    kept, routes.LONGEST_WAIT = routes.LONGEST_WAIT, 0
    centre, agency = founded.centre, founded.shelter
    centre._clock = clock
    with served(made) as url:
        at = {"url": url, "made": made, "keys": centre.keys, "founded": founded}
        yield SimpleNamespace(centre=centre, agency=agency, **at)
    routes.LONGEST_WAIT = kept


@contextmanager
def served(made):
    """Serve an app on loopback; yield its address."""
    listening = _listening("127.0.0.1", 0)
    port = listening.getsockname()[1]
    serving = Serving(_config(made, ""), made, listening, "")
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]}, daemon=True)
    with redirect_stdout(io.StringIO()) as said:  # where it says its address, once it serves
        thread.start()
        while not said.getvalue().endswith("\n"):
            time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    serving.should_exit = True
    thread.join(20)
