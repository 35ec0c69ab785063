"""Real answers of a hub about sealed backups, and who takes them in as the program does."""

from dataclasses import dataclass

from backups_for_tests import bring, digest, left, made, say

from sync.client import backups
from sync.protocol.backups import (
    BackupRule,
    BackupSet,
    BackupSets,
    Handful,
    Keeping,
    Piece,
    Pieces,
    PiecesWanted,
    SetWanted,
)
from sync.protocol.messages import is_likely

_CONTENTS = (b"one", b"two", b"three")
_DIGESTS = tuple(map(digest, _CONTENTS))


@dataclass(frozen=True)
class Told:
    """A line on which this answer came."""

    answer: object

    def ask(self, path, kind, now, asked=None):
        return self.answer


def answers(house, centre):
    """Yield what each answer is of, the answer, and what takes it in."""
    say(house, centre, "/v1/orgs/backups", BackupRule(True))
    left(house, centre, "first", *_CONTENTS)
    keeping, device = Keeping(made(centre, "second", *_CONTENTS), False), centre.keys.device
    kept = say(house, centre, "/v1/backups/keep", keeping).value(BackupSets).sets[-1]
    laptop = Laptop(house.clock(), kept)
    for kind, word, question, take in (
        (BackupSet, "set", SetWanted(device, kept.name), laptop.made_of),
        (Handful, "fetch", PiecesWanted(device, _DIGESTS), laptop.fetched),
        (Pieces, "missing", Pieces((*_DIGESTS, digest(b"four"))), laptop.missing),
        (BackupSets, "keep", keeping, laptop.keep),
    ):
        yield kind, say(house, centre, f"/v1/backups/{word}", question).body, take
    yield Pieces, bring(house, centre, *_CONTENTS).body, laptop.brought
    for path, kind, take in (
        ("/v1/backups", BackupSets, laptop.listed),
        ("/v1/backups/rule", BackupRule, lambda _answer: ()),
    ):
        yield kind, house.ask(centre.signed("GET", path)).body, take


@dataclass(frozen=True)
class Laptop:
    """Takes answers in as the program does; yields what was wrongly believed."""

    now: object
    kept: object

    def fetched(self, answer):
        if backups.fetched(Told(answer), self.kept.device, _DIGESTS, self.now) != _CONTENTS:
            yield "another's piece was believed"

    def missing(self, answer):
        if not backups.missing(Told(answer), _DIGESTS, self.now) <= set(_DIGESTS):
            yield "a piece would be brought that nobody has"

    def made_of(self, answer):
        found = backups.made_of(Told(answer), self.kept, self.now)
        if (found.device, found.name) != (self.kept.device, self.kept.name):
            yield "another set was taken for the one that was asked for"

    def brought(self, answer):
        pieces = tuple(map(Piece, _DIGESTS, _CONTENTS))
        backups.bring(Told(answer), pieces, self.now)
        if not set(_DIGESTS) <= set(answer.digests):
            yield "a piece that did not arrive was taken for one that did"

    def keep(self, answer):
        asked = BackupSet(self.kept.device, self.kept.name, ())
        yield from _unlikely(backups.keep(Told(answer), asked, self.now, replaces_all=False))

    def listed(self, answer):
        yield from _unlikely(backups.kept(Told(answer), self.now))


def _unlikely(told):
    """Name what no person could be shown."""
    if any(not is_likely(each.at) or each.bytes < 0 for each in told):
        yield "a set from another age, or of less than nothing"
