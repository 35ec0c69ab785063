"""Words in the counselor's language."""

from gettext import GNUTranslations, NullTranslations
from pathlib import Path

_HERE = Path(__file__).parent


class _Words:
    """Which language is in use: one for the whole program, as on every screen."""

    def __init__(self) -> None:
        self.language = "en"
        self.catalog = NullTranslations()

    def use(self, language: str) -> None:
        """Take the compiled catalogue of `language`; English needs none."""
        compiled = _HERE / language / "LC_MESSAGES" / "app.mo"
        self.catalog = NullTranslations()
        if language != "en":
            with compiled.open("rb") as words:
                self.catalog = GNUTranslations(words)
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
    return _WORDS.catalog.gettext(text).format(**blanks)


def ntr(one: str, many: str, n: int, /, **blanks: object) -> str:
    """Translate a sentence that counts; its blank `{n}` is the count."""
    return _WORDS.catalog.ngettext(one, many, n).format(n=n, **blanks)


def later(text: str, /) -> str:
    """Mark a msgid that stands in a table; `tr` translates it when it is shown."""
    return text
