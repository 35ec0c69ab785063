"""Consent texts in a file: one language, or all of them; read whole or not at all."""

import json

from desktop.consent_errors import Fault, TextsRefused
from desktop.domain import located_json
from desktop.domain.consent_texts import faults_in
from desktop.domain.consents import LANGUAGES
from desktop.domain.located_json import Node, NotJson
from desktop.domain.text_versions import Texts

ALL = "texts"
"""The name under which a file holds every language."""


def written(texts: Texts, **beside: object) -> str:
    """Return the texts as a file that `parse` reads, in lines that a person can compare."""
    return json.dumps({ALL: texts, **beside}, ensure_ascii=False, indent=1) + "\n"


def parse(text: str, file: str) -> dict[str, dict[str, object]]:
    """Read a file; `TextsRefused` names all that is wrong, by line or by language and item."""
    try:
        node = located_json.read(text)
    except NotJson as error:
        raise TextsRefused(faults=(Fault(file, "", str(error.line), "no-json"),)) from error
    twice = [Fault(file, "", str(line), "twice") for line in _twice(node)]
    whole = _plain(node)
    if twice or not isinstance(whole, dict):
        raise TextsRefused(faults=tuple(twice) or (Fault(file, "", "1", "no-json"),))
    inner = whole.get(ALL, {str(whole.get("language")): whole})
    texts = inner if isinstance(inner, dict) else {}
    faults = [Fault(file, name, "", "unknown") for name in texts if name not in LANGUAGES]
    faults += [Fault(file, name, "", "missing") for name in _needed(whole) if name not in texts]
    for name in (each for each in LANGUAGES if each in texts):
        faults += faults_in(texts[name], file, name)
    if faults or not texts:
        raise TextsRefused(faults=tuple(faults) or (Fault(file, "", "1", "no-text"),))
    return {name: dict(words) for name, words in texts.items() if isinstance(words, dict)}


def _needed(whole: dict[str, object]) -> tuple[str, ...]:
    return LANGUAGES if ALL in whole else ()


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: _plain(inner) for name, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(inner) for inner in node.value]
    return node.value


def _twice(node: Node) -> list[int]:
    found = [node.line] if node.twice else []
    inner: list[Node] = []
    if isinstance(node.value, dict | list):
        inner = list(node.value.values() if isinstance(node.value, dict) else node.value)
    return found + [line for each in inner for line in _twice(each)]
