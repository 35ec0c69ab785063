"""The hub as the model keeps it: what it was told, and what it may answer to that.

Every answer is compared at once, whether or not anybody hears it. A refusal has a cause, or it is
a finding; so has whatever is put off, and whatever is taken.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

from prove import moves

from sync.protocol.answers import Outcome
from sync.protocol.bodies import ConsentWithdrawn, TaskMoved
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import Header, Kind

_ANSWERS = {
    Kind.DELIVERY_RECEIPT, Kind.TASK_STATUS, Kind.TASK_NOTE, Kind.ERASURE_ATTEST,
}  # fmt: skip
_PATIENCE = timedelta(days=30)
"""So long a hub that was put back lets wait what it may have lost (D-061)."""


@dataclass
class Task:
    """A referral, and where its two sides have brought it."""

    from_org: str
    to_org: str
    status: str = "requested"
    is_brought: bool = True
    """Whether its packet came, and not only the word that its consent has ended."""

    def party(self, org):
        return {self.to_org: "target", self.from_org: "requester"}.get(org, "")


@dataclass
class Books:
    """What one hub was told. Whoever puts its database back puts these back."""

    given: set = field(default_factory=set)
    ended: set = field(default_factory=set)
    overtaken: set = field(default_factory=set)
    """Consents whose end came before their beginning."""
    tasks: dict = field(default_factory=dict)
    bases: set = field(default_factory=set)
    """Referral and consent that it stands on."""
    settled: dict = field(default_factory=dict)
    """Message to its digest and what was answered first, which holds for ever (I2)."""

    def is_over(self, ref):
        """Say whether anything that the referral stands on has ended."""
        return any(mine == ref and consent in self.ended for mine, consent in self.bases)


class Heard:
    """Follows every answer of the hub. `wrong` names what must not have been said."""

    def __init__(self):
        self.books, self.wrong = Books(), []
        self._kept, self._put_back_at = Books(), None
        self.consents, self.meant = {}, set()
        """Every consent anybody asked for, and those that anybody said had ended."""
        self.refused = set()
        """Referral and code of each refusal that had its cause."""
        self._attested = set()
        """Referrals whose agency said once, in whatever life of the hub, that they are gone."""
        self.requests, self.poison = {}, set()
        """The message that brought a referral; the ids of what no hub may take."""

    def keep(self):
        """The hub's database is copied."""
        self._kept = deepcopy(self.books)

    def put_back(self, now):
        """The copy is the hub's database now."""
        self.books, self._put_back_at = deepcopy(self._kept), now

    @property
    def is_put_back(self):
        """Say whether this is not the hub's first life."""
        return self._put_back_at is not None

    def answered(self, items, results, now):
        """Compare the answer to these items, in order."""
        if len(items) != len(results):
            self.wrong.append("a message was left without an answer")
        for message, result in zip(items, results, strict=False):
            try:
                header = read_json(Header, message.header)
            except Unreadable:
                self._holds(result.outcome is Outcome.REJECTED, "taken, and nobody can read it")
                continue
            self._one(header, message, result, now)

    def has_cause(self, ref, problem):
        """Say whether the hub refused this referral so, and had to."""
        return (ref, problem) in self.refused

    def _one(self, header, message, result, now):
        before = self.books.settled.get(header.id)
        if header.kind is Kind.ERASURE_ATTEST:
            self._attested.add(header.ref)
        if header.id in self.poison:
            self._holds(result.outcome is Outcome.REJECTED, "what no hub may take was taken")
        elif before is not None:
            self._again(header, message, result, before)
        elif result.outcome is Outcome.RETRY:
            may_wait = header.kind in _ANSWERS and self._may_be_lost(header)
            self._holds(may_wait, f"put off without a cause: {header.kind}")
        else:
            said = (message.digest(), result.outcome, result.reason)
            self.books.settled[header.id] = said
            self._first(header, message, result, now)

    def _again(self, header, message, result, before):
        digest, outcome, reason = before
        if message.digest() != digest:
            # A practice desk that hears of an end again attests again, by the id of before; from
            # a hub put back to before that end it takes up anew what it had destroyed.
            is_anew = self.is_put_back and header.kind in _ANSWERS and header.ref in self._attested
            may_be = header.kind is Kind.ERASURE_ATTEST or is_anew
            self._holds(may_be, f"two messages have one id: {header.kind}")
            known = (Outcome.REJECTED, "id-reused")
        else:
            known = (Outcome.DUPLICATE, "") if outcome is Outcome.ACCEPTED else (outcome, reason)
        if outcome is result.outcome is Outcome.ACCEPTED:
            self.wrong.append("a message was taken a second time")
        elif (result.outcome, result.reason) != known:
            self.wrong.append("a message was answered once more, and otherwise")

    def _first(self, header, message, result, now):
        if result.outcome is Outcome.ACCEPTED:
            self._takes(header, message, now)
            task = self.books.tasks.get(header.ref)
            is_so = task is None or task.status == result.state
            self._holds(is_so, "a task stands where nobody brought it")
            return
        code = result.reason or result.outcome.value
        if self._had_to(header, message, code, now):
            self.refused.add((header.ref, code))
        else:
            self.wrong.append(f"refused without a cause: {code} ({header.kind})")

    def _takes(self, header, message, now):
        if header.kind is Kind.CONSENT_GIVEN:
            self.books.given.add(header.ref)
        elif header.kind is Kind.CONSENT_WITHDRAWN:
            self._ends(header, read_json(ConsentWithdrawn, message.body))
        elif header.kind is Kind.REFERRAL_REQUEST:
            self._begins(header, message, now)
        elif header.kind is Kind.TASK_STATUS:
            self._moves(header, read_json(TaskMoved, message.body).to)

    def _ends(self, header, body):
        books = self.books
        self._holds(header.ref in self.meant, "a consent was ended, and nobody had said so")
        if header.ref not in books.given:
            books.overtaken.add(header.ref)
        books.ended.add(header.ref)
        for each in body.referrals:
            books.tasks.setdefault(each.ref, Task(header.from_org, each.to_org, is_brought=False))
            books.bases.add((each.ref, header.ref))
        for ref, consent in books.bases:
            task = books.tasks[ref]
            if consent == header.ref and task.status not in moves.ENDED:
                task.status = "cancelled"

    def _begins(self, header, message, now):
        books, consent = self.books, header.consent_id
        self._holds(now < self.consents[consent].valid_until, "taken after its consent had ended")
        self._holds(consent not in books.ended, "taken after its consent was withdrawn")
        is_first = consent not in books.overtaken
        self._holds(is_first, "taken, though its withdrawal had come before its consent")
        self._holds(header.ref not in books.tasks, "a referral was begun a second time")
        books.tasks[header.ref] = Task(header.from_org, header.to_org)
        books.bases.add((header.ref, consent))
        self.requests[header.ref] = message

    def _moves(self, header, to):
        task = self.books.tasks.get(header.ref)
        if task is None:
            self.wrong.append("a task was moved that nobody has")
            return
        is_listed = moves.is_listed(task.status, to, task.party(header.from_org))
        self._holds(is_listed, "a task was moved where it may not go")
        task.status = to

    def _had_to(self, header, message, code, now):
        books, task = self.books, self.books.tasks.get(header.ref)
        if header.kind is Kind.REFERRAL_REQUEST:
            return {
                "consent-expired": now >= self.consents[header.consent_id].valid_until,
                "consent-withdrawn": header.consent_id in books.ended,
                "consent-unknown": header.consent_id not in books.given,
                "id-reused": task is not None,
            }.get(code, False)
        if header.kind not in _ANSWERS:
            return False
        if header.kind is Kind.TASK_NOTE and code == "consent-withdrawn":
            return books.is_over(header.ref)
        if header.kind is Kind.TASK_STATUS and code in {"conflict", "not-your-task"} and task:
            to = read_json(TaskMoved, message.body).to
            return not moves.is_listed(task.status, to, task.party(header.from_org))
        if header.kind is Kind.ERASURE_ATTEST and task and task.is_brought:
            is_patient = self.is_put_back and now - self._put_back_at < _PATIENCE
            return code == "not-your-task" and self._may_be_lost(header) and not is_patient
        return code == "not-your-task" and (task is None or not task.is_brought)

    def _may_be_lost(self, header):
        """Say whether what this answers may have been said in the hub's life before.

        A referral then comes again, and so does a withdrawal, which an agency may have obeyed.
        """
        books = self.books
        is_early = header.kind is Kind.ERASURE_ATTEST and not books.is_over(header.ref)
        return self.is_put_back and (header.ref not in books.tasks or is_early)

    def _holds(self, is_so, finding):
        if not is_so:
            self.wrong.append(finding)
