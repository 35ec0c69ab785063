"""What an agency's answer carries besides words: an appointment, and what it would need too."""

import msgspec

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Appointment
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands
from sync.protocol.bodies import Meeting


def appointed(db: Db, referral: ReferralId, reply: str, appointment: Appointment) -> None:
    """Keep when and where the young person is awaited, or what became of it."""
    at, place, meeting = appointment.at, appointment.place, appointment.meeting
    db.execute(
        "INSERT INTO reply_appointment (reply, referral, at, place, meeting)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (reply, str(referral), stamp(at), place, meeting.value),
    )
    as_it_stands(db, "appointment.told", reply)


def asked(db: Db, referral: ReferralId, reply: str, items: frozenset[Item]) -> None:
    """Keep what the agency would need too."""
    db.execute(
        "INSERT INTO reply_ask (reply, referral, items) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (reply, str(referral), msgspec.json.encode(sorted(items)).decode()),
    )
    as_it_stands(db, "ask.told", reply)


def appointments(db: Db, keys: str) -> dict[str, Appointment]:
    """Return the appointments of these `listed` referrals, by the reply that told of them."""
    query = (
        "SELECT reply, at, place, meeting FROM reply_appointment"
        " WHERE referral IN (SELECT value FROM json_each(?))"
    )
    return {
        reply: Appointment(time(at), place, Meeting(meeting))
        for reply, at, place, meeting in db.execute(query, (keys,)).fetchall()
    }


def asks(db: Db, keys: str) -> dict[str, frozenset[Item]]:
    """Return what was asked for about these `listed` referrals, by the reply that asked."""
    query = "SELECT reply, items FROM reply_ask WHERE referral IN (SELECT value FROM json_each(?))"
    rows = db.execute(query, (keys,)).fetchall()
    return {reply: frozenset(map(Item, msgspec.json.decode(items))) for reply, items in rows}
