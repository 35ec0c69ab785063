"""The hub as the model keeps it: what it was told, and what it may answer to that.

Every answer is compared at once, whether or not anybody hears it. A refusal has a cause, or it is
a finding; so has whatever is put off, and whatever is taken.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

from prove import moves

from sync.protocol.answers import Outcome
from sync.protocol.bodies import ConsentGiven, ConsentWithdrawn, DeliveryReceipt, TaskMoved
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import Header, Kind

_ANSWERS = {
    Kind.DELIVERY_RECEIPT, Kind.TASK_STATUS, Kind.TASK_NOTE, Kind.ERASURE_ATTEST,
}  # fmt: skip
_MAY_WAIT = _ANSWERS | {Kind.REFERRAL_AMEND}
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
    called_off: set = field(default_factory=set)
    """Referrals that whoever asked called off, and that had not ended before."""
    tasks: dict = field(default_factory=dict)
    bases: set = field(default_factory=set)
    """Referral and consent that it stands on."""
    brought: dict = field(default_factory=dict)
    """Referral to the digests of everything told in it, which a receipt may name."""
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
        self.stopped, self.taken_off = set(), set()
        """Every referral that anybody called off, and those of which a hub, in whatever life,
        signed that it is."""
        self.ended_first = set()
        """Referrals whose calling off met, in whatever life of the hub, an earlier end."""
        self.given_up, self.unheard = set(), set()
        """Referrals of which their agency's receipt, or its word that they are gone, came to a hub
        that was put back, had forgotten them and had had patience as long as it has (D-061)."""
        self.scopes = {}
        """To whom, and what, each consent allows, in the words that the hub was told."""
        self.refused = set()
        """Referral and code of each refusal that had its cause."""
        self.unsaid = set()
        """Referrals whose agency's words were refused behind a decision that came too late."""
        self._late = set()
        """Referrals of which a decision of this request came after their end."""
        self.received, self.attested = set(), set()
        """Referrals whose agency said once, in whatever life of the hub, that they had come, and
        that they are gone."""
        self.forgetful = set()
        """Desks that were put back, and say anew that something came."""
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
        self._late = set()
        for message, result in zip(items, results, strict=False):
            try:
                header = read_json(Header, message.header)
            except Unreadable:
                self._holds(result.outcome is Outcome.REJECTED, "taken, and nobody can read it")
                continue
            self._one(header, message, result, now)
            self._compare_words(header, result)

    def has_cause(self, ref, problem):
        """Say whether the hub refused this referral so, and had to."""
        return (ref, problem) in self.refused

    def _compare_words(self, header, result):
        is_decision = header.kind is Kind.TASK_STATUS and result.outcome is Outcome.CONFLICT
        if is_decision and result.state in moves.ENDED:
            self._late.add(header.ref)
        is_word = header.kind is Kind.TASK_NOTE and result.outcome is Outcome.ACCEPTED
        is_late = is_word and header.ref in self._late
        self._holds(not is_late, "words were taken with a decision that came too late")

    def _one(self, header, message, result, now):
        before = self.books.settled.get(header.id)
        if header.kind is Kind.ERASURE_ATTEST:
            self.attested.add(header.ref)
        elif header.kind is Kind.DELIVERY_RECEIPT:
            self.received.add(header.ref)
        if header.id in self.poison:
            self._holds(result.outcome is Outcome.REJECTED, "what no hub may take was taken")
        elif before is not None:
            self._again(header, message, result, before)
        elif result.outcome is Outcome.RETRY:
            may_wait = header.kind in _MAY_WAIT and self._may_be_lost(header, message)
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
            # The same it does of what was called off, where it attests nothing.
            is_gone = header.ref in self.attested | self.taken_off
            is_anew = self.is_put_back and header.kind in _ANSWERS and is_gone
            is_forgotten = header.from_device in self.forgetful
            is_said_once = header.kind is Kind.DELIVERY_RECEIPT and is_forgotten
            may_be = header.kind is Kind.ERASURE_ATTEST or is_anew or is_said_once
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
            if header.kind is Kind.TASK_NOTE:
                self.unsaid.add(header.ref)
            elif header.kind is Kind.REFERRAL_CANCEL and code == "conflict":
                self.ended_first.add(header.ref)
            elif header.kind is Kind.DELIVERY_RECEIPT and self._has_waited(header, now):
                self.given_up.add(header.ref)
            elif header.kind is Kind.ERASURE_ATTEST and self._has_waited(header, now):
                self.unheard.add(header.ref)
        else:
            self.wrong.append(f"refused without a cause: {code} ({header.kind})")

    def _takes(self, header, message, now):
        if header.kind is Kind.CONSENT_GIVEN:
            self.books.given.add(header.ref)
            self.scopes[header.ref] = read_json(ConsentGiven, message.body)
        elif header.kind is Kind.CONSENT_WITHDRAWN:
            self._ends(header, read_json(ConsentWithdrawn, message.body))
        elif header.kind is Kind.REFERRAL_REQUEST:
            self._begins(header, message, now)
        elif header.kind is Kind.REFERRAL_AMEND:
            self._adds(header, message, now)
        elif header.kind is Kind.REFERRAL_CANCEL:
            self._calls_off(header)
        elif header.kind is Kind.TASK_STATUS:
            self._moves(header, read_json(TaskMoved, message.body).to)
        elif header.kind in _ANSWERS:
            self._answers(header, message)

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
        self._is_within(header)
        is_first = consent not in books.overtaken
        self._holds(is_first, "taken, though its withdrawal had come before its consent")
        self._holds(header.ref not in books.tasks, "a referral was begun a second time")
        books.tasks[header.ref] = Task(header.from_org, header.to_org)
        books.bases.add((header.ref, consent))
        books.brought[header.ref] = {message.digest()}
        self.requests[header.ref] = message

    def _adds(self, header, message, now):
        books, task = self.books, self.books.tasks.get(header.ref)
        self._holds(
            now < self.consents[header.consent_id].valid_until, "taken after its consent had ended"
        )
        self._is_within(header)
        is_over = header.consent_id in books.ended or books.is_over(header.ref)
        self._holds(not is_over, "taken after its consent was withdrawn")
        may_add = task is not None and task.status not in moves.ENDED
        self._holds(may_add, "more was told in what has ended")
        books.bases.add((header.ref, header.consent_id))
        books.brought.setdefault(header.ref, set()).add(message.digest())

    def _calls_off(self, header):
        books, ref = self.books, header.ref
        self._holds(ref in self.stopped, "called off, and nobody had said so")
        if ref not in books.tasks:
            # It says whose it was: what is still on its way must come too late.
            books.tasks[ref] = Task(header.from_org, header.to_org, is_brought=False)
            books.bases.add((ref, header.consent_id))
        if books.tasks[ref].status != "cancelled":  # once more, or withdrawn: it changes nothing
            self._moves(header, "cancelled")
            books.called_off.add(ref)
        self.taken_off.add(ref)

    def _is_within(self, header):
        scope = self.scopes.get(header.consent_id)
        is_so = scope is not None and header.to_org in scope.recipients
        is_so = is_so and set(header.item_codes) <= set(scope.item_codes)
        self._holds(is_so, "taken, and its consent does not allow it")

    def _answers(self, header, message):
        """An agency says that it came, something in words, or that it is gone."""
        task, is_over = self.books.tasks.get(header.ref), self.books.is_over(header.ref)
        is_its_own = task is not None and task.party(header.from_org) == "target"
        self._holds(is_its_own, f"taken from another than its agency: {header.kind}")
        if header.kind is Kind.DELIVERY_RECEIPT:
            is_known = self._is_brought(header, message)
            self._holds(is_known, "a receipt was taken for what nobody brought")
        elif header.kind is Kind.TASK_NOTE:
            is_for_whom = task is not None and header.to_org == task.from_org
            self._holds(is_for_whom, "words were taken for another than whoever asked")
            self._holds(not is_over, "words were taken after a consent was withdrawn")
        else:
            self._holds(is_over, "called gone, and nobody had withdrawn")

    def _is_brought(self, header, message):
        digest = read_json(DeliveryReceipt, message.body).digest
        return digest in self.books.brought.get(header.ref, ())

    def _moves(self, header, to):
        task = self.books.tasks.get(header.ref)
        if task is None:
            self.wrong.append("a task was moved that nobody has")
            return
        is_listed = moves.is_listed(task.status, to, task.party(header.from_org))
        self._holds(is_listed, "a task was moved where it may not go")
        task.status = to

    def _had_to(self, header, message, code, now):
        task = self.books.tasks.get(header.ref)
        if header.kind in {Kind.REFERRAL_REQUEST, Kind.REFERRAL_AMEND}:
            return self._had_to_keep_out(header, task, code, now)
        if header.kind not in _ANSWERS:
            return header.kind is Kind.REFERRAL_CANCEL and self._had_to_go_on(header, task, code)
        if header.kind is Kind.TASK_NOTE and code == "consent-withdrawn":
            return self.books.is_over(header.ref)
        if header.kind is Kind.TASK_NOTE and code == "conflict":
            return header.ref in self._late
        if header.kind is Kind.TASK_STATUS and code in {"conflict", "not-your-task"} and task:
            to = read_json(TaskMoved, message.body).to
            must_wait = self._is_patient(now) and self._may_be_lost(header, message)
            return not (moves.is_listed(task.status, to, task.party(header.from_org)) or must_wait)
        is_unknown = task is None or not task.is_brought
        return code == "not-your-task" and (
            is_unknown or self._came_to_nothing(header, message, now)
        )

    def _had_to_go_on(self, header, task, code):
        """Say whether it was not to be called off; of what nobody knows here the hub learns."""
        if task is None:
            return False
        was_first = task.status in moves.ENDED and header.ref not in self.books.called_off
        is_theirs = task.party(header.from_org) != "requester"
        return {"conflict": was_first, "not-your-task": is_theirs}.get(code, False)

    def _had_to_keep_out(self, header, task, code, now):
        books, consent = self.books, header.consent_id
        is_more = header.kind is Kind.REFERRAL_AMEND
        return {
            "consent-expired": now >= self.consents[consent].valid_until,
            "consent-withdrawn": consent in books.ended or (is_more and books.is_over(header.ref)),
            "consent-unknown": consent not in books.given,
            "id-reused": not is_more and task is not None,
            "conflict": is_more and task is not None and task.status in moves.ENDED,
            "not-your-task": is_more and task is None,
        }.get(code, False)

    def _came_to_nothing(self, header, message, now):
        """Say whether what this answers is not there, and cannot be lost, or came too late."""
        is_patient, is_lost = self._is_patient(now), self._may_be_lost(header, message)
        if header.kind is Kind.DELIVERY_RECEIPT:
            return not self._is_brought(header, message) and not (is_lost and is_patient)
        return header.kind is Kind.ERASURE_ATTEST and is_lost and not is_patient

    def _has_waited(self, header, now):
        is_lost = self.is_put_back and header.ref not in self.books.tasks
        return is_lost and not self._is_patient(now)

    def _is_patient(self, now):
        return self.is_put_back and now - self._put_back_at < _PATIENCE

    def _may_be_lost(self, header, message):
        """Say whether what this answers may have been said in the hub's life before.

        A referral then comes again, and so does a withdrawal, which an agency may have obeyed, and
        the yes of one desk, which another's step follows.
        """
        task = self.books.tasks.get(header.ref)
        if task is None or not self.is_put_back:
            return self.is_put_back
        if header.kind is Kind.ERASURE_ATTEST:
            return not self.books.is_over(header.ref)
        if header.kind is Kind.TASK_STATUS:
            to, party = read_json(TaskMoved, message.body).to, task.party(header.from_org)
            is_first = moves.is_listed("requested", to, party)
            is_next = moves.is_listed("accepted", to, party)
            return task.status == "requested" and is_next and not is_first
        is_under_way = header.kind is Kind.DELIVERY_RECEIPT and task.status not in moves.ENDED
        return is_under_way and not self._is_brought(header, message)

    def _holds(self, is_so, finding):
        if not is_so:
            self.wrong.append(finding)
