"""The first evening, step by step: what somebody new has really done already."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Lesson(StrEnum):
    """One thing to do, in the order of an evening."""

    NIGHT = "night"
    NOTE = "note"
    FIND = "find"
    CONSENT = "consent"
    SEND = "send"
    ANSWER = "answer"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Learning:
    """How far somebody is. What is done out of turn counts; nothing has to be done."""

    done: frozenset[Lesson] = frozenset()
    is_skipped: bool = False

    @property
    def next(self) -> Lesson | None:
        """What comes next; None once all is done, or it was skipped."""
        if self.is_skipped:
            return None
        return next((lesson for lesson in Lesson if lesson not in self.done), None)

    def did(self, lesson: Lesson) -> "Learning":
        """Return it with one more thing done."""
        return replace(self, done=self.done | {lesson})

    def skipped(self) -> "Learning":
        """Return it put away."""
        return replace(self, is_skipped=True)
