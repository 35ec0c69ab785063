"""What was handed over and what came back, in a person's words."""

from collections.abc import Iterable, Mapping
from typing import Final

from desktop.errors import AppError
from desktop.services.carrying import Forwarded, Packed, Unpacked
from desktop.services.exchange import HubState
from desktop.services.sticks import Trip
from i18n import later, ntr, tr
from sync.protocol.carrying import Refusal
from ui import messages
from ui.syncing.words import line_words

_REFUSED: Final = {
    Refusal.UNKNOWN_DEVICE: later(
        "The Youth Safety Net does not know this laptop. Join it in Settings when there is a line."
    ),
    Refusal.DEVICE_REVOKED: later(
        "The Youth Safety Net no longer accepts this laptop. Ask your center for a new code, "
        "then join again in Settings."
    ),
    Refusal.TOO_OLD: later(
        "The Youth Safety Net did not take it: it is more than 30 days old, or this laptop's "
        "clock is wrong or has been set. Look at the clock and hand over again."
    ),
    Refusal.NOT_YOURS: later(
        "The laptop that carried it belongs to another organization. Ask a colleague of your own."
    ),
}
_REFUSED_FOR_ANOTHER: Final = {
    Refusal.UNKNOWN_DEVICE: later(
        "The Youth Safety Net does not know a laptop that this came from; the answer says so "
        "there."
    ),
    Refusal.DEVICE_REVOKED: later(
        "The Youth Safety Net no longer accepts a laptop that this came from; the answer says so "
        "there."
    ),
    Refusal.TOO_OLD: later(
        "The Youth Safety Net did not take all of it: something is more than 30 days old, or the "
        "clock there is wrong or has been set; the answer says so there."
    ),
    Refusal.NOT_YOURS: later(
        "A laptop that this came from belongs to another organization: a colleague of theirs has "
        "to bring it."
    ),
}
"""To whoever carries, of whose own laptop nothing is said by it."""
_TOLD_ELSEWHERE: Final = frozenset({HubState.REACHED, HubState.WOULD_REMOVE})
_LACKS_KEY: Final = later(
    "Your center has renewed its key. Connect this laptop to a line once; then the rest comes."
)
_CHANGED: Final = later(
    "The Youth Safety Net could not verify it. Hand over again, and tell your center if this is "
    "said twice."
)
_CHANGED_FOR_ANOTHER: Final = later(
    "The Youth Safety Net could not verify all of it; the answer says what to do there."
)


def handed_out_words(packed: Packed) -> str:
    """Say what goes, and that nothing left this laptop by it."""
    going = ntr(
        "{n} message goes with it, and it asks for news.",
        "{n} messages go with it, and it asks for news.",
        packed.messages,
    )
    if not packed.messages:
        going = tr("Nothing waits to be sent; it asks for news.")
    stays = tr("Here everything stays as it is until the answer is back.")
    left = ntr(
        "{n} message waits for another time.", "{n} messages wait for another time.", packed.left
    )
    return " ".join((going, stays, left) if packed.left else (going, stays))


def on_stick_words(name: str, packed: Packed) -> str:
    """Say where it lies, and what comes next."""
    first = tr("It is on the stick, sealed, as {name}.", name=name)
    then = tr("Take the stick to a laptop of your office that has a line.")
    return f"{first} {then}\n{handed_out_words(packed)}"


def forwarded_words(done: Forwarded) -> str:
    """Say what reached the hub for a colleague."""
    parts = []
    if done.messages:
        parts.append(
            ntr(
                "{n} message reached the Youth Safety Net.",
                "{n} messages reached the Youth Safety Net.",
                done.messages,
            )
        )
    if done.came:
        parts.append(ntr("{n} piece of news goes back.", "{n} pieces of news go back.", done.came))
    if done.untaken:
        parts.append(
            ntr(
                "{n} message was not taken, or not yet: the answer says so there.",
                "{n} messages were not taken, or not yet: the answer says so there.",
                done.untaken,
            )
        )
    parts += _refused(done.refused, _REFUSED_FOR_ANOTHER, _CHANGED_FOR_ANOTHER)
    if done.unanswered:
        parts.append(tr("The line did not last for all of it; what is left waits there."))
    return " ".join(parts or [tr("There was nothing new.")])


def is_all_through(done: Forwarded) -> bool:
    """Say whether nothing of it is left for somebody to look after."""
    return not (done.refused or done.untaken or done.unanswered)


def trip_words(trip: Trip) -> tuple[str, str]:
    """Say what became of a stick, and in which tone."""
    parts = [forwarded_words(_together(trip.forwarded))] if trip.forwarded else []
    if trip.forwarded:
        parts.append(tr("The answer lies on the stick. Take it back to where it came from."))
    if trip.others:
        parts.append(
            ntr(
                "{n} sealed file is another organization's; it was left as it is.",
                "{n} sealed files are another organization's; they were left as they are.",
                trip.others,
            )
        )
    if trip.failed:
        parts.append(messages.sentence(trip.failed))
    is_good = trip.failed is None and all(map(is_all_through, trip.forwarded))
    return " ".join(parts), "ok" if is_good and trip.forwarded else "warn"


def back_words(came: tuple[Unpacked, ...], failed: AppError | None = None) -> tuple[str, str]:
    """Say what came back, what needs somebody, and in which tone."""
    is_asked, lacks_key = any(e.bundle for e in came), any(e.lacks_key for e in came)
    worst = next((each.round for each in came if each.round.state not in _TOLD_ELSEWHERE), None)
    rounds = [each.round for each in came]
    sent, news = sum(each.sent for each in rounds), sum(each.came for each in rounds)
    left = _left_words(sum(e.untaken for e in rounds), sum(e.put_off for e in rounds))
    parts = []
    if sent:
        parts.append(ntr("{n} message has arrived.", "{n} messages have arrived.", sent))
    if news:
        parts.append(ntr("{n} piece of news came.", "{n} pieces of news came.", news))
    parts += left
    refused = _refused((code for e in came for code in e.refused), _REFUSED, _CHANGED)
    parts += refused
    if worst is not None:
        parts.append(line_words(worst.state, is_cut=False, problem=worst.problem).why)
    if is_asked:
        parts.append(tr("What else came waits for your answer below."))
    elif lacks_key:
        parts.append(tr(_LACKS_KEY))
    elif came[-1].has_more:
        parts.append(tr("More waits, here or there: hand over once more."))
    if failed is not None:
        parts.append(messages.sentence(failed))
    is_bad = worst or refused or is_asked or lacks_key or left or came[-1].has_more or failed
    return " ".join(parts or [tr("There was nothing new.")]), "warn" if is_bad else "ok"


def _left_words(untaken: int, put_off: int) -> list[str]:
    """Say what did not arrive, and what is done about it."""
    said = []
    if untaken:
        said.append(
            ntr(
                "{n} message was not taken. “What goes and what comes” says why.",
                "{n} messages were not taken. “What goes and what comes” says why.",
                untaken,
            )
        )
    if put_off:
        said.append(
            ntr(
                "{n} message was put off: hand over once more later.",
                "{n} messages were put off: hand over once more later.",
                put_off,
            )
        )
    return said


def _together(done: tuple[Forwarded, ...]) -> Forwarded:
    return Forwarded(
        b"",
        sum(each.messages for each in done),
        sum(each.came for each in done),
        sum(each.untaken for each in done),
        tuple(dict.fromkeys(code for each in done for code in each.refused)),
        sum(each.unanswered for each in done),
    )


def _refused(codes: Iterable[str], table: Mapping[Refusal, str], otherwise: str) -> list[str]:
    """Say each once; what this program does not know is said as what could not be verified."""
    known = {each.value: words for each, words in table.items()}
    return [tr(each) for each in dict.fromkeys(known.get(code, otherwise) for code in codes)]
