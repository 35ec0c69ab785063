"""What came while one looked on, by kind, in a person's words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from i18n import formats, ntr, tr
from sync.protocol.messages import PACKET_KINDS, Kind

_FEW = 3
_ASKED = PACKET_KINDS | {Kind.REFERRAL_CANCEL, Kind.CONSENT_WITHDRAWN}
"""What only whoever asks for help sends."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came and proved nothing: how many, and the newest."""

    count: int = 0
    newest: tuple[tuple[Kind, datetime], ...] = ()


def came_words(sent: int, kinds: tuple[Kind, ...]) -> str:
    """Say what went and what came since the sheet was opened."""
    counted = Counter(kinds)
    went = ntr("{n} sent", "{n} sent", sent)
    came = [_kind_words(kind, count) for kind, count in counted.most_common()]
    if not came:
        came = [tr("nothing has come")]
    return tr("Since this was opened: {list}", list=" · ".join([went, *came]))


def unproven_words(came: Came) -> tuple[str, str]:
    """Say that something was not believed, and what to do about it."""
    what = ntr(
        "{n} piece of news could not be verified and was not taken in.",
        "{n} pieces of news could not be verified and were not taken in.",
        came.count,
    )
    when = ", ".join(
        f"{kind_name(kind)} {formats.day_and_clock(at)}" for kind, at in came.newest[:_FEW]
    )
    if {kind for kind, _ in came.newest} <= _ASKED:
        return what, tr(
            "Call whoever asks you for help, and tell your center these times: {times}", times=when
        )
    step = tr(
        "Call the agency you wait for, and tell your center these times: {times}", times=when
    )
    return what, step


def kind_name(kind: Kind) -> str:
    """Name a kind of news."""
    return {
        Kind.DELIVERY_RECEIPT: tr("Proof of delivery"),
        Kind.TASK_STATUS: tr("Answer"),
        Kind.TASK_NOTE: tr("Letter"),
        Kind.REMINDER: tr("Reminder"),
        Kind.ERASURE_ATTEST: tr("Proof of erasure"),
        Kind.REFERRAL_REQUEST: tr("Referral"),
        Kind.CONSENT_WITHDRAWN: tr("Withdrawal"),
    }.get(kind, tr("Other news"))


def _kind_words(kind: Kind, count: int) -> str:
    return tr("{kind} {count}", kind=kind_name(kind), count=formats.number(count))
