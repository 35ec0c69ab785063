"""The words of reports without a consent: calm, short, the call first."""

from desktop.domain.consents import Item
from desktop.domain.disclosures import Disclosure, Ground, Stage
from desktop.services import cosigning
from i18n import tr
from sync.protocol.states import Delivery, TaskStatus
from ui import item_words
from ui.refusal_words import SIGNATURE_LAPSED, Side, problem


def ground(which: Ground) -> str:
    """Name a ground."""
    return {
        Ground.ABUSE: tr("Suspected child abuse (under 18)"),
        Ground.LIFE: tr("Life or body in urgent danger"),
    }[which]


def about(which: Ground) -> str:
    """Say when a ground is one."""
    return {
        Ground.ABUSE: tr("Duty to report. To police or the city, county or district office only."),
        Ground.LIFE: tr(
            "First call 119 or 112. To police, a public hospital or the local government only."
        ),
    }[which]


def call_first(which: Ground | None) -> str:
    """Say whom to call, before anything is written or signed."""
    if which is Ground.LIFE:
        return tr("First call 119 or 112. Do not wait for this record or for a signature.")
    if which is None:
        return tr(
            "First call 112, or 119 where a life is in danger. Do not wait for this record or for"
            " a signature."
        )
    return tr("First call 112. Do not wait for this record or for a signature.")


def item(which: Item) -> str:
    """Name what is told: as in a referral, but for what somebody saw and heard."""
    seen = {
        Item.REACH: tr("Where they are now"),
        Item.SITUATION: tr("What you saw and heard"),
        Item.HEALTH: tr("Injuries and health"),
    }
    return seen.get(which) or item_words.item(which)


def refusal(code: str) -> str:
    """Say why a supervisor did not sign."""
    return {
        cosigning.NOT_COVERED: tr("Not covered by law"),
        cosigning.CALL_FIRST: tr("Call first"),
        cosigning.OTHER: tr("Let us talk first"),
    }.get(code, tr("Let us talk first"))


def state(report: Disclosure) -> tuple[str, str]:
    """Return where a report stands and the tone of it; what has not arrived is not called so."""
    if report.problem:
        return problem_of(report.problem), "danger"
    if report.stage is Stage.ASKED:
        return tr("Waiting for a supervisor to sign"), "warn"
    if report.stage is Stage.REFUSED:
        return tr("Not signed: {why}", why=refusal(report.reason)), "danger"
    if report.stage is Stage.ENDED:
        return tr("Taken back. Nothing was sent."), "neutral"
    if report.status is not TaskStatus.REQUESTED:
        return _answer(report.status, report.agency_name), "ok"
    agency = report.agency_name
    return {
        Delivery.QUEUED: (tr("Signed. Waiting to send"), "warn"),
        Delivery.SENT: (tr("Sent. {agency} has not fetched it yet", agency=agency), "info"),
        Delivery.DELIVERED: (tr("Received by {agency}", agency=agency), "ok"),
        Delivery.OPENED: (tr("Read by {agency}", agency=agency), "ok"),
    }[report.delivery]


def _answer(status: TaskStatus, agency: str) -> str:
    if status in (TaskStatus.REJECTED, TaskStatus.FAILED):
        return tr("{agency} could not take it on. Call them.", agency=agency)
    if status is TaskStatus.COMPLETED:
        return tr("{agency} has finished with it", agency=agency)
    return tr("{agency} has taken it on", agency=agency)


def problem_of(code: str) -> str:
    """Say why a report was not taken, and what is done now: a call first."""
    why = problem(code, Side.LAW)
    return why if code == SIGNATURE_LAPSED else f"{tr('It was not taken.')} {why}"
