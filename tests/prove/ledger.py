"""What a careful clerk would have written down beside the vault: who is kept, with which words.

It knows nothing of rows, journals or indexes. The program and the clerk must tell the same after
each thing that is done, whatever came before it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

VERSION_PAUSE = timedelta(minutes=5)
JOTTING = timedelta(days=7)
PLAN_PAUSE = timedelta(minutes=5)


@dataclass
class Page:
    """One meeting and what is written about it."""

    owner: str
    text: str = ""
    saved_at: object = None
    is_signed: bool = False
    added: list[str] = field(default_factory=list)
    adding: str = ""
    before: list[str] = field(default_factory=list)

    def words(self):
        """Return everything that stands on it."""
        return " ".join((self.text, self.adding, *self.added, *self.before)).split()

    def clear(self):
        """Tear it out; that they met stays."""
        self.text, self.adding, self.is_signed, self.added, self.before = "", "", False, [], []


@dataclass
class Plan:
    """One safety plan."""

    owner: str
    words: str
    kept_at: object


@dataclass
class Joined:
    """That `other` is looked after as `kept`; `pages` and `plans` came along."""

    other: str
    kept: str
    alias: str
    pages: list
    plans: list
    is_nameless: bool = False
    may_part: bool = True


class Ledger:
    """Everybody, everything written about them, and who was put to whom."""

    def __init__(self):
        self.alias, self.pages, self.plans, self.joined = {}, {}, [], []
        self.since = {}  # of whom there is no alias: when they were met, what was handed out

    def words_of(self, youth):
        """Return all the words about somebody, without the alias."""
        pages = [word for page in self._pages(youth) for word in page.words()]
        return sorted(pages + [plan.words for plan in self.plans if plan.owner == youth])

    def write(self, page, text, at):
        """Put other words in place of those before; after a pause those stay as a version."""
        is_kept = page.text and at - page.saved_at >= VERSION_PAUSE
        if is_kept and page.text not in page.before:
            page.before.append(page.text)
        page.text, page.saved_at = text, at

    def plan(self, youth, words, at):
        """Write a plan anew; within the pause in place of the newest."""
        own = [plan for plan in self.plans if plan.owner == youth]
        newest = max(own, key=lambda plan: plan.kept_at, default=None)
        if newest and at - newest.kept_at < PLAN_PAUSE:
            newest.words, newest.kept_at = words, at
        else:
            self.plans.append(Plan(youth, words, at))

    def answer(self, youth, *, agreed, at):
        """Do what they said about words from before an alias; what was given goes on in a note."""
        if self.has_words(youth) and not agreed:
            self.drop_words(youth)
        _, given = self.since.pop(youth, (None, ""))
        page = next(iter(self._pages(youth)), None) if given else None
        if page is not None and page.is_signed:
            page.added = [*page.added, given]
        elif page is not None:
            self.write(page, f"{page.text}\n{given}".strip(), at)

    def drop_words(self, youth):
        """Destroy what is written about somebody."""
        self.settle(youth)
        for page in self._pages(youth):
            page.clear()
        self.plans = [plan for plan in self.plans if plan.owner != youth]
        self.since.pop(youth, None)

    def drop(self, youth):
        """Destroy somebody, and that others were put to them."""
        self.drop_words(youth)
        gone = self._under(youth)
        self.joined = [each for each in self.joined if each.other not in gone]
        self.pages = {key: page for key, page in self.pages.items() if page.owner != youth}
        del self.alias[youth]

    def join(self, other, kept, *, is_nameless):
        """Look after both as `kept`."""
        pages = [key for key, page in self.pages.items() if page.owner == other]
        plans = [plan for plan in self.plans if plan.owner == other]
        was = self.alias.pop(other)
        self.joined.append(Joined(other, kept, was, pages, plans, is_nameless))
        for each in (*self._pages(other), *plans):
            each.owner = kept

    def part(self, joined, at):
        """Undo it: what came along goes back, with whatever was written on those pages since.

        The days of whoever had no alias begin anew.
        """
        if joined.is_nameless:
            self.since[joined.other] = (at, "")
        self.joined.remove(joined)
        self.alias[joined.other] = joined.alias
        for each in (*(self.pages[key] for key in joined.pages), *joined.plans):
            each.owner = joined.other

    def may_part(self, joined):
        """Whether it is the newest, and nothing was destroyed since."""
        later = self.joined[self.joined.index(joined) + 1 :]
        is_newest = all(each.kept != joined.kept for each in later)
        return joined.may_part and joined.kept in self.alias and is_newest

    def settle(self, youth):
        """Let nothing about somebody be undone any more: something of it is destroyed."""
        gone = self._under(youth)
        for each in self.joined:
            if each.other in gone:
                each.may_part, each.alias = False, ""

    def kept(self):
        """Return every word that has to be somewhere."""
        pages = [word for page in self.pages.values() for word in page.words()]
        aliases = [*self.alias.values(), *(each.alias for each in self.joined if each.alias)]
        given = [given for _, given in self.since.values() if given]
        return {*pages, *aliases, *given, *(plan.words for plan in self.plans)}

    def has_words(self, youth):
        """Whether they must be asked before anything from before there was an alias is kept."""
        return youth in self.since and bool(self.words_of(youth) or self.since[youth][1])

    def _pages(self, youth):
        return [page for page in self.pages.values() if page.owner == youth]

    def _under(self, youth):
        found = {each.other for each in self.joined if each.kept == youth}
        while more := {e.other for e in self.joined if e.kept in found} - found:
            found |= more
        return found
