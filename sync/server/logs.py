"""Logs: one JSON object a line on stderr, made of what is allowed and nothing else."""

import json
import logging
import sys
from datetime import UTC, datetime

_ROOT = "bammajung.hub"
_ALLOWED = frozenset(
    {"request", "method", "endpoint", "status", "problem", "ms", "waited_ms", "bytes_in"}
    | {"bytes_out", "error", "file", "line", "signal", "count"}
)


class Lines(logging.Formatter):
    """Writes a record as JSON. The words of others are left out: they could carry values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if record.name.startswith(_ROOT):
            said["event"] = record.msg
            facts = getattr(record, "facts", {})
            said |= {name: value for name, value in facts.items() if name in _ALLOWED}
        else:
            said |= {"event": "library", "file": record.filename, "line": record.lineno}
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
        return json.dumps(said)


def log_to_stderr(is_quiet: bool) -> None:
    """Log from now on; a quiet log leaves out what went well."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(Lines())
    logging.basicConfig(handlers=[lines], level=logging.WARNING, force=True)
    logging.getLogger(_ROOT).setLevel(logging.WARNING if is_quiet else logging.INFO)
