"""An organisation with an admin, and a counselor's laptop that writes and leaves its backups."""

import secrets
from contextlib import contextmanager
from datetime import timedelta

from builders import on_a_night
from organisation_for_tests import NewOrg, moment

from desktop.domain.youths import Age
from desktop.services import (
    backups,
    devices,
    enrolment,
    lost_laptops,
    notes,
    office_backups,
    retention,
    youths,
)
from desktop.services.enrolment import EnrolmentState
from desktop.services.office_backups import Watch

_LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Office(NewOrg):
    """Everybody, once they are in. The admin has not said yet that backups are left."""

    def __init__(self, place):
        super().__init__(place)
        self.boss = self.admin()
        self.told = []

    def counselor(self, name, role="counselor"):
        """Return the vault of a laptop that the admin has let in."""
        vault, ask = self.laptop(name, role)
        assert ask() is EnrolmentState.PENDING
        self.let_in()
        assert ask() is EnrolmentState.ENROLLED
        return vault

    def let_in(self):
        """Let the only one in who waits."""

        def done(line):
            device = devices.all(self.boss, line, moment().now)[0]
            devices.approve(self.boss, line, device, moment())

        self.over_line(self.boss, done)

    def shut_out(self, vault):
        """Shut a laptop out."""
        with vault.reading() as db:
            self.shut_out_device(enrolment.current(db).device)

    def shut_out_device(self, lost):
        """Shut out what is not here any more."""

        def done(line):
            found = devices.all(self.boss, line, moment().now)
            which = next(each for each in found if each.id == lost)
            devices.shut_out(self.boss, line, which, moment())

        self.over_line(self.boss, done)

    def decide(self, *, is_on):
        """Let the admin make the rule."""
        return self.over_line(
            self.boss, lambda line: office_backups.decide(self.boss, line, now(), is_on=is_on)
        )

    def leave(self, vault, goes_on=lambda: True):
        """Leave its newest backup, over a line of its own."""
        watch = Watch(now, goes_on, self.told.append)
        return self.over_line(vault, lambda line: office_backups.leave(vault, line, watch))

    def lost(self, vault):
        """Return what this laptop may bring."""
        return self.over_line(vault, lambda line: lost_laptops.lost(vault, line, now()))

    def bring(self, vault, which, place, goes_on=lambda: True, told=lambda _: None):
        """Bring one to a stick."""
        watch = Watch(now, goes_on, told)
        return self.over_line(
            vault, lambda line: lost_laptops.bring(vault, line, which, place, watch)
        )

    def close(self):
        self.process.stop()
        self.hub.store.close()


@contextmanager
def an_office(place):
    office = Office(place)
    try:
        yield office
    finally:
        office.close()


def now():
    """Real time, as signatures need."""
    return moment().now


def write(vault, alias, text):
    """Meet somebody and write a note; return who it is."""
    on_a_night(vault, moment())
    met = youths.meet(vault, youths.NewYouth(alias, Age.stated(16)), "", moment())
    notes.save(vault, met.youth.id, met.meeting.id, text, moment())
    return met.youth.id


def forget(vault):
    """Destroy all about somebody who asked for it; return the one backup that is left here."""
    retention.erase(vault, write(vault, "바다", "다른 말"), moment())
    assert retention.sweep(vault, now())
    (left,) = backups.listing(vault.folder)
    return left


def much(vault, size):
    """Write so many bytes, so that a backup has several pieces."""
    for number in range(4):
        # Letters alone: digits might look like a resident number.
        write(vault, f"별{number}", secrets.token_hex(size // 8).translate(_LETTERS))


def back_up(vault, hours=0):
    """Make a backup, as if so many hours had gone by."""
    return backups.make(vault, now() + timedelta(hours=hours))


def texts_in(vault):
    with vault.reading() as db:
        return {text for (text,) in db.execute("SELECT text FROM note")}
