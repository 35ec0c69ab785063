"""Rows of the organisation's consent texts: versions, which stay, and the draft."""

from datetime import datetime

import msgspec

from desktop.domain.text_versions import Draft, Texts, Version
from desktop.vault.columns import Row, content, stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

OWN = "own-"
"""How the id of a text begins that an organisation wrote."""
AGREED = (
    "SELECT t.form FROM consent_text t"
    " WHERE t.form <> '' AND EXISTS (SELECT 1 FROM consent c WHERE c.form = t.form)"
)
PROGRAMS_OWN_AGREED = (
    "SELECT EXISTS (SELECT 1 FROM consent WHERE form < ?)"
    " OR EXISTS (SELECT 1 FROM consent WHERE form >= ?)"
)
_VERSION = "SELECT version, form, who, at FROM consent_text"


def add(db: Db, version: Version, texts: Texts) -> None:
    """Keep a version; from now on it holds."""
    words = _written(texts) if version.is_own else ""
    row = (version.form, words, version.who, stamp(version.at))
    db.execute(
        "INSERT INTO consent_text (version, form, words, who, at) VALUES (?, ?, ?, ?, ?)",
        (version.number, *row),
    )
    db.wrote("text.held", version.number, 1, content(*row), version.at)


def newest(db: Db) -> Version | None:
    """Return what holds; None where nobody ever wrote one."""
    row = db.execute(f"{_VERSION} ORDER BY version DESC LIMIT 1").fetchone()
    return _version(row) if row else None


def latest(db: Db, limit: int) -> tuple[Version, ...]:
    """Return the versions, the newest first."""
    rows = db.execute(f"{_VERSION} ORDER BY version DESC LIMIT ? + 0", (limit,))
    return tuple(map(_version, rows))


def texts(db: Db, form: str) -> Texts | None:
    """Return the words of a version; None where there is none, or nobody can read them."""
    row = db.execute("SELECT words FROM consent_text WHERE form = ?", (form,)).fetchone()
    return _read(row[0]) if row and form else None


def agreed(db: Db) -> tuple[str, ...]:
    """Return which of the organisation's texts somebody who is still here was asked with."""
    return tuple(form for (form,) in db.execute(AGREED))


def was_programs_own_agreed(db: Db) -> bool:
    """Say whether somebody who is still here was asked with a text of the program's own."""
    after = OWN[:-1] + chr(ord(OWN[-1]) + 1)
    return bool(db.execute(PROGRAMS_OWN_AGREED, (OWN, after)).fetchone()[0])


def keep_draft(db: Db, draft: Draft) -> None:
    """Keep what is being written, in place of what was written before."""
    row = (_written(draft.texts), draft.who, stamp(draft.kept_at))
    db.execute(
        "INSERT OR REPLACE INTO consent_text_draft (one, words, who, kept_at) VALUES (1, ?, ?, ?)",
        row,
    )
    db.wrote("writing.kept", 1, 1, content(*row), draft.kept_at)


def draft(db: Db) -> Draft | None:
    """Return what is being written."""
    row = db.execute("SELECT words, who, kept_at FROM consent_text_draft").fetchone()
    found = _read(row[0]) if row else None
    return Draft(found, row[1], time(row[2])) if found is not None else None


def drop_draft(db: Db, at: datetime) -> None:
    """Forget what is being written."""
    if db.execute("DELETE FROM consent_text_draft").rowcount:
        db.wrote("writing.dropped", 1, 2, GONE, at)


def _version(row: Row) -> Version:
    number, form, who, at = row
    return Version(number, form, who, time(at))


def _written(texts: Texts) -> str:
    return msgspec.json.encode(texts, order="sorted").decode()


def _read(words: str) -> Texts | None:
    try:
        return msgspec.json.decode(words, type=dict[str, dict[str, object]])
    except msgspec.DecodeError:
        return None
