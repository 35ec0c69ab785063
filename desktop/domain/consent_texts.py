"""Consent texts: files, one a language, with named blanks; what a text must say and what it lacks.

A text is used whole or not at all. Each fault is named by its place, so that whoever writes the
texts of an organisation finds it; the words themselves are in no fault.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from desktop.consent_errors import Fault, TextsRefused
from desktop.domain.agencies import Category
from desktop.domain.consents import LANGUAGES, Article, Item, Verification
from desktop.domain.identifiers import IdentifierKind
from desktop.domain.text import has_resident_number

YOUTH, CHILD, GUARDIAN = "youth", "child", "guardian"
READERS = (YOUTH, CHILD, GUARDIAN)
ROWS = ("who", "why", "what", "how_long", "if_no")
LAW_OF_ROW = {
    "who": "15(1), 17(2)1",
    "why": "15(2)1, 17(2)2",
    "what": "15(2)2, 17(2)3",
    "how_long": "15(2)3, 17(2)4",
    "if_no": "15(2)4, 17(2)5",
    "until": "37, 38(4)",
}
"""Which paragraph of PIPA wants each thing told."""

SHOWN_CLEARLY = {
    Article.COLLECT: frozenset({"how_long"}),
    Article.PROVIDE: frozenset({"who", "why", "how_long"}),
    Article.SENSITIVE: frozenset({"who", "why", "what", "how_long"}),
    Article.IDENTIFIERS: frozenset({"who", "why", "what", "how_long"}),
}
"""Rows that must stand out from the others: PIPA 22(2), decree 17(3)2 to 4.

Which items only where they are sensitive or unique identifiers; what for only of a recipient.
"""

Path = tuple[str | int, ...]

NUMBER = "resident-number"
"""The fault of a resident registration number."""

KEPT_DAYS: Path = ("kept_days",)
"""Where a text says in digits what its words about how long say: the policy is held to it."""
MOST_DAYS = 20 * 365


class Status(StrEnum):
    """How far a text may be trusted."""

    ORIGINAL = "original"
    DRAFT = "draft"
    """A translation that no native speaker has signed off: say so beside it."""
    SIGNED_OFF = "signed-off"


@dataclass(frozen=True, slots=True)
class Text:
    """One language's text, which lacks nothing. Only `read` makes one."""

    language: str
    form: str
    """Its id and version."""
    status: Status
    words: Mapping[str, object]

    @property
    def kept_days(self) -> int:
        """Say how many days after the end all is erased, as the words about it say."""
        return int(str(self.words["kept_days"]))

    @property
    def is_draft(self) -> bool:
        """Say whether the Korean text must be offered beside it as the one that counts."""
        return self.status is Status.DRAFT


def read(words: object, file: str, language: str) -> Text:
    """Return a text that lacks nothing; `TextsRefused` names everything it lacks."""
    faults = tuple(faults_in(words, file, language))
    if faults or not isinstance(words, dict):
        raise TextsRefused(faults=faults)
    status = Status(words["status"]["translation"])
    return Text(language, str(words["form"]), status, words)


def read_all(files: Mapping[str, object]) -> dict[str, Text]:
    """Return a text for every language offered, by language, or nothing at all.

    `files` are parsed, by file name without its end. Raises `TextsRefused` with the faults of all.
    """
    faults = [
        Fault(f"{lang}.json", lang, "", "missing") for lang in LANGUAGES if lang not in files
    ]
    faults += [
        Fault(f"{name}.json", name, "", "unknown") for name in files if name not in LANGUAGES
    ]
    texts = {}
    for language in (each for each in LANGUAGES if each in files):
        try:
            texts[language] = read(files[language], f"{language}.json", language)
        except TextsRefused as refused:
            faults += refused.faults
    forms = {text.form for text in texts.values()}
    if len(forms) > 1:
        faults += [Fault(f"{each}.json", each, "form", "versions-differ") for each in texts]
    if len({text.kept_days for text in texts.values()}) > 1:
        item = "/".join(map(str, KEPT_DAYS))
        faults += [Fault(f"{each}.json", each, item, "days-differ") for each in texts]
    if faults:
        raise TextsRefused(faults=tuple(faults))
    return texts


def faults_in(words: object, file: str, language: str) -> Iterator[Fault]:
    """Name everything this text lacks, by file, language and item."""
    numbers = set(_numbered(words))
    for path in sorted(numbers, key=str):
        yield Fault(file, language, "/".join(map(str, path)), NUMBER)
    for path, blanks in required().items():
        may_be_empty = path in _MAY_BE_EMPTY
        said = _at(words, path)
        why = _wrong(said, blanks, _limit(path), may_be_empty=may_be_empty)
        if not why and path == KEPT_DAYS:
            why = "" if _is_days(said) else "no-days"
        if why and path not in numbers:
            yield Fault(file, language, "/".join(map(str, path)), why)
    if _at(words, ("language",)) != language:
        yield Fault(file, language, "language", "unknown")
    status, who = (_at(words, ("status", key)) for key in ("translation", "signed_off_by"))
    if status not in set(Status) or (status == Status.ORIGINAL) != (language == LANGUAGES[0]):
        yield Fault(file, language, "status/translation", "unknown")
    if status == Status.SIGNED_OFF and not who:
        yield Fault(file, language, "status/signed_off_by", "missing")


def _numbered(words: object, path: Path = ()) -> Iterator[Path]:
    """Yield where a resident number stands, which no consent makes lawful (PIPA 24-2).

    Beside a name that is one itself: the number is in no fault.
    """
    if isinstance(words, str) and has_resident_number(words):
        yield path
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(words, Mapping):
        inner = words.items()
    elif isinstance(words, list):
        inner = enumerate(words)
    for key, each in inner:
        if isinstance(key, str) and has_resident_number(key):
            yield path
        else:
            yield from _numbered(each, (*path, key))


def required() -> dict[Path, frozenset[str]]:
    """Return every item a text must have, by its path, with the blanks it must name."""
    found: dict[Path, frozenset[str]] = {(key,): frozenset() for key in _PLAIN}
    found[KEPT_DAYS] = frozenset()
    found[("until",)] = frozenset({"until"})
    found[("date",)] = frozenset({"year", "month", "day"})
    found |= {("months", number): frozenset() for number in range(12)}
    for part, keys in _PARTS.items():
        found |= {(part, key): frozenset() for key in keys}
    found |= {("who_answers", "ways", way.value): frozenset() for way in Verification}
    for reader in READERS:
        found[(reader, "child")] = frozenset({"alias"} if reader == GUARDIAN else ())
        for article in Article:
            found |= {(reader, article.value, key): frozenset() for key in ("title", "intro")}
            for row in ROWS:
                found[(reader, article.value, row, 0)] = frozenset()
                found[(reader, article.value, row, 1)] = _blanks(article, row)
    return found


SHORTEST, LONGEST = 40, 400
_BUTTONS = ("yes", "no", "later", "back")
_PLAIN = ("form", "language", "language_name", "yes", "no", "later", "back", "retention")
_MAY_BE_EMPTY = frozenset({(YOUTH, "child"), (CHILD, "child")})
_PARTS: dict[str, tuple[str, ...]] = {
    "items": tuple(item.value for item in Item),
    "identifiers": tuple(kind.value for kind in IdentifierKind),
    "help": tuple(category.value for category in Category),
    "gloss": ROWS,
    "who_answers": (
        "title", "intro", "name", "relation", "relation_hint", "contact", "contact_hint", "way",
        "next", "missing", "number_found",
    ),
    "thanks": ("title", "intro", "give", *(article.value for article in Article)),
}  # fmt: skip


def _blanks(article: Article, row: str) -> frozenset[str]:
    """Return what an answer must leave open, so that it is about exactly this asking."""
    is_provided = article is not Article.COLLECT
    own = {Article.SENSITIVE: {"sensitive"}, Article.IDENTIFIERS: {"identifier"}}
    named = {
        "who": {"agency"} if is_provided else set(),
        "why": set() if article in own else {"help"},
        "what": own.get(article, {"items"}),
        "how_long": {"retention"},
        "if_no": set(),
    }
    return frozenset(named[row])


def _at(words: object, path: Path) -> object:
    for key in path:
        if isinstance(words, dict):
            words = words.get(key)
        elif isinstance(words, list) and isinstance(key, int) and key < len(words):
            words = words[key]
        else:
            return None
    return words


def _limit(path: Path) -> int:
    """Return how many characters have room where these words are shown."""
    return SHORTEST if path[0] in _BUTTONS or path[-1] == 0 else LONGEST


def _wrong(said: object, blanks: frozenset[str], limit: int, *, may_be_empty: bool) -> str:
    if said is None:
        return "missing"
    if not isinstance(said, str):
        return "not-text"
    if not said.strip():
        return "" if may_be_empty else "empty"
    return "too-long" if len(said) > limit else _wrong_blanks(said, blanks)


def _is_days(said: object) -> bool:
    return bool(re.fullmatch("[1-9][0-9]{0,3}", str(said))) and int(str(said)) <= MOST_DAYS


def _wrong_blanks(said: str, blanks: frozenset[str]) -> str:
    try:
        named = {name for _, name, _, _ in Formatter().parse(said) if name is not None}
    except ValueError:
        return "unreadable"
    if blanks - named:
        return "blank-missing"
    return "blank-unknown" if named - blanks else ""
