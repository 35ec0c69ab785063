"""Each line of the gate, and what it becomes when it is taken out. Every one must be noticed."""

import inspect
import textwrap
from contextlib import contextmanager

from prove.instead import instead

from desktop.domain import consents, entrustments
from desktop.domain.consents import Consent
from desktop.domain.entrustments import Held
from desktop.services import covering, referrals
from desktop.vault import sending

VIEW, TRIGGER = ("view", "tellable"), ("trigger", "nothing_leaves_without_basis")
LATER = "(n.n, n.asked_at, n.row) > (coalesce(o.n, 0), c.asked_at, c.rowid)"
SQL = {
    "15 was answered": (VIEW, "k.answer = 'given'", "1"),
    "15 is 15": (VIEW, "k.article = '15' AND", ""),
    "17 was answered": (VIEW, "p.answer = 'given'", "1"),
    "17 is 17": (VIEW, "p.article = '17' AND", ""),
    "23 is 23": (VIEW, "s.article = '23'", "1"),
    "23 for what is sensitive": (
        VIEW, "(i.item NOT IN ('situation', 'health') OR s.answer = 'given')", "1"),
    "allowed when it was kept": (VIEW, "AND i.allowed = 1", ""),
    "not withdrawn": (VIEW, "c.withdrawn_at IS NULL", "1"),
    "of an age to answer alone": (VIEW, "< 14", "< 0"),
    "a guess a year too high": (VIEW, "iif(y.age_basis = 'estimated', 1, 0)", "0"),
    "under 14, not later": (VIEW, "< 14", "< 15"),
    "of this person": (VIEW, "y.id = c.youth", "1"),
    "a guardian may": (VIEW, "c.guardian IS NOT NULL OR", ""),
    "not replaced": (VIEW, "z.supersedes = c.id", "0"),
    "a no of theirs": (VIEW, "n.youth = c.youth AND", ""),
    "a no about this agency": (VIEW, "AND n.agency = c.agency", ""),
    "a later no": (VIEW, LATER, "1"),
    "later by keeping, not by the clock": (
        VIEW, LATER, "(n.asked_at, n.row) > (c.asked_at, c.rowid)"),
    "a later withdrawal": (VIEW, "n.withdrawn_at IS NOT NULL OR", ""),
    "a no is a no": (VIEW, "a.answer <> 'given'", "1"),
    "24 is 24": (VIEW, "u.article = '24'", "1"),
    "24 for a number": (VIEW, "(i.item <> 'identifier' OR u.answer = 'given')", "1"),
    "a number where a law entrusts": (VIEW, "CASE WHEN i.item = 'identifier'", "CASE WHEN 0"),
    "entrusted at all": (VIEW, "LIMIT 1), '')", "LIMIT 1), '9999')"),
    "entrusted by the newest": (VIEW, "ORDER BY e.version DESC", "ORDER BY e.version"),
    "no longer than the consent": (VIEW, "min(c.valid_until, coalesce(", "(coalesce("),
    "a no to 24 ends a number": (VIEW, "a.article <> '24' OR", ""),
    "and only a number": (VIEW, "OR i.item = 'identifier')", "OR 1)"),
    "a no to 23 ends what is sensitive": (VIEW, "a.article <> '23' OR", ""),
    "and only that": (VIEW, "OR i.item IN ('situation', 'health')", "OR 1"),
    "something is told": (TRIGGER, "json_array_length(NEW.items) = 0", "0"),
    "under this consent": (TRIGGER, "t.consent = NEW.consent AND", ""),
    "to this agency": (TRIGGER, "AND t.agency = NEW.to_org", ""),
    "these items": (TRIGGER, "AND t.item = i.value", ""),
    "not before it was asked": (TRIGGER, "AND t.asked_at <= NEW.queued_at", ""),
    "not after it ran out": (TRIGGER, "AND NEW.queued_at < t.valid_until", ""),
}  # fmt: skip
COVERS, ALLOWED, ENDED, ENDS = "covers", "allowed_items", "ended_items", "ended_by"
HOLDS, TOLD = "holds", "told"
OWN, EACH = "not self.says_yes_to(each)", "if each in said_no"
CODE = {
    "covers: not withdrawn": (COVERS, "self.withdrawn_at is None and ", ""),
    "covers: not before": (COVERS, "self.asked_at <= at < self", "at < self"),
    "covers: not after": (COVERS, "self.asked_at <= at < self.valid_until", "self.asked_at <= at"),
    "covers: its time at all": (COVERS, "in_force and ", ""),
    "covers: this agency": (COVERS, "agency == self.agency and ", ""),
    "covers: something": (COVERS, "bool(items) and ", ""),
    "covers: these items": (COVERS, " and items <= self.allowed_items()", ""),
    "allowed: 15": (ALLOWED, "self.says_yes_to(Article.COLLECT) and ", ""),
    "allowed: 17": (ALLOWED, " and self.says_yes_to(Article.PROVIDE)", ""),
    "allowed: 23": (ALLOWED, OWN, f"each is not Article.SENSITIVE and {OWN}"),
    "allowed: 24": (ALLOWED, OWN, f"each is not Article.IDENTIFIERS and {OWN}"),
    "ended: a withdrawal": (ENDED, "self.withdrawn_at is not None", "False"),
    "ended: a no": (ENDS, "said_no - set(ON_THEIR_OWN)", "False"),
    "ended: what is sensitive": (ENDS, EACH, f"{EACH} and each is not Article.SENSITIVE"),
    "ended: a number": (ENDS, EACH, f"{EACH} and each is not Article.IDENTIFIERS"),
    "ended: only its own": (ENDS, "*(of for", "*(frozenset(Item) for"),
    "entrusted: until its end": (HOLDS, "now < self.until", "True"),
    "entrusted: not taken back": (HOLDS, "now < self.until", "now < self.entrustment.until"),
    "chosen: a number where a law entrusts": (TOLD, "entrustments.is_on(db, moment.now)", "True"),
    "chosen: about this agency": ("chosen", "if each.agency == telling.agency", "if True"),
    "chosen: what it allows": (
        "chosen", "(telling.items & consent.allowed_items())", "telling.items"),
    "chosen: what ended": ("chosen", " - ended", ""),
    "chosen: not replaced": ("chosen", " and consent.id not in replaced", ""),
    "chosen: under a whole record": ("chosen", "if consent_records.is_sound(consent)", "if True"),
    "chosen: by who may": ("chosen", "consent.is_by_who_may(telling.age) and ", ""),
    "chosen: for this help": ("chosen", " and consent.is_for(telling.categories)", ""),
    "chosen: in force": ("chosen", " and consent.covers(telling.agency, items, now)", ""),
    "chosen: later answers count": ("chosen", "ended |= consent.ended_items()", "pass"),
}  # fmt: skip
SENDER = {
    "sent: under this consent": ("t.consent = o.consent AND", ""),
    "sent: to this agency": ("t.agency = o.to_org", "1"),
    "sent: these items": ("AND t.item = i.value", ""),
    "sent: not before it was asked": ("AND t.asked_at <= ?1", ""),
    "sent: not after it ran out": ("AND ?1 < t.valid_until)) END", ")) END"),
    "sent: what is told at all": ("'referral.request', 'referral.amend'", "'referral.amend'"),
}
EVERY = (*SQL, *CODE, *SENDER)


@contextmanager
def taken_out(db, line):
    """Take one line out of the gate, and put it back."""
    if line in SQL:
        (kind, name), there, other = SQL[line]
        made = db.script(kind, name)
        _make(db, kind, name, _without(made, there, other))
        yield
        _make(db, kind, name, made)
    elif line in SENDER:
        with instead(sending, "_MAY_LEAVE", _without(sending._MAY_LEAVE, *SENDER[line])):
            yield
    else:
        owner, name, kept, changed = _changed(*CODE[line])
        setattr(owner, name, changed)
        try:
            yield
        finally:
            setattr(owner, name, kept)


def _without(text, there, instead):
    if there not in text:
        raise LookupError(there)
    return text.replace(there, instead)


def _make(db, kind, name, script):
    db.execute(f"DROP {kind} {name}")
    db.execute(script)


def _changed(which, there, instead):
    owner, name, house = {
        "chosen": (covering, "newest", vars(covering)),
        TOLD: (referrals, "_may_tell", vars(referrals)),
        ENDS: (consents, ENDS, vars(consents)),
        HOLDS: (Held, HOLDS, vars(entrustments)),
    }.get(which, (Consent, which, vars(consents)))
    kept = getattr(owner, name)
    made = dict(house)
    exec(_without(textwrap.dedent(inspect.getsource(kept)), there, instead), made)
    return owner, name, kept, made[name]
