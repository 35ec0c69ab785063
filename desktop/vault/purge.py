"""Destroying what is kept about somebody: rows, index, salts. What stays is that it was destroyed.

The journal keeps one more line for each record, with nothing in it. Those before it stay in the
chain, and hold no words: an id that leads nowhere any more, and digests that cannot be compared
with anything once the salt is gone. What SQLite gives up it overwrites (`secure_delete`); files
beside the database are `sweep`'s.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.domain.inbox import Gone
from desktop.domain.retention import Target, Thing
from desktop.vault import forms, inbox_end, merging, retention, search
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

_NOTE = "SELECT n, id, is_indexed FROM note WHERE id = ?"
_NOTES = "SELECT n, id, is_indexed FROM note WHERE youth = ?"
# They go with their note, by the schema: what is signed can go no other way.
_OF_NOTE = (
    ("signature", "SELECT note FROM note_signature WHERE note = ?"),
    ("addendum", "SELECT id FROM addendum WHERE note = ?"),
    ("adding", "SELECT note FROM unfinished_addendum WHERE note = ?"),
    ("version", "SELECT note || '/' || version FROM note_version WHERE note = ?"),
    ("marks", "SELECT note FROM note_marks WHERE note = ?"),
)
_DRAFT = (("draft", "DELETE FROM draft WHERE youth = ? RETURNING youth"),)
_NAMED = (("named", "DELETE FROM guardian_named WHERE youth = ? RETURNING youth"),)
_WORDS = (
    *_NAMED,
    ("promise", "DELETE FROM promise WHERE youth = ? RETURNING id"),
    ("supervision", "DELETE FROM supervision WHERE youth = ? RETURNING judgement"),
    ("answered", "DELETE FROM answered WHERE youth = ? RETURNING id"),
    ("unfinished", "DELETE FROM unfinished_judgement WHERE youth = ? RETURNING youth"),
    ("risk", "DELETE FROM judgement WHERE youth = ? RETURNING id"),
    ("plan", "DELETE FROM safety_plan WHERE youth = ? RETURNING id"),
    *_DRAFT,
    ("jotting", "DELETE FROM jotting WHERE youth = ? RETURNING youth"),
)
# In this order: what refers to another row goes before it. Steps and replies go with a referral.
_REST = (
    (
        "heard",
        "DELETE FROM heard WHERE message IN (SELECT s.proof FROM referral_step s"
        " JOIN referral r ON r.id = s.referral WHERE r.youth = ?1"
        " UNION ALL SELECT s.proof FROM disclosure_step s"
        " JOIN disclosure d ON d.id = s.disclosure WHERE d.youth = ?1) RETURNING message",
    ),
    (
        "doubt",
        "DELETE FROM doubt WHERE ref IN (SELECT id FROM referral WHERE youth = ?1"
        " UNION ALL SELECT id FROM disclosure WHERE youth = ?1"
        " UNION ALL SELECT id FROM consent WHERE youth = ?1) RETURNING seq || '/' || epoch",
    ),
    (
        "outbox",
        "DELETE FROM outbox WHERE consent IN (SELECT id FROM consent WHERE youth = ?1)"
        " OR ref IN (SELECT id FROM referral WHERE youth = ?1"
        " UNION ALL SELECT id FROM disclosure WHERE youth = ?1"
        " UNION ALL SELECT id FROM consent WHERE youth = ?1) RETURNING id",
    ),
    *(
        (
            subject,
            f"DELETE FROM {table} WHERE referral IN"  # noqa: S608  (names of ours)
            f" (SELECT id FROM referral WHERE youth = ?) RETURNING {key}",
        )
        for subject, table, key in (
            ("appointment", "reply_appointment", "reply"),
            ("ask", "reply_ask", "reply"),
            ("amendment", "amendment", "id"),
        )
    ),
    ("referral", "DELETE FROM referral WHERE youth = ? RETURNING id"),
    # The ledger stays: that something was provided, with nobody's name in it (decree 15).
    ("disclosure", "DELETE FROM disclosure WHERE youth = ? RETURNING id"),
)
_NOT_BY_LAW = frozenset(FormName) - {FormName.REPORT}
"""A report by law needs nobody's yes: what is written of one goes with whom it is about."""
_CONSENTS = "SELECT id FROM consent WHERE youth = ?"
_ONE_CONSENT = (
    ("doubt", "DELETE FROM doubt WHERE ref = ? RETURNING seq || '/' || epoch"),
    ("outbox", "DELETE FROM outbox WHERE consent = ?1 OR ref = ?1 RETURNING id"),
    ("elsewhere", "DELETE FROM elsewhere WHERE consent = ? RETURNING consent || '/' || referral"),
    ("", "DELETE FROM consent_answer WHERE consent = ? RETURNING consent"),
    ("", "DELETE FROM consent_item WHERE consent = ? RETURNING consent"),
    ("consent", "DELETE FROM consent WHERE id = ? RETURNING id"),
    ("asking", "DELETE FROM consent_record WHERE consent = ? RETURNING consent"),
)
_WITH_ANOTHER = frozenset({"asking", "elsewhere"})
# The mark that a guardian is not told stands on the person, and stays as long as they do.
_ASKED = (
    ("request", "DELETE FROM own_data_request WHERE youth = ? RETURNING id"),
    ("kept_from", "DELETE FROM guardian_kept WHERE youth = ? RETURNING id"),
)
_THEMSELVES = (
    ("meeting", "DELETE FROM meeting WHERE youth = ? RETURNING id"),
    ("youth", "DELETE FROM youth WHERE id = ? RETURNING id"),
)
_WHOSE = {
    Thing.YOUTH: "SELECT id FROM youth WHERE id = ?",
    Thing.NOTE: "SELECT youth FROM note WHERE id = ?",
    # A consent that a referral stands on goes with it, never alone.
    Thing.CONSENT: "SELECT youth FROM consent WHERE id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM referral WHERE consent = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM amendment WHERE consent = ?1)",
    Thing.DRAFT: "SELECT youth FROM draft WHERE youth = ?",
    Thing.JOTTING: "SELECT youth FROM jotting WHERE youth = ?",
}


class Purging:
    """One destruction, in a transaction that is under way. Nothing else knows what it took."""

    def __init__(self, db: Db, now: datetime) -> None:
        """Begin; nothing is destroyed yet."""
        self._db, self._now = db, now
        self.counts: Counter[str] = Counter()
        """How many records of each kind are gone."""

    def destroy(self, target: Target) -> None:
        """Destroy one thing. What is there no more is no error: a second time changes nothing."""
        youth = whose(self._db, target)
        if youth is not None and target.thing is not Thing.YOUTH:
            merging.settle(self._db, youth, self._now)
        match target.thing:
            case Thing.YOUTH:
                self._youth(YouthId(target.id))
            case Thing.JOTTING:
                self.words_about(YouthId(target.id))
            case Thing.NOTE:
                self._notes(_NOTE, target.id)
            case Thing.CONSENT:
                self._each(_ONE_CONSENT, target.id)
            case Thing.DRAFT:
                self._each(_DRAFT, target.id)
        retention.forget(self._db, target)

    def words_about(self, youth: YouthId) -> None:
        """Destroy what nobody else has or needs: notes, judgements, and whatever was half done."""
        merging.settle(self._db, youth, self._now)
        for note in self._notes(_NOTES, youth):
            retention.forget(self._db, Target(Thing.NOTE, note))
        self._each(_WORDS, youth)
        self._half_typed(youth, _NOT_BY_LAW)
        for thing in (Thing.DRAFT, Thing.JOTTING):
            retention.forget(self._db, Target(thing, youth))

    def all_but_what_is_owed(self, youth: YouthId) -> None:
        """Destroy what no agency needs in order to erase: all words, half written ones too."""
        self.words_about(youth)
        self._half_typed(youth, frozenset(FormName))
        self._each(_ASKED, youth)
        for ref in inbox_end.kept_as(self._db, youth):
            self.counts += inbox_end.destroy(self._db, ref, Gone.ERASED, self._now)

    def guardian_of(self, youth: YouthId) -> None:
        """Destroy the name and contact of their guardian that were taken to ask for a consent."""
        self._each(_NAMED, youth)

    def _youth(self, youth: YouthId) -> None:
        self.all_but_what_is_owed(youth)
        self._each(_REST, youth)
        for (consent,) in self._db.execute(_CONSENTS, (str(youth),)).fetchall():
            self.destroy(Target(Thing.CONSENT, UUID(consent)))
        retention.forget(self._db, Target(Thing.YOUTH, youth))
        merging.forget(self._db, youth, self._now)
        self._each(_THEMSELVES, youth)

    def _half_typed(self, youth: YouthId, only: frozenset[FormName]) -> None:
        for each in (youth, *merging.under(self._db, youth)):
            forms.forget_about(self._db, each, self._now, only)

    def _notes(self, which: str, key: UUID) -> list[UUID]:
        found = self._db.execute(which, (str(key),)).fetchall()
        for n, note, is_indexed in found:
            if is_indexed:
                search.take_out(self._db, n)
            belonging = self._belonging(note)
            self._db.execute("DELETE FROM note WHERE n = ?", (n,))
            self._gone("note", note)
            for subject, record in belonging:  # parts of the note: it is counted once
                self._journal(subject, record)
        return [UUID(note) for _, note, _ in found]

    def _belonging(self, note: str) -> list[tuple[str, str]]:
        return [
            (subject, record)
            for subject, which in _OF_NOTE
            for (record,) in self._db.execute(which, (note,)).fetchall()
        ]

    def _each(self, deletions: Iterable[tuple[str, str]], key: UUID) -> None:
        for subject, delete in deletions:
            for (record,) in self._db.execute(delete, (str(key),)).fetchall():
                if subject in _WITH_ANOTHER:  # counted once, with what it is a part of
                    self._journal(subject, record)
                elif subject:
                    self._gone(subject, record)

    def _gone(self, subject: str, record: str) -> None:
        self.counts[subject] += 1
        self._journal(subject, record)

    def _journal(self, subject: str, record: str) -> None:
        self._db.wrote(f"{subject}.purged", record, 0, GONE, self._now)


def whose(db: Db, target: Target) -> YouthId | None:
    """Return whom one thing is about; None when there is nothing to destroy."""
    row = db.execute(_WHOSE[target.thing], (str(target.id),)).fetchone()
    return YouthId(UUID(row[0])) if row else None
