"""An organisation's own questions, as a loaded file tells them, and what was answered.

No scale is shipped. What an answer counts, and in which words a sum is told, is the
organisation's; the judgement is made by the counselor and never by a sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from desktop.domain.ids import YouthId
from desktop.domain.screening import GROUNDS_LIMIT
from desktop.domain.text import checked
from desktop.promise_errors import QuestionUnanswered

AnsweredId = NewType("AnsweredId", UUID)
YES, NO = "yes", "no"
Words = dict[str, str]
"""Language to words."""


class AnswerKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes-no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `text` is empty for yes and no: the program names them."""

    id: str
    text: Words
    points: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `lowest` and `highest` are a number's; `counts`: the number is its points."""

    id: str
    kind: AnswerKind
    text: Words
    is_required: bool = False
    options: tuple[Option, ...] = ()
    lowest: int = 0
    highest: int = 0
    counts: bool = False

    def answer(self, typed: str) -> str:
        """Return an answer that may be kept, or an empty one; raises `QuestionUnanswered`."""
        said = checked(typed, GROUNDS_LIMIT).strip()
        if not said:
            if self.is_required:
                raise QuestionUnanswered
            return ""
        if self.kind is AnswerKind.TEXT:
            return said
        is_known = said in {option.id for option in self.options}
        if self.kind is AnswerKind.NUMBER:
            is_known = said.isdecimal() and self.lowest <= int(said) <= self.highest
            said = str(int(said)) if is_known else said
        if not is_known:
            raise QuestionUnanswered
        return said

    def points(self, answer: str) -> int:
        """Return what an answer counts; nothing where none was given."""
        if self.kind is AnswerKind.NUMBER:
            return int(answer) if self.counts and answer else 0
        return next((option.points for option in self.options if option.id == answer), 0)


@dataclass(frozen=True, slots=True)
class Band:
    """What a sum from `lowest` to `highest` is called, in the organisation's own words."""

    lowest: int
    highest: int
    text: Words


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version, as it was loaded."""

    id: str
    version: int
    title: Words
    questions: tuple[Question, ...]
    bands: tuple[Band, ...] = ()
    lead: Words | None = None

    def answers(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Return the answers that were given; raises `QuestionUnanswered`."""
        said = {each.id: each.answer(typed.get(each.id, "")) for each in self.questions}
        return {key: answer for key, answer in said.items() if answer}

    def sum_of(self, answers: Mapping[str, str]) -> int:
        """Add up what the answers count."""
        return sum(each.points(answers.get(each.id, "")) for each in self.questions)

    def band_of(self, answers: Mapping[str, str]) -> Band | None:
        """Return what the sum is called; None where the file has no words for it."""
        total = self.sum_of(answers)
        return next((b for b in self.bands if b.lowest <= total <= b.highest), None)


@dataclass(frozen=True, slots=True)
class Answered:
    """One questionnaire, answered about one young person. It judges nothing."""

    id: AnsweredId
    youth: YouthId
    questionnaire: Questionnaire
    answers: dict[str, str]
    at: datetime


def told_in(words: Words, language: str) -> str:
    """Return words in a language, or in the first the file has."""
    return words.get(language) or next(iter(words.values()), "")
