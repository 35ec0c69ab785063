"""What a hub says about sealed backups is believed only as far as it can be true."""

import pytest
from builders import NOON

from sync.client import backups
from sync.client.errors import Lying, Tampered
from sync.protocol.backups import (
    PIECES_AT_ONCE,
    BackupFile,
    BackupSet,
    BackupSets,
    Handful,
    KeptSet,
    Piece,
    Pieces,
)
from sync.protocol.digests import sha256

ONE, TWO = b"one", b"two"


class Says:
    """A hub that gives these answers, one after the other."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def ask(self, path, kind, now, asked=None):
        self.asked.append(asked)
        return self.answers.pop(0)


def piece(content, digest=None):
    return Piece(digest or sha256(content), content)


def test_many_pieces_are_asked_for_in_parts_and_only_those():
    digests = [sha256(bytes([n % 256, n // 256])) for n in range(PIECES_AT_ONCE + 1)]
    hub = Says(Pieces((digests[3], sha256(b"never asked for"))), Pieces((digests[-1],)))

    found = backups.missing(hub, digests, NOON)

    assert found == {digests[3], digests[-1]}
    assert [len(asked.digests) for asked in hub.asked] == [PIECES_AT_ONCE, 1]


def test_a_piece_that_the_hub_does_not_say_it_has_is_not_there():
    with pytest.raises(Lying):
        backups.bring(Says(Pieces((sha256(ONE),))), (piece(ONE), piece(TWO)), NOON)


def test_a_set_is_kept_when_it_is_listed():
    made = BackupSet("device", "name", (BackupFile("header", ()),))

    with pytest.raises(Lying):
        backups.keep(Says(BackupSets(())), made, NOON, replaces_all=False)


def test_another_set_than_was_asked_for_is_a_lie():
    which = KeptSet("device", "name", NOON, 3)

    with pytest.raises(Lying):
        backups.made_of(Says(BackupSet("device", "other", ())), which, NOON)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ((piece(ONE),), Lying),
        ((piece(TWO), piece(ONE)), Tampered),
        ((piece(ONE), piece(b"twO", sha256(TWO))), Tampered),
    ],
)
def test_every_piece_is_what_was_asked_for_in_its_place(told, why):
    with pytest.raises(why):
        backups.fetched(Says(Handful(told)), "device", (sha256(ONE), sha256(TWO)), NOON)


def test_what_is_whole_comes_in_order():
    hub = Says(Handful((piece(ONE), piece(TWO))))

    assert backups.fetched(hub, "device", (sha256(ONE), sha256(TWO)), NOON) == (ONE, TWO)
