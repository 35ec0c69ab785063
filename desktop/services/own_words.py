"""What this laptop has sent as the device it was before: it comes back as a colleague's words."""

from desktop.services.proofs import Reader
from desktop.vault import outbox, sending
from desktop.vault.database import Db
from sync.client.sealing import header_of
from sync.protocol.answers import Event
from sync.protocol.codec import packed


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Let go of a message that waits here and has reached the hub, byte for byte the same.

    Nothing is called sent by that: the receipt of whoever it is for says so.
    """
    if event.message is None:
        return
    header, own = header_of(event.message), reader.enrolment
    if header.from_org != own.org or header.from_device == own.device:
        return
    if outbox.is_waiting(db, header.id, packed(event.message)):
        sending.settle(db, header.id, outbox.SENT)
