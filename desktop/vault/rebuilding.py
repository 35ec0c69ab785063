"""What was salvaged, written into a new vault: every record journalled anew, none made better."""

from collections.abc import Iterable
from datetime import datetime

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault import search
from desktop.vault.columns import stamp, time_or_none
from desktop.vault.database import Db
from desktop.vault.salvage import Name, Read
from desktop.vault.subjects import SUBJECTS, as_it_stands
from desktop.vault.wreck import Found

STAND_IN = "?"
"""What a youth or place is called whose own record was lost, so that its notes can be shown."""
_NEW = frozenset({"vault"})  # the new vault has facts of its own
_NOT_INDEXED = {"is_indexed": 0, "weight": 0}
_WORDS_OF_NOTE = frozenset({"addendum", "version", "adding"})


def rebuild(db: Db, read: Iterable[Read], now: datetime) -> tuple[Name, ...]:
    """Write the records; return those that the database does not take without what was lost."""
    by_subject: dict[str, list[Read]] = {}
    for each in read:
        by_subject.setdefault(each.subject, []).append(each)
    left = []
    # In the order of the registry: what others refer to comes first.
    for subject in SUBJECTS:
        for each in sorted(by_subject.get(subject, ()), key=_newest_first):
            if subject not in _NEW and not _is_taken(db, each, now):
                left.append((each.subject, each.record))
    search.catch_up(db)
    return tuple(left)


def _newest_first(each: Read) -> int:
    # Where a note was lost, its newest earlier wording stands in for it.
    return -each.rows[0][1]["version"] if each.subject == "version" else 0


def _is_taken(db: Db, each: Read, now: datetime) -> bool:
    at = time_or_none(each.at) or now
    db.execute("SAVEPOINT one_record")
    try:
        _stand_in(db, each, at)
        for table, row in each.rows:
            _insert(db, table, row | _NOT_INDEXED if table == "note" else row)
    except sqlcipher.IntegrityError:
        db.execute("ROLLBACK TO one_record")
        return False
    finally:
        db.execute("RELEASE one_record")
    as_it_stands(db, f"{each.subject}.salvaged", each.record, 1, at)
    return True


def _insert(db: Db, table: str, row: Found) -> None:
    names, blanks = ", ".join(row), ", ".join("?" * len(row))
    db.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({blanks})", tuple(row.values()))  # noqa: S608  (names of ours)


def _stand_in(db: Db, each: Read, at: datetime) -> None:
    """Make the youth, night or meeting that this record speaks of, where it was lost."""
    _, row = each.rows[0]
    if "outreach" in row:
        _outreach(db, row["outreach"], at)
    if row.get("youth") and each.subject != "look":
        _youth(db, row["youth"], at)
    if each.subject in _WORDS_OF_NOTE and not _is_there(db, "note", row["note"]):
        _note(db, row, each.subject == "version", at)
    if each.subject == "addendum":
        _signature(db, row)
    if each.subject == "note" and not _is_there(db, "meeting", row["meeting"]):
        _outreach(db, row["meeting"], at)  # a night of that one meeting
        _meeting(db, row, at)


def _youth(db: Db, youth: str, at: datetime) -> None:
    row = {
        "id": youth, "alias": STAND_IN, "initials": STAND_IN, "age_basis": "unknown",
        "age_lowest": 0, "age_highest": 0, "gender": "unsaid", "language": "ko",
        "keep_from_guardian": 1, "met_first": stamp(at),
    }  # fmt: skip
    _unless_there(db, "youth", row, at)


def _outreach(db: Db, outreach: str, at: datetime) -> None:
    row = {
        "id": outreach, "place": STAND_IN, "route": "", "team": "[]", "is_joint": 0,
        "started_at": stamp(at), "ended_at": stamp(at),
    }  # fmt: skip
    _unless_there(db, "outreach", row, at)


def _meeting(db: Db, note: Found, at: datetime) -> None:
    key = note["meeting"]
    row = {"id": key, "outreach": key, "youth": note["youth"], "met_at": stamp(at), "place": ""}
    _unless_there(db, "meeting", row, at)


def _note(db: Db, row: Found, is_wording: bool, at: datetime) -> None:
    """Make a note of nobody known, so that what belongs to it can be shown."""
    key = row["note"]
    note = {
        "id": key, "youth": key, "meeting": key, "saved_at": stamp(at), "version": 0,
        "is_indexed": 0, "text": row["text"] if is_wording else "",
    }  # fmt: skip
    _youth(db, key, at)
    _outreach(db, key, at)
    _meeting(db, note | {"meeting": key}, at)
    _unless_there(db, "note", note, at)


def _signature(db: Db, row: Found) -> None:
    """Words are added to signed notes only: where that was lost, the addendum says it."""
    signed = (row["note"], row["who"], row["at"])
    added = db.execute(
        "INSERT INTO note_signature (note, who, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        signed,
    ).rowcount
    if added:
        as_it_stands(db, "signature.stood_in", row["note"], 1, time_or_none(row["at"]))


def _unless_there(db: Db, subject: str, row: Found, at: datetime) -> None:
    if not _is_there(db, subject, row["id"]):
        _insert(db, subject, row)
        as_it_stands(db, f"{subject}.stood_in", row["id"], 1, at)


def _is_there(db: Db, table: str, key: str) -> bool:
    found = db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).fetchone()  # noqa: S608  (names of ours)
    return found is not None
