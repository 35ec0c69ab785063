"""The code keeps its shape: sizes, names, empty package files, one voice for types and style."""

import ast
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("desktop", "ui", "sync", "i18n")
FILES = sorted(f for folder in PACKAGES for f in (ROOT / folder).rglob("*.py"))
FOLDERS = sorted({f.parent for f in FILES})
NAMES = [str(folder.relative_to(ROOT)) for folder in FOLDERS]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_CLASS = 250, 30, 150
EMPTY_NAMES = re.compile(
    r"(Manager|Helper|Utils?|Controller|Handler|Processor|Impl|Base|Data|Info)$"
)
BROAD_EXCEPTS_ALLOWED = {"ui/main.py", "sync/server/app.py", "desktop/vault/database.py"}


@cache
def parsed(path):
    """Return the text of a file and its tree: several tests ask for the same."""
    source = path.read_text("utf-8")
    return source, ast.parse(source)


def test_there_is_code_to_judge():
    assert len(FILES) > 50


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_each_file_fits_in_the_head(folder):
    too_much = {path.name: faults for path in folder.glob("*.py") if (faults := _too_much(path))}

    assert not too_much


def _too_much(path):
    source, tree = parsed(path)
    faults = [] if source.count("\n") <= LONGEST_FILE else ["the file is too long"]
    if not ast.get_docstring(tree):
        faults.append("say in one line what this file is for")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            faults += _longer(node, LONGEST_FUNCTION)
        if isinstance(node, ast.ClassDef):
            faults += _longer(node, LONGEST_CLASS)
            faults += [f"{node.name} says nothing"] if EMPTY_NAMES.search(node.name) else []
    return faults


def _longer(node, longest):
    return [f"{node.name} is too long"] if node.end_lineno - node.lineno >= longest else []


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_a_package_file_is_only_a_sentence(folder):
    # i18n is one small module.
    files = () if folder.name == "i18n" else folder.glob("__init__.py")

    assert [len(parsed(path)[1].body) for path in files] in ([], [1])


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_a_broad_except_stands_only_where_the_style_allows(folder):
    broad = {str(path.relative_to(ROOT)) for path in folder.glob("*.py") if _is_broad(path)}

    assert broad <= BROAD_EXCEPTS_ALLOWED


def _is_broad(path):
    return any(
        isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
        for node in ast.walk(parsed(path)[1])
    )


def _passes(*command):
    done = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_types_hold_everywhere():
    # What it remembers is worth something to whoever runs it again, and takes 7 s to write.
    remembers = (ROOT / ".mypy_cache").exists()
    _passes("mypy", *(() if remembers else ("--cache-dir", os.devnull)))


def test_style_holds_everywhere():
    _passes("ruff", "check", "desktop", "ui", "sync", "i18n", "tests")


def test_layout_of_lines_holds_everywhere():
    _passes("ruff", "format", "--check", "desktop", "ui", "sync", "i18n", "tests")


def test_the_lock_names_versions_and_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text("utf-8")

    assert "://" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==")
