"""After a withdrawal: saying that a law makes this agency keep a part, outside this program.

What this program held has been destroyed by then, and that was said. Whoever asked has to tell the
young person without delay what is kept and why (PIPA 37(2)).
"""

from desktop.domain.ids import ReferralId
from desktop.domain.kept_laws import KEPT, KeptLaw
from desktop.domain.moment import Moment
from desktop.services import enrolment
from desktop.services.inbox_letters import Writer
from desktop.vault import inbox, inbox_reading
from desktop.vault.database import Vault
from desktop.vault.steps import Step


def say(vault: Vault, ref: ReferralId, law: KeptLaw, moment: Moment) -> None:
    """Say it, once; where no consent was taken back there is nothing to say."""
    with vault.transaction() as db:
        case = inbox_reading.one(db, ref)
        if case is None or not case.may_keep_by_law:
            return
        writer = Writer(enrolment.current(db), str(ref), case.asker, moment.now)
        message = writer.retained(db, law.value)
        inbox.taken(db, str(ref), Step(f"{KEPT}{law.value}", moment.now, str(message)))
