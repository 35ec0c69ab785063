"""Ways to write into a vault without knowing any counseling."""

import pytest

from desktop.vault.columns import content


class Rows:
    """Writes numbered rows, each with its line in the journal, and reads them back."""

    def put(self, vault, number, text="x"):
        with vault.transaction() as db:
            self.put_in(db, number, text)

    def put_in(self, db, number, text="x"):
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"row {number}", text))
        db.wrote("vault.kept", f"row {number}", 1, content(f"row {number}", text))

    def numbers(self, vault):
        with vault.reading() as db:
            return self.numbers_in(db)

    def numbers_in(self, db):
        found = db.execute("SELECT key FROM meta WHERE key LIKE 'row %'").fetchall()
        return {int(key.removeprefix("row ")) for (key,) in found}


@pytest.fixture
def rows():
    return Rows()
