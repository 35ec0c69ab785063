"""Random texts, typed into a real note, are kept letter by letter and found again.

Every script of the consent languages, emoji, combining marks, zero-width signs, right-to-left;
typed through the input method, pasted, or key by key; some with a passage marked as sensitive,
some undone and done again, some signed. What is kept is what was typed, composed (NFC) and without
control characters; any two neighbouring letters find it, while it is typed and afterwards; a mark
stands on its passage. Controls: a paper that loses joiners; an index that does not compose.
"""

import random
import time
import unicodedata
from contextlib import contextmanager
from pathlib import Path

from night_for_tests import Night
from prove.proof import Proof, found, scratch, spread
from prove.texts import a_text, findable
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

import i18n
from desktop.domain.text import clean
from desktop.services import notes, search
from ui.notes import editor as paper
from ui.notes.page import NotePage

NAME = "night-texts"
FULL = 10_000
_A_VAULT = 100


def run(count: int) -> Proof:
    """Write that many texts."""
    broken = spread(written, count, _A_VAULT, NAME)
    caught = all(found(control, 40, 40, NAME) for control in (_no_joiners, _not_composed))
    return Proof(count, len(broken), caught)


def written(seed: str, count: int) -> list[str]:
    """Write so many texts into one vault, and say what became of them that should not."""
    chance, loop = random.Random(seed), _Loop()
    with scratch("texts") as place:
        night = Night(Path(place) / "vault")
        try:
            night.begin(loop)
            page = NotePage(night)
            page.resize(700, 700)
            page.show()
            return [
                f"{n}: {what}" for n in range(count) for what in _one(loop, night, page, chance)
            ]
        finally:
            night.close()


class _Loop:
    """What pytest-qt's bot does, without pytest."""

    def __init__(self):
        i18n.use("ko")
        self.app = QApplication.instance() or QApplication([])

    def waitUntil(self, is_so, timeout=30_000):
        until = time.monotonic() + timeout / 1000
        while not is_so():
            self.app.processEvents()
            if time.monotonic() > until:
                raise TimeoutError


def _one(loop, night, page, chance) -> list[str]:
    text = a_text(chance)
    file = night.meet(loop, "하늘")
    page.show_file(file)
    chance.choice((_compose, _paste, _insert))(page.editor, text, chance)
    marked = _mark(page.editor, text, chance)
    if chance.random() < 0.2:
        page.editor.undo()
        page.editor.redo()
    page.save_now()
    loop.waitUntil(lambda: page.is_saved() and night.is_idle())
    kept = night.file(loop, file.youth.id, file.meeting.id).note
    if not clean(text).strip():
        return []
    if kept is None or clean(text) not in kept.text:
        return [f"typed {text!r}, kept {kept.text if kept else None!r}"]
    wrong = _unmarked(kept, marked)
    return wrong + _unfound(loop, night, chance, (kept, findable(clean(text), chance)))


def _unmarked(kept, marked) -> list[str]:
    if not marked:
        return []
    passages = [kept.text[mark.start : mark.end] for mark in kept.marks]
    return [] if passages == [marked] else [f"marked {marked!r}, kept {passages!r}"]


def _unfound(loop, night, chance, wanted) -> list[str]:
    note, query = wanted
    if not query:
        return []

    def found():
        moment = night.moment()
        hits = night.ask(loop, lambda v: search.everything(v, query, moment, 1_000)).notes
        return note.id in {hit.note_id for hit in hits}

    wrong = [] if found() else [f"{query!r} does not find what is being typed"]
    moment = night.moment()
    if chance.random() < 0.5:
        night.ask(loop, lambda vault: notes.sign(vault, note.id, moment))
        wrong += [] if found() else [f"{query!r} does not find what was signed"]
    return wrong


def _compose(editor, text, chance):
    """Commit it piece by piece, as an input method does, with something composed before each."""
    text = text.replace("\r\n", "\n")  # the two together only ever come by a paste
    while text:
        size = chance.randint(1, 12)
        piece, text = text[:size], text[size:]
        QApplication.sendEvent(editor, QInputMethodEvent(piece[:1], []))
        event = QInputMethodEvent("", [])
        event.setCommitString(piece)
        QApplication.sendEvent(editor, event)


def _paste(editor, text, chance):
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)


def _insert(editor, text, chance):
    for letter in text.replace("\r\n", "\n"):
        editor.textCursor().insertText(letter)


def _mark(editor, text, chance) -> str:
    """Mark a word in the middle of the page; return it, or "" where there was none to mark."""
    words = [word for word in text.split() if word.isalpha() and text.count(word) == 1]
    words = [word for word in words if clean(word) == word and not _is_joined(text, word)]
    if not words or chance.random() < 0.5:
        return ""
    word = chance.choice(words)
    content = editor.document().toRawText()
    start = len(content[: content.index(word)].encode("utf-16-le")) // 2
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(start + len(word.encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.toggle_sensitive()
    return word


def _is_joined(text, word) -> bool:
    """Whether what stands after the word would be composed with it."""
    after = text[text.index(word) + len(word) :][:1]
    return unicodedata.combining(after) != 0 if after else False


def _no_joiners(seed, count):
    """A paper that takes what is not seen for nothing."""
    with _instead(paper.NoteEditor, "written", _without_joiners(paper.NoteEditor.written)):
        return written(seed, count)


def _without_joiners(real):
    def fewer(editor):
        kept = real(editor)
        return type(kept)(kept.text.replace("\u200d", ""), kept.marks)

    return fewer


def _not_composed(seed, count):
    """A search that looks for words as they are typed, taken apart."""
    with _instead(search, "clean", lambda text: unicodedata.normalize("NFD", text)):
        return written(seed, count)


@contextmanager
def _instead(owner, name, other):
    real = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, real)
