"""Ask the office of a hub on a disk that is full; say as JSON what each command answered."""

import contextlib
import io
import json
import sys
from pathlib import Path

from hub_for_tests import HubForTests
from small_disk_for_tests import fill

from sync.server.__main__ import start

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


main(Path(sys.argv[1]))
