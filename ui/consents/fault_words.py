"""Places of a consent text, and what is wrong there, in the counselor's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.consent_errors import Fault
from desktop.domain.consent_texts import (
    CHILD,
    GUARDIAN,
    LAW_OF_ROW,
    NUMBER,
    READERS,
    YOUTH,
    Path,
    required,
)
from desktop.domain.consents import LANGUAGES, Article
from i18n import later, ntr, tr
from ui.people import language_words

MOST_SHOWN = 12
_WHY: Final = {
    "missing": later("this is missing"),
    "empty": later("there are no words here"),
    "too-long": later("this is longer than there is room for"),
    NUMBER: later("a resident registration number may not stand here"),
    "blank-missing": later("a blank in braces is missing that names what this is about"),
    "blank-unknown": later("there is a blank in braces that the program cannot fill"),
    "unreadable": later("this cannot be read: look for a brace too many"),
    "not-text": later("words are needed here"),
    "unknown": later("the program does not know this"),
    "versions-differ": later("this is of another version"),
    "no-json": later("from this line on it is no JSON"),
    "twice": later("something is said twice here"),
    "no-days": later("a number of days is needed here, such as 365"),
    "days-differ": later("another language says another number of days"),
    "older": later("this was in force here before; a supervisor has to save it anew"),
    "no-text": later("there is no consent text in it"),
}
_READERS: Final = {
    YOUTH: later("Young person"),
    CHILD: later("Child under 14"),
    GUARDIAN: later("Legal guardian"),
}
_ASKED: Final = {
    Article.COLLECT: later("collection and use"),
    Article.PROVIDE: later("provision to the agency"),
    Article.SENSITIVE: later("sensitive data"),
    Article.IDENTIFIERS: later("unique identifiers"),
}
_OTHERS: Final = {
    "answers": later("Answers and promises"),
    "items": later("What is told, by name"),
    "help": later("Kinds of help, by name"),
    "who_answers": later("Who answers for a child"),
    "thanks": later("Thanks at the end"),
    "dates": later("Dates"),
}
_LINES: Final = {
    "title": later("The question"),
    "intro": later("Below the question"),
    "child": later("A word to the child beside"),
    "who": later("Who receives it"),
    "why": later("What for"),
    "what": later("Which items"),
    "how_long": later("How long"),
    "if_no": later("If they say no"),
    "until": later("Until when, and how to take it back"),
    "retention": later("How long it is kept"),
    "kept_days": later("The same in days: nothing is kept longer"),
    "yes": later("Yes"),
    "no": later("No"),
    "later": later("Think more"),
    "back": later("Back to the question before"),
    "date": later("How a date is written"),
}
_UNSHOWN = frozenset({"form", "language", "language_name"})


@dataclass(frozen=True, slots=True)
class Group:
    """The places that are written together: those of one screen."""

    key: str
    words: str
    paths: tuple[Path, ...]


def groups() -> tuple[Group, ...]:
    """Return every group in the order in which they are met."""
    found: dict[str, list[Path]] = {key: [] for key in _titles()}
    for path in required():
        if path[0] not in _UNSHOWN and path not in ((YOUTH, "child"), (CHILD, "child")):
            found[group_of(path)].append(path)
    titles = _titles()
    return tuple(Group(key, titles[key], tuple(paths)) for key, paths in found.items())


def group_of(path: Path) -> str:
    """Say on which screen a place is."""
    first = str(path[0])
    if first in READERS:
        article = Article.COLLECT if path[1] == "child" else Article(str(path[1]))
        return f"{first}/{article}"
    if first in ("date", "months"):
        return "dates"
    if first in ("gloss", "identifiers"):
        return "items"
    return first if first in _OTHERS else "answers"


def line_words(path: Path) -> str:
    """Name a place within its group; "" where the Korean words are its name."""
    last = path[-1]
    key = str(path[-2] if isinstance(last, int) else last)
    if path[0] not in READERS and len(path) > 1:
        return ""
    words = tr(_LINES.get(key, key))
    return tr("{row}: the heading", row=words) if last == 0 else words


def law_words(path: Path) -> str:
    """Name the paragraph that wants this told; "" where none does."""
    row = str(path[-2] if isinstance(path[-1], int) else path[-1])
    if row not in LAW_OF_ROW or path[0] not in (*READERS, "until") or path[-1] == 0:
        return ""
    return tr("Privacy Act {law}", law=LAW_OF_ROW[row])


def why_words(fault: Fault) -> str:
    """Say what is wrong at a place."""
    return tr(_WHY[fault.why])


def fault_words(fault: Fault) -> str:
    """Say in which language, on which screen and in which row something is wrong, and what."""
    if fault.language not in LANGUAGES:
        place = tr("Line {line}", line=fault.item) if fault.item else fault.file
        return f"{place}: {why_words(fault)}"
    where = [language_words(fault.language)]
    if path := path_of(fault):
        where.append(_titles()[group_of(path)])
        where += [words for words in (line_words(path), law_words(path)) if words]
    return f"{' · '.join(where)}: {why_words(fault)}"


def path_of(fault: Fault) -> Path | None:
    """Return the place of a fault; None where it is about a whole text."""
    return next((each for each in required() if "/".join(map(str, each)) == fault.item), None)


def listed(faults: Iterable[Fault]) -> str:
    """Say the first of them, a line each, and how many more there are."""
    lines = [fault_words(fault) for fault in faults]
    more = len(lines) - MOST_SHOWN
    if more > 0:
        lines[MOST_SHOWN:] = [ntr("and {n} more", "and {n} more", more)]
    return "\n".join(lines)


def _titles() -> dict[str, str]:
    asked = {
        f"{reader}/{article}": f"{tr(_READERS[reader])} · {tr(_ASKED[article])}"
        for reader in READERS
        for article in Article
    }
    return asked | {key: tr(words) for key, words in _OTHERS.items()}
