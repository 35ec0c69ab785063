"""What a questionnaire's errors and answers are called on the screen."""

from typing import Final

import i18n
from desktop.domain.questionnaires import (
    NO,
    YES,
    Answered,
    AnswerKind,
    Question,
    Words,
    told_in,
)
from desktop.promise_errors import Problem
from i18n import formats, later, tr

_WHY: Final = {
    "not-utf-8": later("this is not UTF-8 text"),
    "not-json": later("JSON cannot be read from here on"),
    "not-an-object": later("fields in { } are needed here"),
    "missing": later("this is missing"),
    "unknown-format": later("this is not a format the program knows"),
    "unknown-field": later("there is no such field"),
    "unknown-kind": later("there is no such kind of question"),
    "not-for-this-kind": later("this kind of question has no such field"),
    "twice": later("this is there twice"),
    "not-an-id": later("only small letters, digits and - may stand here"),
    "not-text": later("text is needed here"),
    "not-words": later("words for each language are needed here, 500 letters at most"),
    "not-a-language": later("this is no language code such as ko or en"),
    "language-missing": later("the words in this language are missing"),
    "not-a-number": later("a whole number is needed here"),
    "out-of-range": later("this number is too small or too large"),
    "backwards": later("the end is before the beginning"),
    "not-true-or-false": later("true or false is needed here"),
    "not-a-list": later("a list in [ ] is needed here"),
    "empty": later("there is nothing in the list"),
    "too-many": later("there are too many in the list"),
    "not-one-after-the-other": later("the bands must follow each other without a hole"),
}


def problem_words(problem: Problem) -> str:
    """Name one error by its place."""
    why = tr(_WHY[problem.why])
    if not problem.path:
        return tr("Line {line}: {why}", line=problem.line, why=why)
    return tr("Line {line}, {path}: {why}", line=problem.line, path=problem.path, why=why)


def said(words: Words) -> str:
    """Return the file's own words in the language in use."""
    return told_in(words, i18n.language())


def option_words(question: Question, option: str) -> str:
    """Name an answer that was chosen."""
    if question.kind is AnswerKind.YES_NO:
        return {YES: tr("Yes"), NO: tr("No")}.get(option, option)
    return next((said(each.text) for each in question.options if each.id == option), option)


def sum_words(answered: Answered) -> str:
    """Say the sum and the organisation's words for it; nothing where nothing is counted."""
    asked, answers = answered.questionnaire, answered.answers
    band = asked.band_of(answers)
    if not asked.bands:
        return ""
    total = tr("Sum {n}", n=asked.sum_of(answers))
    return f"{total}: {said(band.text)}" if band else total


def grounds(answered: Answered) -> str:
    """Return one line for the grounds of a judgement."""
    asked = answered.questionnaire
    named = tr("{title}, version {n}", title=said(asked.title), n=asked.version)
    parts = (f"[{named}, {formats.day_and_clock(answered.at)}]", sum_words(answered))
    return " ".join(part for part in parts if part)
