"""The statements that find and destroy what a mailbox need keep no longer: those of `readers`."""

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.sql.dml import Delete

from sync.protocol.messages import PACKET_KINDS, Kind
from sync.server.tables import (
    consent,
    delivery,
    device,
    kept,
    mailbox,
    packet,
    reader,
    referral,
    referral_basis,
)

_STAYS = (Kind.CONSENT_WITHDRAWN, Kind.REFERRAL_CANCEL, Kind.TASK_STATUS, Kind.ERASURE_ATTEST)
"""What ended or answered something, in codes alone."""
_ELSEWHERE, _OTHER = delivery.alias("elsewhere"), mailbox.alias("other")


@cache
def common_marks() -> Select[Any]:
    """Select mailboxes whose devices have all read further than the mailbox's mark says."""
    mark = func.min(reader.c.acked)
    joined = mailbox.join(reader, reader.c.mailbox == mailbox.c.id)
    return (
        select(mailbox.c.id, mark.label("mark"))
        .select_from(joined.join(device, device.c.id == reader.c.device_id))
        .where(device.c.status == bindparam("status"), reader.c.at >= bindparam("since"))
        .group_by(mailbox.c.id, mailbox.c.acked)
        .having(mark > mailbox.c.acked)
        .order_by(mailbox.c.id)
        .limit(bindparam("few"))
    )


@cache
def unattended() -> Select[Any]:
    """Select organisations none of whose devices was heard, let in or shut out since then.

    One of which none was ever heard is not among them: its first may be on its way.
    """
    since: BindParameter[str] = bindparam("since")
    return (
        select(device.c.org_id)
        .select_from(device.outerjoin(reader, reader.c.device_id == device.c.id))
        .group_by(device.c.org_id)
        .having(func.max(reader.c.at) < since, func.max(device.c.decided_at) < since)
        .order_by(device.c.org_id)
    )


@cache
def span_needs() -> Select[Any]:
    """Select of one stretch what is under way, and until when, unless it is kept already."""
    return _needs(packet.c.message_id.in_(_stretch()), ~_is_kept_elsewhere(), _is_not_kept())


@cache
def needs() -> Select[Any]:
    """Select which of these messages are under way, and until when a consent covers them."""
    return _needs(packet.c.message_id.in_(bindparam("ids", expanding=True)))


@cache
def span_removal() -> Delete:
    """Delete the packets of one stretch that no other mailbox keeps, nor what is under way."""
    return _removal(_stretch(), ~_is_kept_elsewhere(), _is_not_kept())


@cache
def unattended_removal() -> Delete:
    """Delete what has lain long in an unattended mailbox, where no other one keeps it.

    What is under way and not read yet by whom it is for stays, whoever's mailbox that is in.
    """
    waits = select(delivery.c.message_id).where(
        delivery.c.mailbox == bindparam("box"),
        delivery.c.seq > bindparam("after"),
        delivery.c.created_at < bindparam("since"),
    )
    is_under_way = exists().where(
        referral.c.id == packet.c.ref,
        referral.c.status.in_(bindparam("states", expanding=True)),
    )
    ours = select(device.c.id).where(device.c.org_id == bindparam("org"))
    # What we have sent, whoever it is for has it: else it would be kept there.
    is_read = and_(packet.c.device_id.in_(ours), ~_is_kept_elsewhere())
    is_attended = _ELSEWHERE.c.mailbox.not_in(bindparam("unattended", expanding=True))
    return _removal(waits, ~_is_kept_elsewhere(is_attended), or_(is_read, ~is_under_way))


def _stretch() -> Select[Any]:
    return select(delivery.c.message_id).where(
        delivery.c.mailbox == bindparam("box"),
        delivery.c.seq > bindparam("after"),
        delivery.c.seq <= bindparam("through"),
    )


def _is_not_kept() -> ColumnElement[bool]:
    return ~exists().where(kept.c.message_id == packet.c.message_id)


def _needs(*terms: ColumnElement[bool]) -> Select[Any]:
    stands_on = and_(
        consent.c.org_id == referral_basis.c.from_org, consent.c.id == referral_basis.c.consent_id
    )
    joined = (
        packet.join(referral, referral.c.id == packet.c.ref)
        .join(referral_basis, referral_basis.c.referral_id == referral.c.id)
        .join(consent, stands_on)
    )
    return (
        select(packet.c.message_id, func.max(consent.c.valid_until).label("until"))
        .select_from(joined)
        .where(
            *terms,
            packet.c.kind.in_([kind.value for kind in PACKET_KINDS]),
            referral.c.status.in_(bindparam("states", expanding=True)),
            consent.c.state == bindparam("given"),
            consent.c.valid_until > bindparam("now"),
        )
        .group_by(packet.c.message_id)
    )


def _removal(which: Select[Any], *terms: ColumnElement[bool]) -> Delete:
    # A vault put back to an older day would have what was taken back for ever (D-158).
    stays = packet.c.kind.in_([kind.value for kind in _STAYS])
    return packet.delete().where(packet.c.message_id.in_(which), ~stays, *terms)


def _is_kept_elsewhere(*terms: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        _ELSEWHERE.c.message_id == packet.c.message_id,
        _ELSEWHERE.c.mailbox != bindparam("box"),
        _OTHER.c.id == _ELSEWHERE.c.mailbox,
        _ELSEWHERE.c.seq > _OTHER.c.purged,
        *terms,
    )
