"""For a coordinator: one agency that has not answered another organisation, as a card."""

from desktop.services.silences import Quiet
from i18n import formats, tr
from sync.protocol.states import ERASURE_OVERDUE
from ui.widgets.card_rows import CardRow


def quiet_row(quiet: Quiet) -> CardRow:
    """Say who asked whom, and whom to call: what is known is nothing about the young person."""
    names, line = f"{quiet.asker} → {quiet.asked}", _line(quiet)
    return CardRow(
        quiet.asker, about=quiet, name=names, said=f"{names}. {line}", lines=((line, "text2"),),
        beside=f"→ {quiet.asked}", icon=("phone", "warn_text"),
    )  # fmt: skip


def _line(quiet: Quiet) -> str:
    at = formats.day_and_clock(quiet.silence.at)
    call = tr("Call {agency} ({phone}).", agency=quiet.asked, phone=quiet.phone)
    call = call if quiet.phone else tr("Call {agency}.", agency=quiet.asked)
    if quiet.silence.reason == ERASURE_OVERDUE:
        return tr("Destruction not confirmed in time, told {time}. {call}", time=at, call=call)
    return tr(
        "No answer for twice as long as it may take, told {time}. {call}", time=at, call=call
    )
