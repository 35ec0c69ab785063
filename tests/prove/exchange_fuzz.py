"""Whatever a hub answers, the client falls over nothing, waits for nothing and believes no lie.

Real answers are garbled (see `garbled`) and read as the program reads them: most over a queue in
memory, one in 100 by a real vault (where a write outside a transaction would be seen), one in 500
over a real socket. Controls: readers that let one
class of error out, that pass over gaps, that believe every receipt, that stop at one lie, that
write while they read, that never come to an end.
"""

import signal
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from prove import genuine
from prove.fuzzed import Mouth, Vaults
from prove.garbled import Garbler
from prove.genuine import Street
from prove.instead import instead
from prove.proof import Proof, scratch, spread

from desktop.services import hearing, rounds
from desktop.vault import mailbox
from sync.client import engine, reading
from sync.client.errors import LineError, Refused, Tampered, Untrusted

NAME = "exchange-fuzz"
FULL = 1_000_000
CASES_A_PIECE = 50_000
IN_A_VAULT, OVER_A_SOCKET = 100, 500
"""One case in so many."""
LONGEST = 5
"""Seconds for one case."""
_SHORT = 0.2
_LONGEST_CODE = 40


class Hung(BaseException):
    """A case took too long."""


def run(count: int) -> Proof:
    """Read that many answers."""
    with limited():
        broken = spread(pieces, count, CASES_A_PIECE, NAME)
        caught = [_is_caught(fault) for fault in FAULTS] + [_is_called_hung()]
        caught += [_is_caught_in_a_vault(*each) for each in FAULTS_IN_A_VAULT]
    return Proof(count, len(broken), all(caught))


def pieces(seed: str, count: int) -> list[str]:
    """Read one piece of them; return what did not hold."""
    slow = max(2, count // IN_A_VAULT), max(2, count // OVER_A_SOCKET)
    with scratch("fuzz") as place:
        street = Street(Path(place) / "street")
        garbler = Garbler(seed, tuple(sample.body for sample in street.samples))
        began = time.monotonic()
        broken = fast(street, garbler, max(1, count - sum(slow)))
        rate = (count - sum(slow)) / (time.monotonic() - began)
        with Mouth() as mouth:
            broken += mouth.spoken(street, garbler, slow[1], each)
        broken += Vaults(Path(place), seed).taken(garbler, slow[0], each)
    if seed.endswith(" 0"):
        print(f"  {NAME}: {rate:.0f} cases a second", file=sys.stderr, flush=True)
    return broken


def fast(street: Street, garbler: Garbler, count: int, seconds: float = LONGEST) -> list[str]:
    """Read answers over a queue in memory."""
    broken = []
    for number in range(count):
        sample = garbler.chance.choice(street.samples)
        said = garbler(sample.body)

        def case(sample=sample, said=said):
            return list(sample.take(reading.read(said, sample.kind)))

        broken += [f"{number} {sample.kind.__name__}: {what}" for what in each(case, seconds)]
    return broken


def each(case, seconds=LONGEST):
    """Run one case within its time; return what did not hold."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return case() or []
    except Refused as refused:
        return [] if len(refused.code) <= _LONGEST_CODE and refused.code.isascii() else ["a code"]
    except (LineError, Untrusted):
        return []
    except Hung:
        return ["hung"]
    except Exception as error:  # noqa: BLE001 - whatever else it is, it is the finding
        return [f"raised {type(error).__name__}: {str(error)[:80]}"]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def limited():
    """Let a timer end what takes too long."""

    def ring(_signal, _frame):
        raise Hung

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


def _is_caught(fault):
    with scratch("fuzz") as place, fault():
        street = Street(Path(place) / "street")
        garbler = Garbler("control", tuple(sample.body for sample in street.samples))
        return any(fast(street, garbler, 300) for _ in range(10))


def _is_caught_in_a_vault(fault, words):
    with scratch("fuzz") as place:
        street = Street(Path(place) / "street")
        garbler = Garbler("control", tuple(sample.body for sample in street.samples))
        with fault(), closing(Vaults(Path(place), "control").taken(garbler, 100, each)) as found:
            return any(words in what for what in found)


def _is_called_hung():
    with scratch("fuzz") as place, never_ends():
        street = Street(Path(place) / "street")
        garbler = Garbler("control", tuple(sample.body for sample in street.samples))
        return any("hung" in what for what in fast(street, garbler, 3, _SHORT))


def lets_errors_out():
    """A reader that does not know one of the ways in which bytes are wrong."""
    return instead(reading, "unpacked", lambda kind, raw: msgspec.msgpack.decode(raw, type=kind))


def passes_over_gaps():
    """A client that does not look at the numbers of what comes."""
    return instead(engine, "check", lambda asked, answer: None)


def believes_receipts():
    """A client for which every receipt proves what it is beside."""
    return instead(genuine, "proves", lambda receipt, *_: receipt is not None)


def keeps_no_doubts():
    """A laptop that lets one event without proof stop the round."""
    return instead(hearing, "Untrusted", ZeroDivisionError)


def writes_while_reading():
    """A laptop that notes something down where it only looks how far it has read."""
    looks = mailbox.place

    def place(db):
        db.execute("UPDATE mailbox SET seq = seq")
        return looks(db)

    return instead(mailbox, "place", place)


def takes_any_receipt():
    """A laptop for which whatever stands in a receipt's place is one."""
    return instead(rounds, "proves", lambda receipt, *_: receipt is not None)


def never_believes_again():
    """A laptop that takes no other life of its hub for true."""

    def rejoin(_queue, epoch):
        raise Tampered(epoch)

    return instead(rounds.VaultQueue, "rejoin", rejoin)


def never_ends():
    """A reader that waits for something in the answer that does not come."""

    def read(_said, _kind):
        while True:
            time.sleep(_SHORT)

    return instead(reading, "read", read)


FAULTS = (lets_errors_out, passes_over_gaps, believes_receipts)
FAULTS_IN_A_VAULT = (
    (keeps_no_doubts, "the round raised"),
    (writes_while_reading, "outside a transaction"),
    (takes_any_receipt, "that the hub has not signed"),
    (never_believes_again, "an honest hub was not believed"),
)
