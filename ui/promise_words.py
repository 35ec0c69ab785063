"""For every failure around promises, supervision and questionnaires: what happened, what next."""

from typing import Final

from desktop import errors, promise_errors
from i18n import later

PROMISED: Final[dict[type[errors.AppError], tuple[str, str]]] = {
    promise_errors.TimeNotUnderstood: (
        later("No day or time could be read from this."),
        later("Write it like “tomorrow noon” or “Nov 24”, or choose it in the calendar."),
    ),
    promise_errors.PromiseOver: (
        later("That time is over already."),
        later("Choose a later one."),
    ),
    promise_errors.PromiseFar: (
        later("That is more than a year away."),
        later("Choose a day within a year."),
    ),
    promise_errors.AppointmentOver: (
        later("That time is over already."),
        later("Choose a later one."),
    ),
    promise_errors.AppointmentFar: (
        later("That is more than a year away."),
        later("Choose a day within a year."),
    ),
    promise_errors.AppointmentAhead: (
        later("That appointment is still ahead."),
        later("Say it once its time has come. If it will not take place, call it off."),
    ),
    promise_errors.SupervisorNameMissing: (
        later("Who looked at it is still empty."),
        later("Write the supervisor's name."),
    ),
    promise_errors.QuestionnaireWrong: (
        later("The questionnaire has errors, so nothing of it was loaded."),
        later("Mend each place that is named, then load the file again."),
    ),
    promise_errors.QuestionnaireUnreadable: (
        later("This file could not be read as a questionnaire."),
        later("Choose the JSON file that your organization gave you."),
    ),
    promise_errors.QuestionnaireKnown: (
        later("Another questionnaire with this name and version is here already."),
        later("Give the changed file a higher version, then load it."),
    ),
    promise_errors.QuestionUnanswered: (
        later("A question that needs an answer has none that fits."),
        later("Answer it, or close without keeping."),
    ),
}
