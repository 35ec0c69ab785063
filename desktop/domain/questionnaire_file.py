"""Reading a questionnaire file: all of it, or every error named by line and path.

The format is written down in docs/questionnaires.md.
"""

from collections.abc import Iterator

from desktop.domain import located_json
from desktop.domain.located_json import Node, NotJson
from desktop.domain.questionnaire_fields import Fields, Problems
from desktop.domain.questionnaires import (
    NO,
    YES,
    AnswerKind,
    Band,
    Option,
    Question,
    Questionnaire,
    Words,
)
from desktop.promise_errors import Problem, QuestionnaireWrong

FORMAT = "bammajung-questionnaire-1"
MOST_QUESTIONS, MOST_OPTIONS = 100, 20
_WHOLE = "format id version title lead questions bands"
_QUESTION = "id kind text required choices lowest highest counts points"
_OF_KIND = {
    AnswerKind.CHOICE: {"choices"},
    AnswerKind.NUMBER: {"lowest", "highest", "counts"},
    AnswerKind.YES_NO: {"points"},
    AnswerKind.TEXT: set[str](),
}
"""Fields that one kind of question has and the others have not."""


def parse(raw: bytes) -> Questionnaire:
    """Read a whole file; raises `QuestionnaireWrong` with every problem that was found."""
    try:
        node = located_json.read(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise QuestionnaireWrong((Problem(line, "", "not-utf-8"),)) from error
    except NotJson as error:
        raise QuestionnaireWrong((Problem(error.line, "", "not-json"),)) from error
    problems = Problems()
    read = _whole(problems, node)
    if problems.found:
        raise QuestionnaireWrong(tuple(sorted(problems.found, key=lambda each: each.line)))
    return read


def _whole(problems: Problems, node: Node) -> Questionnaire:
    fields = Fields(problems, node, "", _WHOLE)
    if fields.text("format") != FORMAT:
        fields.wrong("format", "unknown-format")
    title = fields.words("title")
    problems.languages = frozenset(title)
    questions = tuple(_questions(problems, fields))
    bands = tuple(_bands(problems, fields)) if "bands" in fields.nodes else ()
    lead = fields.words("lead") if "lead" in fields.nodes else None
    version = fields.number("version", 1, 1_000_000)
    return Questionnaire(fields.ident("id"), version, title, questions, bands, lead)


def _questions(problems: Problems, fields: Fields) -> Iterator[Question]:
    seen: set[str] = set()
    for node, path in fields.each("questions", MOST_QUESTIONS):
        inner = Fields(problems, node, path, _QUESTION)
        question = _question(problems, inner)
        if question.id in seen:
            inner.wrong("id", "twice")
        seen.add(question.id)
        yield question


def _question(problems: Problems, fields: Fields) -> Question:
    ident, text, told = fields.ident("id"), fields.words("text"), fields.text("kind")
    is_required = fields.flag("required")
    kind = next((kind for kind in AnswerKind if kind.value == told), None)
    if kind is None:
        fields.wrong("kind", "unknown-kind")
        return Question(ident, AnswerKind.TEXT, text, is_required)
    for other in set[str]().union(*_OF_KIND.values()) - _OF_KIND[kind]:
        if other in fields.nodes:
            fields.wrong(other, "not-for-this-kind")
    if kind is AnswerKind.NUMBER:
        return _number(fields, (ident, text), is_required=is_required)
    options: tuple[Option, ...] = ()
    if kind is AnswerKind.CHOICE:
        options = tuple(_options(problems, fields))
    elif kind is AnswerKind.YES_NO:
        options = tuple(_yes_no(problems, fields))
    return Question(ident, kind, text, is_required, options)


def _number(fields: Fields, named: tuple[str, Words], *, is_required: bool) -> Question:
    lowest, highest = fields.number("lowest", 0, 1_000_000), fields.number("highest", 0, 1_000_000)
    if lowest > highest:
        fields.wrong("highest", "backwards")
    ident, text = named
    return Question(
        ident, AnswerKind.NUMBER, text, is_required, (), lowest, highest, fields.flag("counts")
    )


def _options(problems: Problems, fields: Fields) -> Iterator[Option]:
    seen: set[str] = set()
    for node, path in fields.each("choices", MOST_OPTIONS):
        inner = Fields(problems, node, path, "id text points")
        option = Option(inner.ident("id"), inner.words("text"), inner.points("points"))
        if option.id in seen:
            inner.wrong("id", "twice")
        seen.add(option.id)
        yield option


def _yes_no(problems: Problems, fields: Fields) -> Iterator[Option]:
    node = fields.nodes.get("points", Node({}, fields.node.line))
    inner = Fields(problems, node, f"{fields.path}points", f"{YES} {NO}")
    for answer in (YES, NO):
        yield Option(answer, {}, inner.points(answer))


def _bands(problems: Problems, fields: Fields) -> Iterator[Band]:
    before: int | None = None
    for node, path in fields.each("bands", MOST_OPTIONS):
        inner = Fields(problems, node, path, "from to text")
        lowest = inner.points("from", is_needed=True)
        highest = inner.points("to", is_needed=True)
        if lowest > highest:
            inner.wrong("to", "backwards")
        if before is not None and lowest != before + 1:  # two names for a sum, or none
            inner.wrong("from", "not-one-after-the-other")
        before = highest
        yield Band(lowest, highest, inner.words("text"))
