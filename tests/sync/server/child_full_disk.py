"""Ask the office of a hub on a disk that is full; say as JSON what each command answered.

With another word, restore a hub on a disk that has no room for what is to be done again in it.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

from hub_for_tests import NIGHT, HubForTests
from small_disk_for_tests import fill

from sync.server.__main__ import start
from sync.server.copies import backup

EXAMPLES = Path(__file__).parents[1] / "hsds" / "examples"


def asked(home, *words):
    sys.argv = ["bammajung-hub", "--home", str(home), "--world", "practice", *map(str, words)]
    written, complaint = io.BytesIO(), ""
    said = io.TextIOWrapper(written, "utf-8")
    try:
        with contextlib.redirect_stdout(said):
            start()
    except SystemExit as end:
        complaint = "" if end.code == 0 else end.code
    said.flush()
    return [written.getvalue().decode(), complaint]


def main(place):
    made = HubForTests(place)
    org = made.centre.org
    made.close()
    home = place / "hub"
    for name in ("hub.db-wal", "hub.db-shm"):
        (home / name).unlink(missing_ok=True)
    fill(place / "full")
    told = {
        "add-org": asked(home, "add-org", EXAMPLES / "csv"),
        "new-code": asked(home, "new-code", org, "admin"),
        "restored": asked(home, "restored"),
        "backup": asked(home, "backup", place / "copy"),
        "first start": asked(place / "new", "stamp-key"),
        "left": sorted(each.name for each in place.glob("copy*")),
    }
    (place / "full").unlink()
    told |= {
        "again": asked(home, "new-code", org, "admin"),
        "new": asked(place / "new", "stamp-key"),
    }
    sys.stdout.write(json.dumps(told))


def restored(place):
    """Let the lost hub be read, all of it, and the new one's disk be full after that."""
    made = HubForTests(place)
    consent, home = made.centre.fresh(), place / "hub"
    made.exchange(made.centre, made.centre.consent(consent, made.shelter))
    for _ in range(3):
        few = [made.centre.referral(consent, made.shelter) for _ in range(60)]
        made.exchange(made.centre, *few)
    backup(home, place / "copy", NIGHT)
    made.exchange(made.centre, made.centre.withdrawal(consent))
    made.close()
    fill(place / "full")
    room = _LITTLE + sum((each / "hub.db").stat().st_size for each in (home, place / "copy"))
    os.truncate(place / "full", (place / "full").stat().st_size - room)
    words = ("restore", place / "copy", "--lost", home)
    told = {"full": asked(place / "new", *words), "left": sorted(map(str, place.glob("new*")))}
    (place / "full").unlink()
    told["again"] = asked(place / "new", *words)
    sys.stdout.write(json.dumps(told))


_LITTLE = 1 << 18
"""For the key, and what SQLite keeps beside a database that is only read."""
_place, *_more = sys.argv[1:]
(restored if _more else main)(Path(_place))
