"""What a practice desk does with each kind of news: the letters that answer it are in the tray."""

from collections.abc import Callable
from datetime import timedelta

from sync.client.sealing import header_of
from sync.practice.letters import Letters
from sync.practice.tray import Tray
from sync.protocol.answers import Event
from sync.protocol.bodies import Stage
from sync.protocol.messages import Kind

OPEN = "open"
"""The step that is planned for a packet that has come."""


def heard(tray: Tray, letters: Callable[[], Letters], event: Event, pace: timedelta) -> None:
    """Take in one event, or raise `Untrusted`. What a desk never answers asks for no letters."""
    if event.kind is Kind.REFERRAL_REQUEST:
        _received(tray, letters(), event, pace)
    elif event.kind is Kind.REFERRAL_AMEND:
        _told_more(tray, letters(), event)
    elif event.kind is Kind.CONSENT_WITHDRAWN:
        _erased(tray, letters(), event)
    elif event.kind is Kind.REFERRAL_CANCEL:
        letters().proven(event)
        tray.forget(event.ref)


def _received(tray: Tray, letters: Letters, event: Event, pace: timedelta) -> None:
    case = letters.opened(event)
    if tray.keep(event):
        tray.write(event.ref, letters.receipt(case, Stage.DELIVERED))
        tray.plan(event.ref, OPEN, letters.now + pace)


def _told_more(tray: Tray, letters: Letters, event: Event) -> None:
    case = letters.opened(event)
    if tray.keep_more(event, case.header):
        tray.write(event.ref, letters.receipt(case, Stage.DELIVERED))


def _erased(tray: Tray, letters: Letters, event: Event) -> None:
    withdrawal, kept = letters.proven(event), tray.packet(event.ref)
    if kept and kept.message:
        stands_on = {header_of(kept.message).consent_id, *tray.more(event.ref).values()}
        if withdrawal.ref not in stands_on:
            return
    tray.forget(event.ref)
    tray.write(event.ref, letters.attest(event.ref, withdrawal))
