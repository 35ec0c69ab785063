"""Somebody without a name becomes somebody with an alias, or somebody known; or their words go."""

from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.text import line
from desktop.domain.youths import About
from desktop.errors import NothingWritten
from desktop.services import destruction, retention
from desktop.services.notes import put_below
from desktop.services.youths import told
from desktop.vault import holdings, jottings, outreach, youths
from desktop.vault.database import Db, Vault
from desktop.vault.purge import Purging


def get_to_know(
    vault: Vault,
    youth: YouthId,
    known: tuple[str, About],
    moment: Moment,
    agreed: bool | None = None,
) -> bool:
    """Give them an alias, and keep what they told of themselves with it: both or neither.

    `agreed` is what they answered about the words from before, None where there are none: raises
    `NothingWritten` where there is anything. With a no it is destroyed now, and
    `retention.sweep` has to follow, as where True is returned (`youths.tell`).
    """
    alias, about = known
    with vault.transaction() as db:
        settle_words(db, vault, youth, agreed, moment)
        youths.rename(db, youth, line(alias, "alias"), moment.now)
        jottings.grown(db, youth, moment.now)
        return told(db, vault, youth, about, moment)


def has_words(vault: Vault, youth: YouthId) -> bool:
    """Say whether anything is noted that they must be asked about before there is an alias."""
    with vault.reading() as db:
        return jottings.has_words(db, youth)


def settle_words(
    db: Db, vault: Vault, youth: YouthId, agreed: bool | None, moment: Moment
) -> None:
    """Do what the young person said about words from before; nothing where there are none.

    With a yes, what was given goes on in the note about the meeting at which it was.
    """
    if not jottings.has_words(db, youth):
        return
    if agreed is None:
        raise NothingWritten(field="agreed")
    if not agreed:
        purging = Purging(db, moment.now)
        purging.words_about(youth)
        destruction.logged(db, vault, purging, (Ground.DECLINED, moment))
        return
    jotting, meetings = jottings.of(db, youth), outreach.meetings_with(db, youth)
    if jotting is not None and jotting.given and meetings:
        put_below(db, vault, (youth, meetings[-1].id), jotting.given, moment)


def expire(vault: Vault, moment: Moment, spared: YouthId | None = None) -> int:
    """Destroy the words whose days are over, and return about how many people they were.

    `spared` waits: somebody may be writing about them now. `retention.sweep` has to follow.
    """
    with vault.reading() as db:
        targets = [
            Target(Thing.JOTTING, youth)
            for youth in jottings.due(db, moment.now)
            if youth != spared
            and holdings.kept_until(db, Target(Thing.JOTTING, youth), moment.now) is None
        ]
    if targets:
        retention.purge(vault, targets, Ground.EXPIRED, moment)
    return len(targets)
