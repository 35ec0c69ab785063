"""The words around the questions, in the language that is read: signing, who listens.

They ask for nothing, so no organisation writes its own. Like the questions they are drafts in
every language but Korean.
"""

import json
from functools import cache
from pathlib import Path

from desktop.domain.consent_records import Manner
from ui.consents.handing import How


@cache
def _all() -> dict[str, dict[str, str]]:
    file = Path(__file__).with_name("around.json")
    words: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return words


def around(language: str) -> dict[str, str]:
    """Return every word around the questions by its name, Korean where there is no other."""
    return _all().get(language) or _all()["ko"]


def how_words(how: How, language: str) -> str:
    """Say who listens, or that paper is copied; "" where the answers are pressed here."""
    said = {
        Manner.SPOKEN: around(language)["heard"].format(witness=how.witness),
        Manner.PAPER: around(language)["on_paper"],
    }
    return said.get(how.manner, "")
