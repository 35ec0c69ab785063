"""The words of two decisions about one case: ours, what stands, and what can be done."""

from desktop.domain import late_decisions
from desktop.domain.inbox import Decided, Declined, Received, Unfinished
from i18n import formats, tr
from sync.protocol.states import TaskStatus, has_ended
from ui.inbox import words


def ours(late: Decided) -> str:
    """Say what was decided here, when and why."""
    return _line(formats.day_and_clock(late.at), late.status, late.reason)


def stands(case: Received) -> str:
    """Say where the case stands instead, since when and why."""
    since = late_decisions.stands_since(case)
    said = _line(formats.day_and_clock(since) if since else "", case.status, case.reason)
    return tr("{decision} · by a colleague", decision=said)


def about(case: Received) -> str:
    """Say that theirs was first, and what can be done now."""
    first = tr("Theirs reached the Youth Safety Net first, so yours was not taken.")
    return f"{first} {_ways(case)}"


def _ways(case: Received) -> str:
    if late_decisions.after_all(case):
        return tr("You can do yours after all. It is best to speak with your colleague first.")
    if late_decisions.instead(case):
        return tr(
            "What was taken on cannot be sent back any more. If your agency cannot help, say that "
            "it did not work out: {asker} learns it and looks further.",
            asker=case.asker_name,
        )
    if case.status is TaskStatus.REJECTED:
        return tr(
            "It was sent back, and {asker} looks further. If you can help after all, call them: "
            "they can ask you anew.",
            asker=case.asker_name,
        )
    if has_ended(case.status):
        return tr(
            "It has ended, and nothing can follow that. If that is wrong, call {asker}.",
            asker=case.asker_name,
        )
    return tr("Yours cannot follow from there. What can be done now is offered below.")


def _line(at: str, status: TaskStatus, reason: str) -> str:
    return " · ".join(part for part in (at, tr(words.STATUS[status]), _reason(reason)) if part)


def _reason(code: str) -> str:
    if code in set(Declined):
        return tr(words.DECLINED[Declined(code)])
    return tr(words.UNFINISHED[Unfinished(code)]) if code in set(Unfinished) else ""
