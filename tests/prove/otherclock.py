"""`bammajung-hub`, but for its clock, which an evening turns: the moment stands in a file.

`python otherclock.py FILE …`. Where FILE.says lies beside it, the hub logs those words once.
"""

import logging
import sys
from datetime import datetime
from pathlib import Path

from sync.server import app, serving
from sync.server.__main__ import start

_AT = Path(sys.argv.pop(1))
_SAYS = _AT.with_name(f"{_AT.name}.says")


class Evening(datetime):
    """Reads the clock of the evening."""

    @classmethod
    def now(cls, tz=None):
        return datetime.fromisoformat(_AT.read_text())


def _careless(log_to_stderr):
    def log(is_quiet):
        log_to_stderr(is_quiet)
        if _SAYS.exists():
            logging.getLogger("bammajung.hub").error(_SAYS.read_text())

    return log


if __name__ == "__main__":
    app.datetime = Evening
    serving.log_to_stderr = _careless(serving.log_to_stderr)
    start()
