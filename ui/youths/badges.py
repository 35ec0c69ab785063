"""The one word at the end of a row: what this young person's papers wait for."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.jottings import Jotting
from desktop.services.outreach import Met
from i18n import tr
from sync.protocol.states import Delivery, TaskStatus
from ui.people import jotting_words


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word and the tone it is said in; `plain` has no pill around it."""

    text: str
    tone: str


def badge(met: Met, now: datetime) -> Badge:
    """Choose what matters most now: what is stuck, then what moved, then the note."""
    if met.waiting:
        return Badge(tr("Waiting to send"), "lamp")
    if met.jotting is not None:
        return _of_referral(met) or _of_jotting(met, met.jotting, now)
    if met.needs_guardian:
        return Badge(tr("Guardian consent needed"), "warn")
    return _of_referral(met) or _of_note(met)


def _of_referral(met: Met) -> Badge | None:
    decided = {
        TaskStatus.ACCEPTED: Badge(tr("Accepted"), "info"),
        TaskStatus.IN_PROGRESS: Badge(tr("Accepted"), "info"),
        TaskStatus.COMPLETED: Badge(tr("Help given"), "ok"),
        TaskStatus.REJECTED: Badge(tr("Returned"), "danger"),
    }
    came = {
        Delivery.OPENED: Badge(tr("Opened"), "info"),
        Delivery.DELIVERED: Badge(tr("Received"), "info"),
        Delivery.SENT: Badge(tr("Sent"), "info"),
    }
    if met.status is not None and met.status in decided:
        return decided[met.status]
    return came.get(met.delivery) if met.delivery is not None else None


def _of_jotting(met: Met, jotting: Jotting, now: datetime) -> Badge:
    if met.note_length or jotting.is_noted:
        return Badge(jotting_words(jotting, now), "lamp")
    return Badge(tr("Only things given") if jotting.given else tr("Only greeted"), "plain")


def _of_note(met: Met) -> Badge:
    if met.is_finished:
        return Badge(tr("Note finished"), "ok")
    if met.note_length:
        return Badge(tr("Writing"), "lamp")
    return Badge(tr("No note yet"), "plain")
