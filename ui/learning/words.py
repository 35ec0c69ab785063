"""What each step of the first evening asks for: one short sentence, and nobody is blamed."""

from typing import Final

from desktop.domain.learning import Lesson
from i18n import later, tr

_TITLES: Final = {
    Lesson.NIGHT: later("Begin a night"),
    Lesson.NOTE: later("Write a note"),
    Lesson.FIND: later("Find it again"),
    Lesson.CONSENT: later("Ask for a yes"),
    Lesson.SEND: later("Ask an agency"),
    Lesson.ANSWER: later("Read the answer"),
    Lesson.LOCK: later("Lock"),
}
_HOW: Final = {
    Lesson.NIGHT: later("Write on the left where you are tonight, and begin."),
    Lesson.NOTE: later("Press Ctrl+N for somebody new, and write a sentence. It keeps itself."),
    Lesson.FIND: later("Press Ctrl+K, type two syllables of it, and press Enter."),
    Lesson.CONSENT: later("On the right, hand the laptop over and let them answer."),
    Lesson.SEND: later("Write a referral on the right, look at what would leave, and release it."),
    Lesson.ANSWER: later("It comes by itself, on the right. Open the person to read it."),
    Lesson.LOCK: later("Press Ctrl+L. What is open on the screen comes back after it opens."),
}


def title(lesson: Lesson) -> str:
    """Name a step."""
    return tr(_TITLES[lesson])


def how(lesson: Lesson) -> str:
    """Say how it is done."""
    return tr(_HOW[lesson])


def number(lesson: Lesson) -> str:
    """Say which step it is."""
    return tr("{n} of {all}", n=list(Lesson).index(lesson) + 1, all=len(Lesson))
