"""Words in the counselor's language."""

import json
from pathlib import Path

_HERE = Path(__file__).parent


class _Words:
    """Which language is in use: one for the whole program, as on every screen."""

    def __init__(self) -> None:
        self.language = "en"
        self.table: dict[str, str] = {}

    def use(self, language: str) -> None:
        """Take the table of `language`, made from its catalogue; English needs none."""
        table = _HERE / language / "words.json"
        self.table = json.loads(table.read_bytes()) if language != "en" else {}
        self.language = language


_WORDS = _Words()


def use(language: str) -> None:
    """Speak `language` ("ko" or "en") from now on."""
    _WORDS.use(language)


def language() -> str:
    """Return the language in use."""
    return _WORDS.language


def tr(text: str, /, **blanks: object) -> str:
    """Translate a whole sentence and fill its named blanks."""
    return _WORDS.table.get(text, text).format(**blanks)


def ntr(one: str, many: str, n: int, /, **blanks: object) -> str:
    """Translate a sentence that counts; its blank `{n}` is the count."""
    # Korean counts with one sentence. A language with more forms needs its rule here.
    return _WORDS.table.get(one, one if n == 1 else many).format(n=n, **blanks)


def later(text: str, /) -> str:
    """Mark a msgid that stands in a table; `tr` translates it when it is shown."""
    return text
