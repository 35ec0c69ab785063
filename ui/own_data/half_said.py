"""What is half typed about somebody in the sheet of requests, as fields that can be kept.

A field's name says which part, what was chosen and which request; its words are only what was
typed, so that a file of their data shows nothing but words.
"""

from collections.abc import Mapping

from ui.own_data.about import AboutPart

_ASK, _ANSWER, _OPEN, _CLOSED, _BETWEEN = "ask", "answer", "open", "closed", "|"


def typed(about: AboutPart, *, is_open: bool) -> dict[str, str]:
    """Return what is typed; nothing where there are no words."""
    asking, answering = about.asking, about.answering
    state = _OPEN if is_open else _CLOSED
    said = {_BETWEEN.join((_ASK, state, asking.choice.key(), "")): asking.words.words()}
    if answering.request is not None:
        key = (_ANSWER, state, answering.choice.key(), str(answering.request.id))
        said[_BETWEEN.join(key)] = answering.words.words()
    return {name: words for name, words in said.items() if words}


def was_open(words: Mapping[str, str]) -> bool:
    """Say whether the sheet was in front."""
    return any(name.split(_BETWEEN)[1] == _OPEN for name in words)


def put_back(about: AboutPart, words: Mapping[str, str]) -> None:
    """Put what was asked back at once, an answer as soon as its request is shown again."""
    for name, said in words.items():
        part, _, key, request = name.split(_BETWEEN)
        if part == _ASK:
            about.asking.fill(key, said)
        elif about.answering.request is not None and str(about.answering.request.id) == request:
            about.answering.fill(key, said)
