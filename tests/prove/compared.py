"""What stands in a vault beside what its ledger says: by rows, by search, by decrypted pages."""

import re

from prove.decrypted import frames, indexed, pages, syllables

from desktop.domain.hangul import pairs
from desktop.services import backups, search
from desktop.vault.folder import Folder

_WORD = re.compile("[가-힣]{8}")
_UNREAD = {"op", "salt"}  # digests and chance, no words
_WORDS_OF = (
    "SELECT youth, text FROM note UNION ALL SELECT n.youth, a.text FROM addendum a JOIN note n"
    " ON n.id = a.note UNION ALL SELECT n.youth, u.text FROM unfinished_addendum u JOIN note n"
    " ON n.id = u.note UNION ALL SELECT n.youth, v.text FROM note_version v JOIN note n"
    " ON n.id = v.note UNION ALL SELECT youth, words FROM safety_plan"
)


def people(vault, ledger):
    """Everybody is there, called as they should be, with their own words and no others."""
    found = {}
    with vault.reading() as db:
        for youth, text in db.execute(_WORDS_OF):
            found.setdefault(youth, []).extend(_WORD.findall(text))
        alias = dict(db.execute("SELECT id, alias FROM youth"))
    assert alias == {str(key): name for key, name in ledger.alias.items()}, "not the same people"
    for youth in ledger.alias:
        here, there = sorted(found.pop(str(youth), [])), ledger.words_of(youth)
        assert here == there, f"about one of them the vault has {here}, the ledger {there}"
    assert not found, "words about nobody"


def rows(vault, ledger, ever):
    """Every word that is kept stands in some row of some table, and no other that ever was."""
    here, there = _every_word(vault), ledger.kept()
    assert here >= there, f"not in the vault any more: {there - here}"
    assert not (here - there) & ever, f"still in the vault: {here - there}"


def searched(vault, ledger, moment):
    """Every note is found by its word, and by what was added to it."""
    for page in ledger.pages.values():
        for text in " ".join((page.text, *page.added)).split():
            hits = search.everything(vault, text, moment()).notes
            assert page.owner in {hit.youth_id for hit in hits}, f"{text} is not found"


def files(vault, folder, ledger, ever):
    """No word that went can be read in database, log, index or backups once they are decrypted."""
    kept, folder = ledger.kept(), Folder(folder)
    gone = {word.encode() for word in ever - kept}
    doomed, known = _pieces(ever), _pieces(kept)
    key = vault.session.keys.database
    made = (folder.backup / each.name / "notes.db" for each in backups.listing(folder.path))
    places = (folder.database, *made)
    contents = [b"\0".join(pages(file, key)) for file in places]
    for content in (*contents, b"\0".join(frames(folder.wal, key))):
        assert not [each for each in gone if each in content], "can be read in a page"
    for file in places:
        assert not (doomed - known) & indexed(file, key), "can be read in the index"


def _pieces(words):
    found = {pair for word in words for pair in pairs(word).split() if len(pair) == 2}
    return found | {pair for word in words for pair in syllables(word.encode())}


def _every_word(vault):
    found = set()
    with vault.reading() as db:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table not in _UNREAD and not table.startswith("note_words"):
                found |= set(_WORD.findall(repr(db.execute(f"SELECT * FROM {table}").fetchall())))
    return found
