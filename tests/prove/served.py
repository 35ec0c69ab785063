"""What a hub serves, and to whom: held to what it was told, and to nothing of its own (I5).

Every page of every answer is looked at, whether or not anybody hears it.
"""

from prove import moves

from sync.protocol.messages import PACKET_KINDS, SEALED_KINDS


def broken(events, org, books) -> list[str]:
    """Name what these events tell an organisation that it must not be told."""
    return [finding for event in events for finding in _of_one(event, org, books)]


def _of_one(event, org, books):
    task = books.tasks.get(event.ref)
    if task is None:
        yield f"served, and nobody brought it: {event.kind}"
    elif not task.party(org):
        yield f"served to whom it does not concern: {event.kind}"
    elif event.message is not None and event.kind in SEALED_KINDS:
        if books.is_over(event.ref):
            yield f"served after its consent was withdrawn: {event.kind}"
        elif event.kind in PACKET_KINDS and task.status in moves.ENDED:
            yield f"served after its end: {event.kind}"
