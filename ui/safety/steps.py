"""The steps of a safety plan in plain words: what is asked, and what may help to begin."""

from dataclasses import dataclass
from typing import Final

from desktop.domain.safety import Step
from i18n import later, tr


@dataclass(frozen=True, slots=True)
class Words:
    """How one step is asked of a young person."""

    title: str
    hint: str


_WORDS: Final = {
    Step.SIGNS: (
        later("How I notice that it is getting hard"),
        later("Thoughts, feelings, or what my body does. For example: I cannot sleep."),
    ),
    Step.OWN: (
        later("What I can do by myself"),
        later("What has helped before, even a little. For example: music, a cold drink."),
    ),
    Step.AMONG: (
        later("People and places that are good for me"),
        later("Where my thoughts go elsewhere, without having to say why I came."),
    ),
    Step.ASK: (
        later("Whom I can ask for help"),
        later("Somebody I can say it to, and how I reach them."),
    ),
    Step.CALL: (
        later("Numbers that answer day and night"),
        later("109 · 1388 · 119 · my counselor"),
    ),
    Step.SAFE: (
        later("How we make the place safe"),
        later("What is better out of reach, and who keeps it."),
    ),
    Step.REASON: (
        later("One thing worth living for"),
        later("Small things count: a cat, a song, tomorrow's lunch."),
    ),
}


def words(step: Step) -> Words:
    """Return the words of one step."""
    return Words(*map(tr, _WORDS[step]))


def numbers() -> tuple[str, ...]:
    """Return lines that one press writes down."""
    return (
        tr("109 · thoughts of dying, day and night"),
        tr("1388 · youth helpline, day and night"),
        tr("119 · when life is in danger"),
    )
