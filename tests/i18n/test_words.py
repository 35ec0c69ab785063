"""Words: complete, with the same blanks, compiled as committed, and never at import."""

import ast
import re
from pathlib import Path

import pytest

import i18n
from i18n import catalog

UI = Path(i18n.__file__).parent.parent / "ui"


@pytest.fixture(scope="module")
def korean():
    return catalog.filled(UI, catalog.read_known(catalog.KOREAN))


def test_every_msgid_has_korean(korean):
    assert catalog.missing(korean) == ()


def test_committed_files_are_what_the_words_in_the_code_give(korean):
    assert catalog.KOREAN.read_bytes() == catalog.written(korean)
    assert catalog.WORDS.read_bytes() == catalog.table(korean)
    assert catalog.TEMPLATE.read_bytes() == catalog.written(catalog.gathered(UI))


def test_blanks_are_the_same_in_every_language(korean):
    for message in korean:
        if message.id:
            english = message.id[-1] if message.pluralizable else message.id
            words = message.string[0] if message.pluralizable else message.string
            assert blanks(words) == blanks(english), message.id


def blanks(words):
    return set(re.findall(r"\{(\w+)\}", words))


def test_nothing_of_when_or_who_is_in_the_catalogues():
    for path in (catalog.KOREAN, catalog.TEMPLATE):
        head = path.read_text("utf-8")[:600]
        assert "@" not in head
        assert "Date" not in head


def test_words_are_never_translated_at_import():
    for path in UI.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                assert not calls(node) & {"tr", "ntr"}, path
            if isinstance(node, ast.ClassDef):
                for part in node.body:
                    if not isinstance(part, ast.FunctionDef):
                        assert not calls(part) & {"tr", "ntr"}, path


def calls(node):
    return {
        each.func.id
        for each in ast.walk(node)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }


def test_no_label_uses_words_the_law_gave_up(korean):
    for message in korean:
        if message.id:
            assert not re.search("가출|선도 조건|의뢰인", str(message.string)), message.id


def test_counting_and_filling():
    i18n.use("en")
    assert i18n.ntr("{n} minute", "{n} minutes", 1) == "1 minute"
    assert i18n.ntr("{n} minute", "{n} minutes", 3) == "3 minutes"
    i18n.use("ko")
    assert i18n.ntr("{n} minute", "{n} minutes", 3) == "3분"
    assert i18n.language() == "ko"
    i18n.use("en")


def test_an_agency_s_name_with_braces_stays_as_it_is():
    i18n.use("en")

    assert "{odd}" in i18n.tr("No consent covers sending this to {agency}.", agency="{odd}")


def test_a_tsv_line_gives_one_or_two_msgids(tmp_path):
    file = tmp_path / "a.tsv"
    file.write_text("One\t하나\n{n} note\t{n} notes\t기록 {n}건\nTwo\\nlines\t두\\n줄\n", "utf-8")

    assert catalog.read_words(file) == {
        "One": "하나",
        ("{n} note", "{n} notes"): "기록 {n}건",
        "Two\nlines": "두\n줄",
    }
