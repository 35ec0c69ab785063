"""Everything that is kept about one person, read for their own eyes (PIPA 35).

Which tables it reads, and which it leaves alone and why, stands in `own_tables`.
"""

from collections.abc import Iterable

import msgspec

from desktop.domain.consents import Item
from desktop.domain.forms import FormName
from desktop.domain.ids import JudgementId, NoteId, ReferralId, YouthId
from desktop.domain.inbox import Received
from desktop.domain.looks import Look
from desktop.domain.own_page import (
    HalfWritten,
    Joined,
    KeptLonger,
    OwnNote,
    OwnPage,
    OwnReferral,
    Told,
)
from desktop.domain.referrals import Tracking
from desktop.domain.retention import Reason
from desktop.domain.supervision import Seen
from desktop.vault import (
    consents,
    drafts,
    forms,
    guardians,
    inbox_end,
    inbox_reading,
    jottings,
    looks,
    merging,
    notes,
    outreach,
    own_data,
    promises,
    questionnaires,
    referrals,
    retention,
    safety,
    screening,
    versions,
    youths,
)
from desktop.vault.columns import listed, time, uuid
from desktop.vault.database import Db
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json

_ALL = -1
_HELD = (
    "SELECT k.until, k.reason, k.words FROM kept_longer k WHERE k.record IN"
    " (SELECT 'youth ' || ?1 UNION ALL SELECT 'draft ' || ?1 UNION ALL SELECT 'jotting ' || ?1"
    " UNION ALL SELECT 'note ' || id FROM note WHERE youth = ?1"
    " UNION ALL SELECT 'consent ' || id FROM consent WHERE youth = ?1) ORDER BY k.until"
)
_PACKETS = (
    "SELECT 1, packet, released_at FROM referral WHERE id = ?1"
    " UNION ALL SELECT version, packet, released_at FROM amendment WHERE referral = ?1 ORDER BY 1"
)


def gathered(db: Db, youth: YouthId) -> OwnPage:
    """Return what is kept about one person: all of it, but for what `own_tables` keeps out."""
    received = _received(db, youth)
    return OwnPage(
        youth=youths.one(db, youth),
        jotting=jottings.of(db, youth),
        named=guardians.named(db, youth),
        joined=_joined(db, youth),
        meetings=outreach.meetings_with(db, youth),
        notes=_notes(db, youth),
        judgements=tuple(screening.one(db, key) for key in _judged(db, youth)),
        supervised=_supervised(db, youth),
        plans=safety.every(db, youth, _ALL),
        answered=questionnaires.of_youth(db, youth, _ALL),
        promises=promises.of_youth(db, youth),
        consents=consents.of_youth(db, youth),
        referrals=tuple(_referral(db, each) for each in referrals.of_youth(db, youth)),
        received=received,
        half_written=_half_written(db, youth),
        requests=own_data.of_youth(db, youth),
        wished_at=retention.wishes(db).get(youth),
        kept_longer=_kept_longer(db, youth),
        looks=_looks(db, youth, {str(each.id) for each in received}),
    )


def _judged(db: Db, youth: YouthId) -> tuple[JudgementId, ...]:
    rows = db.execute("SELECT id FROM judgement WHERE youth = ? ORDER BY judged_at", (str(youth),))
    return tuple(JudgementId(uuid(key)) for (key,) in rows.fetchall())


def _notes(db: Db, youth: YouthId) -> tuple[OwnNote, ...]:
    rows = db.execute(
        "SELECT n.id FROM note n JOIN meeting m ON m.id = n.meeting WHERE n.youth = ?"
        " ORDER BY m.met_at",
        (str(youth),),
    )
    return tuple(_note(db, NoteId(uuid(key))) for (key,) in rows.fetchall())


def _note(db: Db, key: NoteId) -> OwnNote:
    found = notes.one(db, key).note
    before = (each for each in versions.of(db, key) if each.version != found.version)
    return OwnNote(found, tuple(versions.one(db, key, each.version) for each in before))


def _supervised(db: Db, youth: YouthId) -> tuple[Seen, ...]:
    rows = db.execute(
        "SELECT judgement, judged_at, seen_at, seen_by, words FROM supervision WHERE youth = ?"
        " ORDER BY seen_at",
        (str(youth),),
    )
    return tuple(
        Seen(JudgementId(uuid(key)), youth, time(judged), time(seen), by, words)
        for key, judged, seen, by, words in rows.fetchall()
    )


def _joined(db: Db, youth: YouthId) -> tuple[Joined, ...]:
    others = listed(map(str, merging.under(db, youth)))
    rows = db.execute(
        "SELECT row, at FROM merged_youth WHERE youth IN (SELECT value FROM json_each(?))"
        " ORDER BY n",
        (others,),
    )
    return tuple(Joined(_alias(before), time(at)) for before, at in rows.fetchall())


def _alias(before: str) -> str:
    return str(msgspec.json.decode(before)[0][0]) if before else ""


def _referral(db: Db, tracking: Tracking) -> OwnReferral:
    rows = db.execute(_PACKETS, (str(tracking.referral.id),)).fetchall()[:-1]
    return OwnReferral(tracking, tuple(Told(time(at), _words(raw)) for _, raw, at in rows))


def _words(raw: bytes) -> dict[Item, str]:
    return {Item(item): text for item, text in read_json(Packet, raw).words.items()}


_NOT_THEIRS = (FormName.REPORT, FormName.KEEP_FROM)
"""A report by law, not sent yet; why a guardian is not told: both stay out when they are whole."""


def _received(db: Db, youth: YouthId) -> tuple[Received, ...]:
    """Return what was told to us with a consent: what came by law stays out, as our own does."""
    refs = (ReferralId(uuid(ref)) for ref in inbox_end.kept_as(db, youth))
    found = (inbox_reading.one(db, ref) for ref in refs)
    return tuple(each for each in found if each and each.glimpse and not each.glimpse.basis)


def _half_written(db: Db, youth: YouthId) -> HalfWritten:
    typed = (
        text
        for form in forms.every(db)
        if form.name not in _NOT_THEIRS
        for key, text in form.words.items()
        if key.startswith(f"{youth}/") and text.strip()
    )
    return HalfWritten(screening.unfinished(db, youth), drafts.of_youth(db, youth), tuple(typed))


def _kept_longer(db: Db, youth: YouthId) -> tuple[KeptLonger, ...]:
    rows = db.execute(_HELD, (str(youth),))
    return tuple(KeptLonger(time(until), Reason(why), words) for until, why, words in rows)


def _looks(db: Db, youth: YouthId, received: Iterable[str]) -> tuple[Look, ...]:
    """Return the looks, without those at a report: they would say that there is one."""
    rows = db.execute("SELECT id FROM disclosure WHERE youth = ?", (str(youth),))
    told = {key for (key,) in rows.fetchall()}
    told |= set(inbox_end.kept_as(db, youth)) - set(received)
    return tuple(each for each in looks.of_youth(db, youth) if each.sight.record not in told)
