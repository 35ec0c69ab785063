"""What happens to a vault's files: each damage is done to a folder, and says what it did.

`past` is the database as it was earlier.
"""

PAGE = 4096


def a_page_rotted(folder, past, chance):
    """One bit of one page."""
    return _rotted(folder, chance, [chance.randrange(_pages(folder))])


def the_first_page_rotted(folder, past, chance):
    """Nothing opens that needs the schema."""
    return _rotted(folder, chance, [0])


def many_pages_rotted(folder, past, chance):
    """A bad patch on the disk."""
    pages = _pages(folder)
    first = chance.randrange(pages)
    return _rotted(folder, chance, range(first, min(pages, first + chance.randrange(2, 12))))


def half_cut_off(folder, past, chance):
    """The end of the file never reached the disk."""
    size = (folder / "notes.db").stat().st_size
    with (folder / "notes.db").open("r+b") as file:
        file.truncate(chance.randrange(size))
    return ""


def log_deleted(folder, past, chance):
    """A clean-up program took the log away; a closed vault is put back to an earlier hour."""
    if (folder / "notes.db-wal").exists():
        (folder / "notes.db-wal").unlink()
        return "deleted"
    (folder / "notes.db").write_bytes(past)
    return "older database"


def anchor_lost(folder, past, chance):
    """Nobody remembers the end."""
    (folder / "anchor").unlink()
    return ""


def headers_lost(folder, past, chance):
    """No key slot is left but in the backups."""
    for name in ("hdr.a", "hdr.b"):
        (folder / name).write_bytes(chance.randbytes(900))
    return ""


def older_pages(folder, past, chance):
    """Some pages are as they were."""
    file = folder / "notes.db"
    new = bytearray(file.read_bytes())
    differ = [a for a in range(0, len(past), PAGE) if new[a : a + PAGE] != past[a : a + PAGE]]
    for at in chance.sample(differ, min(3, len(differ))):
        new[at : at + PAGE] = past[at : at + PAGE]
    file.write_bytes(new)
    return ""


def emptied(folder, past, chance):
    """The file is there, and nothing in it."""
    (folder / "notes.db").write_bytes(b"")
    return ""


def foreign(folder, past, chance):
    """Another program wrote over it."""
    (folder / "notes.db").write_bytes(b"SQLite format 3\0" + chance.randbytes(30_000))
    return ""


DAMAGES = (
    a_page_rotted, the_first_page_rotted, many_pages_rotted, half_cut_off, log_deleted,
    anchor_lost, headers_lost, older_pages, emptied, foreign, a_page_rotted, many_pages_rotted,
)  # fmt: skip


def _pages(folder):
    return (folder / "notes.db").stat().st_size // PAGE


def _rotted(folder, chance, pages):
    file = folder / "notes.db"
    bytes_ = bytearray(file.read_bytes())
    for page in pages:
        bytes_[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
    file.write_bytes(bytes_)
    return f"pages {[page + 1 for page in pages]}"
