"""How a task may move, written out from protocol.md 1.1 and from nothing of the program's (I7)."""

_WAYS = {
    "requested": "accepted rejected cancelled",
    "accepted": "in-progress on-hold cancelled completed failed",
    "in-progress": "on-hold cancelled completed failed",
    "on-hold": "in-progress cancelled completed failed",
    "rejected": "",
    "cancelled": "",
    "failed": "",
    "completed": "",
    "entered-in-error": "",
}
_SETS = {
    "requester": "cancelled entered-in-error",
    "target": "accepted rejected cancelled in-progress on-hold failed completed",
}
STATES = tuple(_WAYS)
ENDED = frozenset(state for state, ways in _WAYS.items() if not ways)


def is_listed(before: str, after: str, party: str) -> bool:
    """Say whether the table lets this party take a task from one state to the other."""
    is_a_way = after in _WAYS[before].split() or after == "entered-in-error" != before
    return is_a_way and after in _SETS.get(party, "").split()
