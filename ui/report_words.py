"""How far a report without a consent is, and whom to call: said beside it and among the ways."""

from datetime import datetime

from desktop.domain.disclosures import ASKED_ALREADY, UNHELPED, Disclosure, Stage
from desktop.domain.following import Following, Next
from desktop.domain.following_reports import is_lapsed
from desktop.services import cosigning
from i18n import formats, tr
from sync.protocol.states import Delivery, TaskStatus
from ui.refusal_words import SIGNATURE_LAPSED, Side, problem


def refusal(code: str) -> str:
    """Say why a supervisor did not sign."""
    return {
        cosigning.NOT_COVERED: tr("Not covered by law"),
        cosigning.CALL_FIRST: tr("Call first"),
        cosigning.OTHER: tr("Let us talk first"),
    }.get(code, tr("Let us talk first"))


def state(report: Disclosure, now: datetime) -> tuple[str, str]:
    """Return where a report stands and the tone of it; what has not arrived is not called so."""
    if stopped := _stopped(report, now):
        return stopped, "danger"
    if report.stage is Stage.ASKED:
        return _asked(report), "warn"
    if report.stage is Stage.ENDED and ASKED_ALREADY in report.steps:
        return tr("Taken back. A supervisor may still see the question: tell them."), "warn"
    if report.stage is Stage.ENDED:
        return tr("Taken back. Nothing was sent."), "neutral"
    if report.status is not TaskStatus.REQUESTED:
        return _answer(report), "danger" if report.status in UNHELPED else "ok"
    agency = report.agency_name
    return {
        Delivery.QUEUED: (tr("Signed. Waiting to send"), "warn"),
        Delivery.SENT: (tr("Sent. {agency} has not fetched it yet", agency=agency), "info"),
        Delivery.DELIVERED: (tr("Received by {agency}", agency=agency), "ok"),
        Delivery.OPENED: (tr("Read by {agency}", agency=agency), "ok"),
    }[report.delivery]


def reach(report: Disclosure) -> str:
    """Name the authority, with the number to call it by where there is one."""
    agency, phone = report.agency_name, report.phone
    return f"{agency} ({phone})" if phone else agency


def advice(report: Disclosure, following: Following) -> str:
    """Say whom to call, in one sentence; empty where waiting is enough, or the state says it."""
    numbers = formats.names(report.ground.call_now)
    if following.next is Next.FIND_LINE and report.is_unasked:
        return tr(
            "No supervisor sees it yet. Look for a line, and call {numbers} and your supervisor.",
            numbers=numbers,
        )
    if following.next is Next.FIND_LINE:
        return tr("Still not sent. Look for a line, and call {numbers}.", numbers=numbers)
    if following.next is Next.CALL and report.stage is Stage.ASKED:
        return tr("Nobody has signed yet. Call your supervisor.")
    if following.next is Next.CALL:
        agency = reach(report)
        return tr("No answer in time. Call {numbers} or {agency}.", numbers=numbers, agency=agency)
    if following.next is Next.LOOK and report.stage is Stage.REFUSED:
        return tr("Talk with your supervisor by telephone.")
    return ""


def _asked(report: Disclosure) -> str:
    if report.is_unasked:
        return tr("Not with your supervisors yet. Waiting to send")
    return tr("Waiting for a supervisor to sign")


def _answer(report: Disclosure) -> str:
    agency = report.agency_name
    if report.status in UNHELPED:
        return tr("{agency} could not take it on. Call them.", agency=reach(report))
    if report.status is TaskStatus.COMPLETED:
        return tr("{agency} has finished with it", agency=agency)
    return tr("{agency} has taken it on", agency=agency)


def _stopped(report: Disclosure, now: datetime) -> str:
    if report.problem:
        return problem_of(report.problem)
    if is_lapsed(report, now):
        return tr("No supervisor signed in time. Call, and write it again.")
    is_refused = report.stage is Stage.REFUSED
    return tr("Not signed: {why}", why=refusal(report.reason)) if is_refused else ""


def problem_of(code: str) -> str:
    """Say why a report was not taken, and what is done now: a call first."""
    why = problem(code, Side.LAW)
    return why if code == SIGNATURE_LAPSED else f"{tr('It was not taken.')} {why}"
