"""A questionnaire file is read whole, or every error is named by its line and path."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import located_json
from desktop.domain.located_json import Node, NotJson
from desktop.domain.questionnaire_file import parse
from desktop.domain.questionnaires import AnswerKind
from desktop.errors import ResidentNumberFound
from desktop.promise_errors import QuestionnaireWrong, QuestionUnanswered

EXAMPLE = (Path(__file__).parents[3] / "docs" / "questionnaire-example.json").read_bytes()


def problems(raw):
    with pytest.raises(QuestionnaireWrong) as wrong:
        parse(raw)
    return [(each.line, each.path, each.why) for each in wrong.value.problems]


def changed(before, after):
    assert before in EXAMPLE.decode()
    return EXAMPLE.decode().replace(before, after, 1).encode()


def test_the_example_of_the_page_is_read():
    read = parse(EXAMPLE)

    assert (read.id, read.version, len(read.questions)) == ("tonight-example", 1, 4)
    assert [each.kind for each in read.questions] == list(AnswerKind)
    assert read.title["ko"] == "오늘 밤 살피기 (보기)"


def test_sums_and_bands_are_the_files_own():
    read = parse(EXAMPLE)

    assert read.sum_of({"bed": "none", "alone": "yes", "meals": "3"}) == 3
    assert read.band_of({"bed": "none"}).text["en"] == "Talk it over with the team"
    assert read.band_of({}).lowest == 0


WRONG = {
    "no JSON": (b"{\n  oh", [(2, "", "not-json")]),
    "a comma too many": (EXAMPLE.replace(b"],\n  \"bands\"", b"],\n\n,  \"bands\""),
                         [(39, "", "not-json")]),
    "half a letter": (changed("(보기)", "\\ud83d"), [(5, "", "not-json")]),
    "no UTF-8": (b'{\n\n"id": "\xff"}', [(3, "", "not-utf-8")]),
    "not an object": (b"[]", None),
    "another format": (changed("questionnaire-1", "questionnaire-9"),
                       [(2, "format", "unknown-format")]),
    "no id": (changed('"id": "tonight-example",\n', ""), [(1, "id", "missing")]),
    "an id with a space": (changed('"tonight-example"', '"to night"'), [(3, "id", "not-an-id")]),
    "a version in words": (changed('"version": 1', '"version": "1"'),
                           [(4, "version", "not-a-number")]),
    "a version 0": (changed('"version": 1', '"version": 0'), [(4, "version", "out-of-range")]),
    "a language missing": (changed('{"ko": "지금 혼자인가요?", "en": "Are they alone now?"}',
                                   '{"ko": "지금 혼자인가요?"}'),
                           [(29, "questions[2].text.en", "language-missing")]),
    "points in words": (changed('"points": 2}', '"points": "2"}'),
                        [(16, "questions[0].choices[2].points", "not-a-number")]),
    "a kind nobody knows": (changed('"yes-no"', '"perhaps"'),
                            [(28, "questions[2].kind", "unknown-kind")]),
    "a field of another kind": (changed('"kind": "text",', '"kind": "text", "counts": true,'),
                                [(34, "questions[3].counts", "not-for-this-kind")]),
    "an unknown field": (changed('"required": true', '"requierd": true'),
                         [(12, "questions[0].requierd", "unknown-field")]),
    "a field twice": (changed('"version": 1,', '"version": 1, "version": 2,'),
                      [(4, "version", "twice")]),
    "an id twice": (changed('"id": "meals"', '"id": "bed"'), [(20, "questions[1].id", "twice")]),
    "a choice twice": (changed('"id": "maybe"', '"id": "sure"'),
                       [(15, "questions[0].choices[1].id", "twice")]),
    "backwards": (changed('"highest": 6', '"highest": -6'),
                  [(24, "questions[1].highest", "out-of-range")]),
    "a hole between bands": (changed('"from": 2, "to": 3', '"from": 3, "to": 3'),
                             [(40, "bands[1].from", "not-one-after-the-other")]),
    "no questions": (b'{"format": "bammajung-questionnaire-1", "id": "a", "version": 1,\n'
                     b'"title": {"ko": "a"},\n"questions": []}', [(3, "questions", "empty")]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_an_error_is_named_by_line_and_path(case):
    raw, expected = WRONG[case]

    found = problems(raw)

    if expected is None:
        assert all(why in ("missing", "not-an-object", "unknown-format") for _, _, why in found)
    else:
        assert found == expected


def test_one_look_tells_every_error():
    raw = changed('"version": 1', '"version": 0').decode()
    raw = raw.replace('"yes-no"', '"perhaps"').replace('"from": 2', '"from": 1').encode()

    assert [line for line, _, _ in problems(raw)] == [4, 28, 40]


@given(st.recursive(st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=9),
                    lambda inner: st.lists(inner, max_size=4)
                    | st.dictionaries(st.text(max_size=5), inner, max_size=4), max_leaves=12),
       st.sampled_from([None, 1, 4]))  # fmt: skip
def test_json_is_read_as_everybody_else_reads_it(value, indent):
    node = located_json.read(json.dumps(value, indent=indent, ensure_ascii=indent is None))

    assert plain(node) == value


def plain(node: Node):
    if isinstance(node.value, dict):
        return {name: plain(each) for name, each in node.value.items()}
    return [plain(each) for each in node.value] if isinstance(node.value, list) else node.value


@given(st.binary(max_size=80) | st.text(alphabet='{}[]":,0a\n ', max_size=60).map(str.encode))
def test_no_bytes_break_it(raw):
    with pytest.raises(QuestionnaireWrong):
        parse(raw)


def test_a_file_nested_without_end_is_refused():
    with pytest.raises(NotJson):
        located_json.read("[" * 100_000)


ANSWERS = [
    ({"bed": "sure"}, {"bed": "sure"}),
    (
        {"bed": " none ", "meals": "03", "words": " 말 "},
        {"bed": "none", "meals": "3", "words": "말"},
    ),
]


@pytest.mark.parametrize(("typed", "kept"), ANSWERS)
def test_answers_are_kept_as_they_fit(typed, kept):
    assert parse(EXAMPLE).answers(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [{}, {"bed": ""}, {"bed": "elsewhere"}, {"bed": "sure", "meals": "7"},
     {"bed": "sure", "meals": "-1"}, {"bed": "sure", "meals": "two"},
     {"bed": "sure", "alone": "perhaps"}],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused(typed):
    with pytest.raises(QuestionUnanswered):
        parse(EXAMPLE).answers(typed)


def test_a_resident_number_is_no_answer():
    with pytest.raises(ResidentNumberFound):
        parse(EXAMPLE).answers({"bed": "sure", "words": "090101-3234567"})
