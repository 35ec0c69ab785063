"""The index holds every word that the notes say it does, whatever signs are in them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prove.evening import Night, begin

from desktop.domain.hangul import pairs
from desktop.errors import VaultDamaged
from desktop.vault import index, search

TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.sampled_from(" \n_.,-'\"ㄱㅏ가ẞİſé1①𠮷👩‍👩‍👧"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=200,
)


class RolledBack(Exception):
    pass


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_weighs_the_same_in_the_note_and_in_the_index(written, texts):
    def check():
        with written.transaction() as db:
            for number, text in enumerate(texts, start=10_000):
                db.execute("INSERT INTO note_words (rowid, pairs) VALUES (?, ?)",
                           (number, pairs(text)))  # fmt: skip
            held = db.execute(index.HELD).fetchone()[0]
            before = db.execute(index.MEANT).fetchone()[0]
            assert held - before == sum(index.weight(pairs(text)) for text in texts)
            raise RolledBack

    with pytest.raises(RolledBack):
        check()


@pytest.fixture
def written(vault):
    begin(vault, "index")
    night = Night(vault, "index", {})
    for _ in range(60):
        night.next()[2]()
    with vault.transaction() as db:
        search.tidy(db)
    return vault


def test_words_that_left_the_index_alone_are_missed(written):
    written.verify()
    with written.transaction() as db:
        (n,) = db.execute("SELECT n FROM note WHERE is_indexed = 1").fetchone()
        search.take_out(db, n)

    with pytest.raises(VaultDamaged):
        written.verify()
