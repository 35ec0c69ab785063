"""A decision about a case: it moves here, and the message about it waits in the outbox."""

from desktop.domain.inbox import Received
from desktop.domain.moment import Moment
from desktop.services import enrolment
from desktop.services.inbox_letters import Writer
from desktop.vault import inbox, inbox_late, outbox
from desktop.vault.database import Db
from desktop.vault.steps import Step
from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus


def writer_of(db: Db, case: Received, moment: Moment) -> Writer:
    """Return who writes about a case to whoever asked; raises `NotEnrolled`."""
    return Writer(enrolment.current(db), str(case.id), case.asker, moment.now)


def decide(db: Db, case: Received, to: TaskStatus, reason: str, moment: Moment) -> None:
    """Bring a case there, for a reason that is a code which the hub sees."""
    ref, message = str(case.id), moment.id("decision")
    writer_of(db, case, moment).moved(db, to, reason, message)
    outbox.leave(db, _decided_before(db, ref))
    inbox.acts_again(db, ref)
    inbox_late.chosen(db, ref, moment.now)
    inbox.moved(db, ref, to, reason, Step(to.value, moment.now, str(message)))


def _decided_before(db: Db, ref: str) -> tuple[str, ...]:
    """Return the decisions that were not taken: the one made now stands in their place."""
    untaken = outbox.untaken(db, ref)
    return tuple(each.id for each in untaken if each.kind is Kind.TASK_STATUS)
