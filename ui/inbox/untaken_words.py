"""The words of what was said about a case and not taken."""

from desktop.domain.inbox import Received
from i18n import formats, tr
from sync.protocol.messages import Kind
from ui.refusal_words import Side, problem


def untaken(case: Received) -> str:
    """Say what did not reach whoever asked, why, and what to do; empty when all of it did."""
    times: dict[tuple[str, str], list[str]] = {}
    for each in case.refused:
        if not each.is_left:
            told = (_what(each.kind), problem(each.problem, Side.DESK))
            times.setdefault(told, []).append(formats.day_and_clock(each.at))
    return "\n".join(
        tr("Not taken: {what}, {time}. {why}", what=what, time=", ".join(at), why=why)
        for (what, why), at in times.items()
    )


def _what(kind: Kind) -> str:
    return {
        Kind.TASK_NOTE: tr("Letter"),
        Kind.TASK_STATUS: tr("Answer"),
        Kind.ERASURE_ATTEST: tr("Proof of erasure"),
    }.get(kind, tr("Proof of delivery"))
