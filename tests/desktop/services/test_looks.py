"""Whoever sees a record is written down, with when and where; never a word of what was seen."""

from datetime import timedelta

import pytest
from builders import NOON, a_moment
from full_disk_for_tests import a_full_disk
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.looks import KEPT, Act, Kind, Reader, Why, at_youth
from desktop.domain.youths import Age
from desktop.errors import DiskFailed, DiskFull, ReasonNeeded, VaultDamaged
from desktop.services import looks, notes, outreach, referrals, search, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault import escrow, mailbox

TEXT = "한강 다리 아래에서 혼자 지낸다고 함"


@pytest.fixture
def met(vault):
    """Someone met tonight, with a finished note."""
    outreach.begin(vault, Plan("신림역"), a_moment())
    met = youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", a_moment())
    note = notes.save(vault, met.youth.id, met.meeting.id, TEXT, a_moment())
    notes.sign(vault, note.id, a_moment())
    return met


def seen(vault, met):
    """Return what was looked at, oldest first."""
    return [(look.sight.kind, look.sight.act) for look in looks.of(vault, met.youth.id)][::-1]


def open_file(vault, met, **later):
    return youths.open_file(vault, met.youth.id, None, a_moment(**later))


def test_opening_a_page_is_a_look_at_the_person_and_one_at_the_note(vault, met):
    file = open_file(vault, met)

    assert seen(vault, met) == [(Kind.YOUTH, Act.READ), (Kind.NOTE, Act.READ)]
    look = looks.of(vault, met.youth.id)[0]
    assert look.sight.record == str(file.note.id)
    assert look.at == NOON
    assert look.reader.who == vault.vault_id.hex


def test_looking_again_within_ten_minutes_is_still_looking(vault, met):
    for minutes in (0, 3, 9):
        open_file(vault, met, minutes=minutes)
    assert len(looks.of(vault, met.youth.id)) == 2

    open_file(vault, met, minutes=11)

    assert len(looks.of(vault, met.youth.id)) == 4


def test_the_same_twice_on_one_page_is_one_look_and_each_sheet_of_paper_is_one(vault, met):
    youth, printed = at_youth(met.youth.id), at_youth(met.youth.id, Act.PRINTED)

    looks.shown(vault, lambda _: None, lambda _: (youth, youth, printed, printed), a_moment())

    assert seen(vault, met) == [(Kind.YOUTH, act) for act in (Act.READ, Act.PRINTED, Act.PRINTED)]


def test_a_search_is_a_look_at_all_notes_that_never_says_what_was_searched(vault, met):
    search.everything(vault, "한강", a_moment())

    (look,) = looks.between(vault, NOON, NOON + timedelta(seconds=1))
    assert (look.sight.kind, look.sight.act) == (Kind.NOTES, Act.SEARCHED)
    assert "한강" not in repr(look)


def test_each_letter_typed_is_the_same_look_until_ten_minutes_are_over(vault, met):
    for minutes in (0, 4, 8, 9, 10, 14):
        search.everything(vault, "한강", a_moment(minutes=minutes))
        search.everything(vault, "한강", a_moment(minutes=minutes))
    assert forgotten(vault, NOON + timedelta(days=800)) == 2

    search.everything(vault, "한강", a_moment(minutes=15))

    taken = looks.between(vault, NOON, NOON + timedelta(hours=1))
    assert [look.at for look in taken] == [NOON + timedelta(minutes=15)]


def test_names_in_a_list_are_no_look(vault, met):
    outreach.tonight(vault)
    search.people(vault, "하늘")
    search.everything(vault, "ㅎㄴ", a_moment())
    search.everything(vault, "없는말", a_moment())

    assert looks.between(vault, NOON - timedelta(days=1), NOON + timedelta(days=1)) == ()


def test_what_would_leave_is_a_look_before_it_leaves_and_so_is_what_left(town):
    youth = town.meet()
    town.agree(youth)

    sent = town.release(youth)
    referrals.all(town.vault, town.moment())

    acts = {(look.sight.kind, look.sight.act) for look in looks.of(town.vault, youth)}
    assert acts == {(Kind.YOUTH, Act.PREVIEWED), (Kind.REFERRAL, Act.READ)}
    assert str(sent.referral.id) in {look.sight.record for look in looks.of(town.vault, youth)}


def test_no_word_of_anything_is_in_the_access_record(vault, met):
    open_file(vault, met)
    search.everything(vault, "한강", a_moment())

    with vault.reading() as db:
        rows = db.execute("SELECT * FROM look").fetchall()
    assert rows
    assert not {word for word in (*TEXT.split(), "하늘") if word in repr(rows)}


def test_a_full_disk_does_not_stand_between_a_counselor_and_a_note(vault, met):
    with a_full_disk(vault.folder):
        shown = open_file(vault, met)

    assert shown.note.text == TEXT
    assert looks.owed(vault) == 2
    assert seen(vault, met) == []
    open_file(vault, met, minutes=30)
    assert looks.owed(vault) == 0
    assert [look.at for look in looks.of(vault, met.youth.id)] == [
        *[NOON + timedelta(minutes=30)] * 2, NOON, NOON,
    ]  # fmt: skip


def test_a_disk_that_failed_still_shows_what_it_holds(vault, met):
    vault.session.disk_failed()

    assert open_file(vault, met).note.text == TEXT
    assert looks.owed(vault) == 2
    with pytest.raises(DiskFailed):
        looks.settle(vault)


def test_a_look_that_is_owed_is_written_down_before_the_lock(vault, met):
    with a_full_disk(vault.folder):
        open_file(vault, met)
        with pytest.raises(DiskFull):
            looks.settle(vault)

    looks.settle(vault)

    assert looks.owed(vault) == 0
    assert len(looks.of(vault, met.youth.id)) == 2


def test_a_look_cannot_be_changed(vault, met):
    open_file(vault, met)

    with pytest.raises(sqlcipher.IntegrityError, match="a look stays"), vault.transaction() as db:
        db.execute("UPDATE look SET who = 'somebody else'")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM look WHERE n = 1",
        "UPDATE look SET at = '2020' WHERE n = 2",
        "UPDATE look SET n = 9 WHERE n = 1",
        "INSERT INTO look SELECT n + 7, at, who, place, act, kind, record, youth, why FROM look",
    ],
)
def test_a_look_that_was_changed_taken_away_or_slipped_in_is_noticed(vault, met, change):
    open_file(vault, met)
    vault.verify()

    with vault.transaction() as db:
        connection = db._connection
        connection.set_authorizer(None)  # as somebody would who had the key and another program
        connection.execute("DROP TRIGGER a_look_stays")
        connection.execute(change)

    with pytest.raises(VaultDamaged) as damaged:
        vault.verify()
    assert {odd.subject for odd in damaged.value.records} == {"look"}


def forgotten(vault, now, hub=None):
    """Tidy up once by a clock of ours at `now`, the hub's at `hub`; return how many looks went."""
    with vault.transaction() as db:
        mailbox.heard(db, now, round(((hub or now) - now).total_seconds()))
    return looks.forget_older(vault, a_moment(now))


def test_looks_go_after_two_years_and_not_a_day_before(vault, met):
    open_file(vault, met)

    assert forgotten(vault, NOON + KEPT) == 0
    assert forgotten(vault, NOON + KEPT + timedelta(seconds=1)) == 2

    assert looks.of(vault, met.youth.id) == ()
    vault.verify()


def test_a_clock_that_is_years_ahead_takes_no_look_away(vault, met):
    open_file(vault, met)
    ahead = NOON + timedelta(days=3 * 365)

    assert looks.forget_older(vault, a_moment(ahead)) == 0
    assert forgotten(vault, ahead, hub=NOON) == 0
    assert forgotten(vault, NOON, hub=ahead) == 0

    assert len(looks.of(vault, met.youth.id)) == 2


def test_a_look_that_was_dated_years_too_early_does_not_go_before_those_made_earlier(vault, met):
    open_file(vault, met)
    open_file(vault, met, days=-3 * 365)

    assert forgotten(vault, NOON + timedelta(days=1)) == 0
    assert forgotten(vault, NOON + KEPT + timedelta(seconds=1)) == 4


HOUR = (NOON, NOON + timedelta(hours=1))


def test_a_supervisor_reads_ids_and_no_aliases(vault, met):
    open_file(vault, met)

    found, aliases = looks.taken_as_file(vault, HOUR, a_moment(hours=2))

    kinds = [(look.sight.kind, look.sight.act) for look in found]
    assert kinds == [(Kind.YOUTH, Act.READ), (Kind.NOTE, Act.READ)]
    assert {look.sight.youth for look in found} == {met.youth.id}
    assert aliases == {}


def test_aliases_are_in_it_when_asked_for_and_that_is_a_look_too(vault, met):
    open_file(vault, met)

    _, aliases = looks.taken_as_file(vault, HOUR, a_moment(hours=2), with_aliases=True)

    assert aliases == {met.youth.id: "하늘"}
    assert seen(vault, met)[-1] == (Kind.YOUTH, Act.EXPORTED)


def test_after_two_keys_opened_it_nothing_is_shown_until_it_was_said_why(vault, met):
    with vault.transaction() as db:
        escrow.note_use(db, NOON)

    with pytest.raises(ReasonNeeded):
        open_file(vault, met)
    with pytest.raises(ReasonNeeded):
        looks.opened_because(vault, Why.USUAL, a_moment(minutes=1))
    looks.opened_because(vault, Why.DANGER, a_moment(minutes=1))
    assert open_file(vault, met, minutes=2).note.text == TEXT

    reader = looks.of(vault, met.youth.id)[0].reader
    assert (reader.who, reader.why) == ("organisation", Why.DANGER)


def test_the_reason_for_one_opening_does_not_serve_for_the_next(vault, met):
    for hours in (0, 5):
        with vault.transaction() as db:
            escrow.note_use(db, NOON + timedelta(hours=hours))
        if not hours:
            looks.opened_because(vault, Why.HANDOVER, a_moment(minutes=1))

    with pytest.raises(ReasonNeeded):
        open_file(vault, met, hours=6)


def test_a_look_says_from_which_laptop_in_a_number_only(vault, met):
    import platform

    open_file(vault, met)

    place = looks.of(vault, met.youth.id)[0].reader.place
    assert len(place) == 8
    assert platform.node() not in place
    assert Reader("a", "b") == Reader("a", "b", Why.USUAL)
