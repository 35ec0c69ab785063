"""The words of what was said about a case and not taken."""

from desktop.domain.inbox import Received
from i18n import formats, tr
from sync.protocol.messages import Kind
from ui.refusal_words import Side, problem


def untaken(case: Received) -> str:
    """Say what did not reach whoever asked, why, and what to do; empty when all of it did."""
    return "\n".join(
        tr(
            "Not taken: {what}, {time}. {why}",
            what=_what(each.kind),
            time=formats.day_and_clock(each.at),
            why=problem(each.problem, Side.DESK),
        )
        for each in case.refused
        if not each.is_left
    )


def _what(kind: Kind) -> str:
    return {
        Kind.TASK_NOTE: tr("Letter"),
        Kind.TASK_STATUS: tr("Answer"),
        Kind.ERASURE_ATTEST: tr("Proof of erasure"),
    }.get(kind, tr("Proof of delivery"))
