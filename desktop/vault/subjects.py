"""What the journal speaks of: for each subject the rows that its last entry stands for (R-17).

SQLCipher does not notice an older page put back. So every row can be read again exactly as it
was journalled, and compared with the last entry about it. A subject is the first word of an
entry's kind: `note.saved` speaks of `note`. A test compares this file with the schema: every
table, and every column, is either witnessed here or has a reason in `unwitnessed`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from desktop.vault.columns import content

GONE = b""
"""What is journalled when a record is deleted. No row's content is empty."""
BETWEEN = "/"


class Reads(Protocol):
    """Whatever runs SQL: a transaction, a reading, or a bare connection."""

    def execute(self, sql: str, params: Sequence[object] = ..., /) -> Any:
        """Run one statement."""
        ...


class Writes(Reads, Protocol):
    """A transaction: what it does is journalled."""

    def wrote(
        self, kind: str, record: object, version: int, content: bytes, at: datetime | None = ..., /
    ) -> None:
        """Journal a change."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of another table that belong to a record and change with it."""

    table: str
    owner: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of one subject. The key's columns make the record's name in the journal."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    parts: tuple[Part, ...] = ()


def _rows(table: str, columns: str, key: str = "id", parts: tuple[Part, ...] = ()) -> Rows:
    return Rows(table, tuple(key.split()), tuple(columns.split()), parts)


SUBJECTS: dict[str, Rows] = {
    "vault": _rows("meta", "key value", "key"),
    "youth": _rows(
        "youth",
        "id alias initials age_basis age_lowest age_highest gender language keep_from_guardian"
        " met_first",
    ),
    "jotting": _rows("jotting", "youth since given", "youth"),
    "merged": _rows("merged_youth", "youth kept at row moved", "youth"),
    "outreach": _rows("outreach", "id place route team is_joint started_at ended_at"),
    "tally": _rows("tally", "outreach what count", "outreach what"),
    "pause": _rows("outreach_pause", "began_at ended_at", "outreach n"),
    "partners": _rows("outreach_partners", "bodies", "outreach"),
    "closing": _rows("outreach_closing", "met noted referrals was_forgotten", "outreach"),
    "meeting": _rows("meeting", "id outreach youth met_at place"),
    "note": _rows("note", "id youth meeting saved_at version finished_at text"),
    "signature": _rows("note_signature", "note who at", "note"),
    "addendum": _rows("addendum", "id note who at text"),
    "adding": _rows("unfinished_addendum", "note text", "note"),
    "version": _rows("note_version", "note version saved_at marks text", "note version"),
    "marks": _rows("note_marks", "note spans", "note"),
    "template": _rows("note_template", "template", "one"),
    "plan": _rows("safety_plan", "id youth who kept_at words"),
    "risk": _rows("judgement", "id youth risk grounds next_step judged_at"),
    "promise": _rows(
        "promise",
        "id youth what day part clock opens_at ends_at made_at by name snoozed outcome ended_at",
    ),
    "supervision": _rows(
        "supervision", "judgement youth judged_at seen_at seen_by words", "judgement"
    ),
    "questionnaire": _rows(
        "questionnaire", "id version title body loaded_at is_used", "id version"
    ),
    "answered": _rows("answered", "id youth questionnaire version answers at"),
    "form": _rows("unfinished_form", "name words kept_at", "name"),
    "unfinished": _rows("unfinished_judgement", "youth risk grounds next_step", "youth"),
    "consent": _rows(
        "consent",
        "id youth agency agency_name purpose retention form language notice_sha256 guardian"
        " asked_at valid_until withdrawn_at",
        parts=(
            Part("consent_answer", "consent", ("article", "answer")),
            Part("consent_item", "consent", ("item", "allowed")),
        ),
    ),
    "asking": _rows("consent_record", "n supersedes facts strokes", "consent"),
    "text": _rows("consent_text", "form words who at", "version"),
    "writing": _rows("consent_text_draft", "words who kept_at", "one"),
    "entrustment": _rows("entrustment", "facts until who at", "version"),
    "kept_from": _rows("guardian_kept", "id youth reason words at"),
    "named": _rows("guardian_named", "name contact taken_at", "youth"),
    "request": _rows(
        "own_data_request",
        "id youth kind words asked_at due_on outcome answer answered_at",
    ),
    "draft": _rows("draft", "youth agency categories words urgency kept_at", "youth"),
    "referral": _rows(
        "referral",
        "id youth consent agency agency_name packet written_at released_at digest delivery status"
        " status_version status_reason erasure problem",
        parts=(
            Part("referral_step", "referral", ("step", "at", "proof")),
            Part("reply", "referral", ("id", "at", "text")),
        ),
    ),
    "appointment": _rows("reply_appointment", "referral at place meeting", "reply"),
    "ask": _rows("reply_ask", "referral items", "reply"),
    "amendment": _rows("amendment", "id referral version consent packet digest released_at"),
    "received": _rows(
        "received",
        "id from_org from_name consents priority received_at valid_until status reason elsewhere"
        " reminded gone gone_at",
        parts=(Part("received_step", "received", ("proof", "step", "at")),),
    ),
    "late": _rows("received_late", "status reason at", "received"),
    "reached": _rows("received_reached", "epoch version", "received"),
    "packet": _rows("received_packet", "version packet digest youth typed", "received"),
    "told": _rows("received_note", "id received at text meeting_at place meeting asks"),
    "disclosure": _rows(
        "disclosure",
        "id youth basis agency agency_name agency_kind items packet sealed digest device asked_at"
        " state cosigner signed_at valid_until delivery status reason problem",
        parts=(
            Part("disclosure_step", "disclosure", ("step", "at", "proof")),
            Part("disclosure_reply", "disclosure", ("id", "at", "text")),
        ),
    ),
    "ledger": _rows(
        "disclosure_ledger",
        "id referral recipient recipient_name purpose legal_basis items at form limits",
    ),
    "cosigning": _rows("cosigning", "id device packet asked_at state decided_at"),
    "outbox": _rows(
        "outbox",
        "id priority kind ref consent to_org items bytes queued_at state attempts last_problem",
    ),
    "elsewhere": _rows("elsewhere", "agency at until ended_at erasure", "consent referral"),
    "silence": _rows("silence", "referral reason from_org to_org at", "referral reason"),
    "quiet": _rows("silence_settled", "at", "referral reason"),
    "mailbox": _rows("mailbox", "epoch seq", "one"),
    "doubt": _rows("doubt", "epoch seq kind ref why at", "seq epoch"),
    "heard": _rows("heard", "message", "message"),
    "enrolment": _rows("enrolment", "record", "one"),
    "directory": _rows("directory", "version book sig", "one"),
    "agency_key": _rows("agency_key", "agency epoch digest newest seen_at", "agency"),
    "team_key": _rows("team_key", "secret", "one"),
    "look": _rows("look", "at who place act kind record youth why", "n"),
    "retention": _rows("retention", "policy", "one"),
    "longer": _rows("kept_longer", "record until reason words", "record"),
    "wish": _rows("erasure_wish", "youth asked_at", "youth"),
    "destruction": _rows("destruction", "number at who ground counts", "number"),
}

TEAM_SUBJECTS: dict[str, Rows] = {
    "vault": SUBJECTS["vault"],
    "member": _rows("member", "label public joined_at"),
    "board": _rows("board", "author written_at until text"),
}
"""What the journal of a team's vault speaks of."""


def subject_of(kind: str) -> str:
    """Return what an entry of this kind speaks of."""
    return kind.partition(".")[0]


def subjects_in(db: Reads) -> dict[str, Rows]:
    """Return the subjects of this vault: a member's own, or a team's."""
    is_teams = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'board'").fetchone()
    return TEAM_SUBJECTS if is_teams else SUBJECTS


def content_of(db: Reads, subject: str, record: object) -> bytes:
    """Return a record as it stands now, in the bytes that are journalled; `GONE` when it is not.

    Reading it back inside the transaction that changed it makes the entry true by itself.
    """
    rows = (SUBJECTS | TEAM_SUBJECTS)[subject]
    names = str(record).split(BETWEEN, len(rows.key) - 1)
    found = db.execute(_select(rows) + _where(rows.key), names).fetchone()
    if found is None:
        return GONE
    parts = [
        db.execute(_select_part(part) + _where((part.owner,)), (str(record),)).fetchall()
        for part in rows.parts
    ]
    return as_content(rows, found, [[row[1:] for row in part] for part in parts])


def as_it_stands(
    db: Writes, kind: str, record: object, version: int = 1, at: datetime | None = None
) -> None:
    """Journal a record that was changed piece by piece, whole, in the same transaction."""
    db.wrote(kind, record, version, content_of(db, subject_of(kind), record), at)


def every(db: Reads, subject: str) -> Iterator[tuple[str, bytes]]:
    """Yield each record of a subject with its content, reading every table once."""
    rows = (SUBJECTS | TEAM_SUBJECTS)[subject]
    gathered = [_gathered(db, part) for part in rows.parts]
    for found in db.execute(_select(rows)):
        record = BETWEEN.join(map(str, found[: len(rows.key)]))
        yield record, as_content(rows, found, [owned.get(record, []) for owned in gathered])


def _gathered(db: Reads, part: Part) -> dict[str, list[Any]]:
    owned: dict[str, list[Any]] = {}
    for owner, *values in db.execute(_select_part(part)):
        owned.setdefault(owner, []).append(values)
    return owned


def as_content(rows: Rows, found: Sequence[object], parts: list[list[Any]]) -> bytes:
    # Sorted here: the order in which SQLite finds the rows of a part is its own affair.
    return content(*found[len(rows.key) :], *(sorted(part) for part in parts))


def _select(rows: Rows) -> str:
    return f"SELECT {', '.join(rows.key + rows.columns)} FROM {rows.table}"  # noqa: S608  (names of ours)


def _select_part(part: Part) -> str:
    return f"SELECT {', '.join((part.owner, *part.columns))} FROM {part.table}"  # noqa: S608  (names of ours)


def _where(columns: tuple[str, ...]) -> str:
    return " WHERE " + " AND ".join(f"{column} = ?" for column in columns)
