"""SECURITY.md promises nothing without naming the test that holds it, and nothing twice."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
PROTECTS = PAGE.split("## Protects")[1].split("## Does not protect")[0]
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_promise_names_a_test():
    sentences = [line for line in PROTECTS.splitlines() if line.startswith("- ")]

    assert len(sentences) > 20
    assert [line for line in sentences if len(NAMED.findall(line)) != 1] == []


def test_every_named_test_exists():
    missing = [(file, test) for file, test in NAMED.findall(PAGE) if test not in those_in(file)]

    assert missing == []


def test_a_test_that_does_not_exist_would_be_noticed():
    assert "test_nothing_of_the_kind" not in those_in("promises/test_security_page.py")


def test_nothing_is_told_in_two_states():
    heads = re.findall(r"^- \*\*[^*]+\*\*", PAGE, re.MULTILINE)

    assert len(heads) > 20
    assert len(heads) == len(set(heads))


def test_each_decision_stands_once_and_in_its_place():
    decided = (ROOT / "DECISIONS.md").read_text("utf-8")
    heads = re.findall(r"(?<=\n\n)## D-(\d+) · ", decided, re.MULTILINE)

    assert len(heads) == decided.count("\n## D-")
    assert heads == sorted(set(heads))


def those_in(file):
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
