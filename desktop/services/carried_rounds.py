"""The vault as an answer sees it that somebody carried: old perhaps, and with nobody to ask."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from itertools import takewhile

import msgspec

from desktop.services import agencies, directories, enrolment
from desktop.services.rounds import VaultQueue
from desktop.vault import directory as directory_row
from desktop.vault import mailbox, outbox, witness
from desktop.vault.database import Db, Vault
from sync.client.directory import sender_of
from sync.client.enrolment import Enrolment
from sync.client.errors import CertRefused, EnrolmentRefused, Tampered, Untrusted
from sync.client.sealing import header_of
from sync.protocol.answers import Event, Exchanged
from sync.protocol.codec import read_json
from sync.protocol.directory import DirectoryBook, Enrolled
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

    def take(self, sent: tuple[Message, ...], answer: Exchanged) -> None:
        """Settle what still waits and apply the events that can be read: one transaction."""
        self._renewed(answer)
        with self._vault.reading() as db:
            still = [_waits(db, message) for message in sent]
            events = self._readable(db, answer)
        pairs = zip(sent, answer.results, still, strict=True)
        kept = [(message, result) for message, result, waits in pairs if waits]
        news = msgspec.structs.replace(
            answer, results=tuple(result for _, result in kept), events=events
        )
        super().take(tuple(message for message, _ in kept), news)

    def _has_heard(self, db: Db) -> None:
        """Leave it: when the hub spoke is in the answer, not in when it came here."""

    def _has_newer_directory(self, answer: Exchanged) -> bool:  # noqa: ARG002  (the base's)
        """Leave it: that was done before anything was looked at, and nothing is passed over."""
        return False

    def _renewed(self, answer: Exchanged) -> None:
        with self._vault.reading() as db:
            is_behind = answer.directory > directory_row.version(db)
        if is_behind and self._has_files:
            with suppress(Untrusted):
                directories.renew(self._vault, self._hub, self._own, self._now)
        with self._vault.reading() as db:
            self._own = enrolment.current(db)

    def _readable(self, db: Db, answer: Exchanged) -> tuple[Event, ...]:
        """Leave for later what only a newer directory, or a newer key of ours, can prove.

        A round asks the hub for it; passing it over here would lose it.
        """
        book = agencies.book(db)
        is_behind = answer.directory > directory_row.version(db)

        def can_be_read(event: Event) -> bool:
            message = event.message
            if message is None:
                return True
            if not is_behind:
                return not directories.lacks_key(self._own, book, message)
            # The newer one may list the key of ours to which it is sealed.
            is_closed = bool(directories.unopened(self._own, message))
            return not is_closed and _is_known(event, message, book, self._now)

        return tuple(takewhile(can_be_read, answer.events))

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


def _waits(db: Db, message: Message) -> bool:
    # What was settled meanwhile is not unsettled by an answer from before.
    found = outbox.one(db, header_of(message).id)
    return found is not None and found.state == outbox.WAITING


def _is_known(event: Event, message: Message, book: DirectoryBook, now: datetime) -> bool:
    try:
        sender_of(message, event.cert, book, min(now, event.at))
    except CertRefused:
        return False
    except Tampered:
        return True
    return True
