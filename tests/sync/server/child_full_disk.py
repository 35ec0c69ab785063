"""Ask the office of a hub on a disk that is full; say as JSON what each command answered.

With another word, ask for one thing on a disk that has little room left: not enough for all of it.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

from backups_for_tests import left, say
from hub_for_tests import NIGHT, HubForTests
from small_disk_for_tests import fill

from sync.protocol.backups import HANDFUL, PIECE_BYTES, BackupRule
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


def office(place):
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
    return told | {
        "again": asked(home, "new-code", org, "admin"),
        "new": asked(place / "new", "stamp-key"),
    }


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
    copies = sum((each / "hub.db").stat().st_size for each in (home, place / "copy"))
    _leave(place / "full", copies + _LITTLE)
    words = ("restore", place / "copy", "--lost", home)
    told = {"full": asked(place / "new", *words), "left": sorted(map(str, place.glob("new*")))}
    (place / "full").unlink()
    return told | {"again": asked(place / "new", *words)}


def ended(place):
    """Let sealed backups end, and their pieces not be destroyed."""
    made = HubForTests(place)
    say(made, made.centre, "/v1/orgs/backups", BackupRule(True))
    left(made, made.centre, "1", *(bytes([number]) * PIECE_BYTES for number in range(HANDFUL)))
    org = made.centre.org
    made.close()
    told = {}
    for name, room in (("none", 0), ("some", _LITTLE)):
        _leave(place / "full", room)
        told[name] = asked(place / "hub", "end-backups", org)
    told["left"] = asked(place / "hub", "sealed-backups")
    (place / "full").unlink()
    return told | {"again": asked(place / "hub", "end-backups", org)}


_LITTLE = 1 << 18
"""For a key, for what SQLite keeps beside a database, and for a small transaction."""


def _leave(path, room):
    path.unlink(missing_ok=True)
    fill(path)
    os.truncate(path, path.stat().st_size - room)


_SCENES = {"": office, "restore": restored, "end-backups": ended}
_place, *_more = sys.argv[1:]
sys.stdout.write(json.dumps(_SCENES["".join(_more)](Path(_place))))
