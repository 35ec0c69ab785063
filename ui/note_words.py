"""What goes wrong with what is written: what happened, what is next."""

from typing import Final

from desktop import note_errors
from desktop.errors import AppError
from i18n import later

WRITTEN: Final[dict[type[AppError], tuple[str, str]]] = {
    note_errors.NoteSigned: (
        later("This note is signed, and its words stay as they are."),
        later("Add what is to be said now below it."),
    ),
    note_errors.SummaryTooLong: (
        later("This is more than fits on a summary."),
        later("Choose fewer notes or parts."),
    ),
    note_errors.TemplateBroken: (
        later("Line {line} of the heads or phrases cannot be used."),
        later("Correct that line and keep it again; nothing was changed."),
    ),
}
