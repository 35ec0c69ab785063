"""`python -m i18n.catalog [words.tsv …]`: gather msgids from ui/, keep the Korean, compile it.

A line of a TSV file is `msgid<TAB>Korean`, or `singular<TAB>plural<TAB>Korean`. How each language
writes dates, numbers and lists is written down anew too (`i18n.cldr`).
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from i18n import cldr

_HERE = Path(__file__).parent
TEMPLATE = _HERE / "app.pot"
KOREAN = _HERE / "ko" / "app.po"
WORDS = _HERE / "ko" / "words.json"
Id = str | tuple[str, str]


class _Plain(Catalog):
    """Says nothing of when and by whom: two runs over the same words are the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        if self.locale is not None:
            headers += [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)]
        return headers


def gathered(folder: Path, locale: str | None = None) -> Catalog:
    """Return every msgid under `folder`, in order of place."""
    catalog = _Plain(locale=locale, project="Bammajung", fuzzy=False)
    catalog.header_comment = "# Words of Bammajung."
    found = extract_from_dir(
        folder,
        method_map=[("**.py", "python")],
        keywords={"tr": None, "later": None, "ntr": (1, 2)},
        comment_tags=("NOTE:",),
    )
    for name, _, msgid, comments, _ in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(msgid, locations=[(f"ui/{name}", 0)], auto_comments=comments)
    return catalog


def read_words(path: Path) -> dict[Id, str]:
    """Return the Korean of one TSV file."""
    words: dict[Id, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        *msgid, korean = (part.replace("\\n", "\n") for part in line.split("\t"))
        if msgid and korean:
            words[msgid[0] if len(msgid) == 1 else (msgid[0], msgid[1])] = korean
    return words


def read_known(path: Path) -> dict[Id, str]:
    """Return the Korean that a .po file already has."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {_key(each): _korean(each) for each in read_po(file) if each.id and each.string}


def filled(folder: Path, words: dict[Id, str]) -> Catalog:
    """Return the Korean catalogue of `folder`."""
    catalog = gathered(folder, "ko")
    for message in catalog:
        korean = words.get(_key(message), "") if message.id else ""
        if korean:
            message.string = (korean,) if message.pluralizable else korean
    return catalog


def table(catalog: Catalog) -> bytes:
    """Return what the program reads: msgid (the singular, where it counts) to Korean."""
    words = {_first(each): _korean(each) for each in catalog if each.id}
    return (json.dumps(words, ensure_ascii=False, indent=0) + "\n").encode()


def written(catalog: Catalog) -> bytes:
    """Return the .po of a catalogue."""
    file = BytesIO()
    write_po(file, catalog, width=99, include_lineno=False)
    return file.getvalue()


def missing(catalog: Catalog) -> tuple[str, ...]:
    """Return the msgids without Korean."""
    return tuple(str(each.id) for each in catalog if each.id and not _korean(each))


def main(tsv_files: list[str]) -> int:
    """Write template, .po, table and how languages write; return how many msgids lack Korean."""
    words = read_known(KOREAN)
    for name in tsv_files:
        words |= read_words(Path(name))
    folder = _HERE.parent / "ui"
    TEMPLATE.write_bytes(written(gathered(folder)))
    catalog = filled(folder, words)
    KOREAN.write_bytes(written(catalog))
    WORDS.write_bytes(table(catalog))
    cldr.main()
    lacking = missing(catalog)
    sys.stderr.writelines(f"no Korean: {each}\n" for each in lacking)
    return len(lacking)


def _key(message: Message) -> Id:
    return (message.id[0], message.id[1]) if message.pluralizable else str(message.id)


def _first(message: Message) -> str:
    return message.id[0] if message.pluralizable else str(message.id)


def _korean(message: Message) -> str:
    words = message.string or ""
    return words if isinstance(words, str) else words[0]


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
