"""A night in a real vault behind real tasks: what the pages of a night are tested on."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from vaults_for_tests import a_vault

from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.errors import DiskFull
from desktop.services import outreach, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from ui.tasks import Tasks

EVENING = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a second, and chance that never repeats."""

    def __init__(self):
        self.readings = 0
        self._jumped = timedelta()

    def jump(self, **far):
        """Go on, or back, by more than a second."""
        self._jumped += timedelta(**far)

    def __call__(self):
        self.readings += 1
        return Moment(
            EVENING + self._jumped + timedelta(seconds=self.readings),
            UUID(int=self.readings, version=4),
        )


class Night(Tasks):
    """Real tasks over a real vault, on a disk that can be full, and with every work counted."""

    def __init__(self, folder):
        super().__init__(lambda: a_vault(folder), Ticking())
        self.is_full = self.is_closed = False
        self.under_way = self.most_under_way = self.works = 0

    def run(self, work, then, failed=None):
        """Do the work, unless the disk is full."""
        is_full = self.is_full

        def on_a_disk(vault):
            self.works += 1
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            try:
                if is_full:
                    raise DiskFull
                return work(vault)
            finally:
                self.under_way -= 1

        super().run(on_a_disk, then, failed)

    def close(self, seconds=2.0):
        """Close once, however often it is asked."""
        was_closed, self.is_closed = self.is_closed, True
        return was_closed or super().close(seconds)

    def ask(self, qtbot, work):
        """Do `work` with the vault and return its answer."""
        answers = []
        super().run(work, answers.append)
        qtbot.waitUntil(self.is_idle)
        return answers[0]

    def begin(self, qtbot, place="신림역", team=("한빛", "오솔")):
        """Begin a night."""
        moment = self.moment()
        plan = Plan(place, "3번 출구 – 별빛거리", team, ("관악경찰서",))
        return self.ask(qtbot, lambda vault: outreach.begin(vault, plan, moment))

    def meet(self, qtbot, alias, age=None, place="3번 출구 벤치"):
        """Meet someone and return their file."""
        moment, who = self.moment(), NewYouth(alias, age or Age.stated(16))
        met = self.ask(qtbot, lambda vault: youths.meet(vault, who, place, moment))
        return self.file(qtbot, met.youth.id, met.meeting.id)

    def file(self, qtbot, youth, meeting):
        """Open someone's file."""
        moment = self.moment()
        return self.ask(qtbot, lambda vault: youths.open_file(vault, youth, meeting, moment))

    def kept(self, qtbot, file):
        """Return the words kept about a meeting, or None."""
        note = self.file(qtbot, file.youth.id, file.meeting.id).note
        return note.text if note else None
