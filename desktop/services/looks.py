"""Showing a record and writing down that it was shown; and who has looked.

Every service that shows a record reads through `shown`, so no page can show one without it.
"""

import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from desktop.domain.ids import YouthId
from desktop.domain.looks import Act, Kind, Look, Reader, Sight, Why, at_youth
from desktop.domain.moment import Moment
from desktop.domain.retention import Ground
from desktop.errors import DiskFailed, DiskFull, ReasonNeeded
from desktop.vault import destruction, looks, mailbox
from desktop.vault.database import Db, Vault
from sync.protocol.digests import sha256

T = TypeVar("T")


def shown(
    vault: Vault,
    read: Callable[[Db], T],
    sights: Callable[[T], Iterable[Sight]],
    moment: Moment,
) -> T:
    """Read, and write the look down in the same transaction: neither happens without the other.

    But a full or failing disk must not stand between a counselor and a safety plan: then it is
    shown all the same, the look is remembered (`owed`), and written down with the next one.
    """
    try:
        with vault.transaction() as db:
            found = read(db)
            who = reader(db, vault)
            _settle(db, vault)
            looks.all_looked(db, who, sights(found), moment.now)
    except (DiskFull, DiskFailed):
        with vault.reading() as db:
            found, who = read(db), reader(db, vault)
        looks.owed(vault).extend(Look(moment.now, who, sight) for sight in sights(found))
        return found
    looks.owed(vault).clear()
    return found


def taken_out(vault: Vault, sights: Iterable[Sight], moment: Moment, why: Why = Why.USUAL) -> None:
    """Write down that records were printed or taken out. Call it first: then nothing goes unsaid.

    What the organisation opened this vault for counts before `why`.

    Raises `DiskFull` or `DiskFailed`; nothing is printed then.
    """
    with vault.transaction() as db:
        who = reader(db, vault)
        if who.why is Why.USUAL:
            who = replace(who, why=why)
        looks.all_looked(db, who, sights, moment.now)


def owed(vault: Vault) -> int:
    """Return how many looks the disk has not taken yet. They end with the program: say so."""
    return len(looks.owed(vault))


def settle(vault: Vault) -> None:
    """Write down what is owed; DiskFull, DiskFailed. Before a lock through `last_words`."""
    if looks.owed(vault):
        with vault.transaction() as db:
            _settle(db, vault)
        looks.owed(vault).clear()


def reader(db: Db, vault: Vault) -> Reader:
    """Return who looks: whose vault this is, on which laptop, both as numbers."""
    number = sha256(vault.vault_id.bytes + platform.node().encode()).hex()
    return looks.reader(db, vault.vault_id.hex, number[:8])


def opened_because(vault: Vault, why: Why, moment: Moment) -> None:
    """Say why the organisation opened this vault; until then nothing in it is shown."""
    if why is Why.USUAL:
        raise ReasonNeeded
    with vault.transaction() as db:
        looks.opened_because(db, why, moment.now)


def of(vault: Vault, youth: YouthId) -> tuple[Look, ...]:
    """Return who has looked at anything about a young person, newest first (PIPA 35)."""
    with vault.reading() as db:
        return looks.of_youth(db, youth)


def between(vault: Vault, start: datetime, end: datetime) -> tuple[Look, ...]:
    """Return every look from `start` until before `end`, oldest first."""
    with vault.reading() as db:
        return looks.between(db, start, end)


def forget_older(vault: Vault, moment: Moment) -> int:
    """Delete looks older than two years, and log how many.

    None, before a hub was heard: a clock that is years off would take the whole record away.
    """
    with vault.transaction() as db:
        proven = mailbox.proven_time(db, moment.now)
        gone = looks.forget_old(db, proven, moment.now) if proven else 0
        if gone:
            entry = destruction.Entry(
                moment.fresh, moment.now, reader(db, vault).who, Ground.EXPIRED, {"look": gone}
            )
            destruction.add(db, entry)
    return gone


def taken_as_file(
    vault: Vault, span: tuple[datetime, datetime], moment: Moment, *, with_aliases: bool = False
) -> tuple[tuple[Look, ...], Mapping[YouthId, str]]:
    """Return the looks of a time for a supervisor, and write down that they were taken out.

    An alias identifies somebody, so there are only ids unless `with_aliases` was asked for; then
    each of those young people is looked at, too.
    """
    found = between(vault, *span)
    youths = {look.sight.youth for look in found if look.sight.youth} if with_aliases else set()
    sights = [Sight(Kind.LOOKS, "looks", act=Act.EXPORTED)]
    sights += [at_youth(youth, Act.EXPORTED) for youth in sorted(youths)]
    taken_out(vault, sights, moment)
    with vault.reading() as db:
        return found, looks.aliases(db, youths)


def _settle(db: Db, vault: Vault) -> None:
    for look in looks.owed(vault):
        looks.looked(db, look.reader, look.sight, look.at)
