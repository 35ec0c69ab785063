"""What can be wrong with promises and questionnaires. They carry facts, never words of anybody."""

from typing import NamedTuple

from desktop.errors import AppError


class TimeNotUnderstood(AppError):
    """What was typed names no day and no time."""


class PromiseOver(AppError):
    """The time of a promise is over before it is kept."""


class PromiseFar(AppError):
    """The time of a promise is more than a year away."""


class AppointmentOver(AppError):
    """The young person would be awaited at a time that is over."""


class AppointmentFar(AppError):
    """The young person would be awaited in more than a year."""


class AppointmentAhead(AppError):
    """Somebody would have come, or not come, to an appointment that is still ahead."""


class SupervisorNameMissing(AppError):
    """That a supervisor has looked needs the supervisor's name."""


class Problem(NamedTuple):
    """What is wrong at one place of a questionnaire file."""

    line: int
    """Counted from 1; 0 where no line can be named."""
    path: str
    """Such as `questions[2].choices[0].points`."""
    why: str
    """A code."""


class QuestionnaireWrong(AppError):
    """A questionnaire file has errors; each is named by its place. Nothing of it was loaded."""

    # No dataclass: each costs the first window half a millisecond.
    def __init__(self, problems: tuple[Problem, ...] = ()) -> None:
        """Carry every error that was found."""
        super().__init__()
        self.problems = problems


class QuestionnaireUnreadable(AppError):
    """The file could not be read, or is too large to be one."""


class QuestionnaireKnown(AppError):
    """Another file under this name and version was loaded before; a version stays as it was."""


class QuestionUnanswered(AppError):
    """A question that must be answered has no answer, or one that it does not take."""
