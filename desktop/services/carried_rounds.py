"""The vault as an answer sees it that somebody carried: old perhaps, and with nobody to ask."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from desktop.services import directories, enrolment
from desktop.services.readable import Reading, readable
from desktop.services.rounds import VaultQueue
from desktop.vault import directory as directory_row
from desktop.vault import mailbox, outbox, witness
from desktop.vault.database import Db, Vault
from sync.client import bundles
from sync.client.bundles import Returned
from sync.client.enrolment import Enrolment
from sync.client.errors import EnrolmentRefused, Untrusted
from sync.client.sealing import header_of
from sync.protocol.answers import Exchanged
from sync.protocol.carrying import OLDEST_PARCEL, Refusal
from sync.protocol.codec import read_json
from sync.protocol.directory import Enrolled
from sync.protocol.messages import Message
from sync.protocol.witness import RenewalClaim, WitnessClaim
from sync.trust.handing import published


class Nobody:
    """Stands where the hub is in a round: it has the directory that came along, and no more."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Hand out these kept files, which prove themselves."""
        self._files = published(files)

    def published(self, path: str, most: int) -> bytes | None:
        """Return a file of the directory."""
        found = self._files.get(path)
        return None if found is None or len(found) > most else found

    def standing(self, now: datetime) -> Enrolled:  # noqa: ARG002  (as the hub takes it)
        """Refuse: only the hub itself says how this device stands."""
        raise EnrolmentRefused("no line")


class CarriedQueue(VaultQueue):
    """Takes in what is news, and nothing that cannot be read before this laptop knows more."""

    def __init__(
        self,
        vault: Vault,
        own: Enrolment,
        now: datetime,
        files: Mapping[str, bytes],
        may_remove: int = 0,
    ) -> None:
        """Begin; `files` are the directory that a colleague sent along."""
        super().__init__(vault, Nobody(files), own, now, may_remove=may_remove)
        self._has_files = bool(files)
        self.lacks_key = False
        """What came is sealed to a new key of ours, which the hub gives to this laptop alone."""

    def take(self, sent: tuple[Message, ...], answer: Exchanged) -> None:
        """Settle what still waits and apply the events that can be read: one transaction."""
        self._renewed(answer)
        with self._vault.reading() as db:
            still = [_waits(db, message) for message in sent]
            # A round asks the hub for what is missing; here it comes with a later trip or line.
            events = readable(db, self._own, answer, self._now)
            if directory_row.kept(db) is not None:
                self.lacks_key = directories.waits_for_key(db, self._own, answer) or self.lacks_key
        pairs = zip(sent, answer.results, still, strict=True)
        kept = [(message, result) for message, result, waits in pairs if waits]
        news = msgspec.structs.replace(
            answer, results=tuple(result for _, result in kept), events=events
        )
        super().take(tuple(message for message, _ in kept), news)

    def _has_heard(self, db: Db) -> None:
        """Leave it: when the hub spoke is in the answer, not in when it came here."""

    def _prepared(self, answer: Exchanged) -> Reading:
        """Leave it: that was done before anything was looked at, and nothing is passed over."""
        return Reading(answer)

    def _renewed(self, answer: Exchanged) -> None:
        with self._vault.reading() as db:
            is_behind = answer.directory > directory_row.version(db)
        if is_behind and self._has_files:
            with suppress(Untrusted):
                directories.renew(self._vault, self._hub, self._own, self._now)
        with self._vault.reading() as db:
            self._own = enrolment.current(db)

    def _note(self, db: Db, answer: Exchanged, seen: WitnessClaim) -> None:
        about = witness.kept(db)
        if about.renewal is not None:
            # An answer from before it is no answer to it.
            begun = read_json(RenewalClaim, about.renewal.claim).now.seq
            is_news = seen.mark.seq >= begun
        else:
            is_news = seen.mark.seq > about.known.seq
        if is_news:
            witness.saw(db, seen)
        mailbox.told(db, answer.time)


def doubt_the_clock(
    vault: Vault, own: Enrolment, returned: tuple[Returned, ...], now: datetime
) -> None:
    """Forget how wrong this clock is, where that made "too old" what it alone would not call so.

    Somebody has set it since a line told, and no line may ever come that tells anew. When the hub
    was heard, by its own clock, stays as it is. Raises `Tampered` for what is not ours.
    """
    late = [
        bundles.own_parcel(each, own.keys)
        for each in returned
        if each.carried.refused is Refusal.TOO_OLD
    ]
    with vault.reading() as db:
        offset = timedelta(seconds=mailbox.place(db).clock_offset)
    if offset and any(abs(now + offset - each.at) <= OLDEST_PARCEL for each in late):
        with vault.transaction() as db:
            mailbox.clock_differs(db, 0)


def _waits(db: Db, message: Message) -> bool:
    # What was settled meanwhile is not unsettled by an answer from before.
    found = outbox.one(db, header_of(message).id)
    return found is not None and found.state == outbox.WAITING
