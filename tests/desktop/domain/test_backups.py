"""Three recent backups, the first of each of seven nights, and one an hour when there is news."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.backups import (
    Generation,
    generation,
    is_due,
    kept,
    named,
    needs_reading,
    newest_first,
    outlived,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
moments = st.integers(0, 30 * 86_400).map(lambda seconds: NOON + timedelta(seconds=seconds))
known = st.lists(st.builds(generation, moments, st.integers(0, 10**9)), max_size=40)


def in_order(times):
    """Return generations made one after the other, with ever more in them."""
    return [generation(at, number) for number, at in enumerate(sorted(times))]


@given(moments, st.integers(0, 2**63 - 1))
def test_a_name_is_read_back_as_what_it_names(at, seq):
    made = generation(at, seq)

    assert named(made.name) == made


@given(st.text(max_size=40))
def test_whatever_else_lies_in_the_folder_is_no_generation(name):
    assert named(name) is None or named(name).name == name


def test_digits_of_another_script_name_no_generation():
    assert named("２０２６1124T120000Z-0000000001") is None


def test_a_day_that_does_not_exist_is_no_generation():
    assert named("20261341T000000Z-0000000001") is None


@given(known, moments)
def test_the_three_with_most_in_them_always_stay(made, now):
    assert set(newest_first(made)[:3]) <= kept(made, now)


@given(known, moments)
def test_no_more_than_three_and_seven_stay(made, now):
    assert kept(made, now) <= set(made)
    assert len(kept(made, now)) <= 10


@given(st.lists(moments, max_size=40, unique=True), moments)
def test_the_first_of_each_of_the_last_seven_nights_stays(times, now):
    made = in_order(times)
    tonight = generation(now, 0).night()

    for night in (tonight - timedelta(days=ago) for ago in range(7)):
        of_it = [each for each in made if each.night() == night]
        assert not of_it or of_it[0] in kept(made, now)


@given(st.lists(moments, max_size=40, unique=True), moments)
def test_what_is_older_than_a_week_stays_only_as_one_of_the_three(times, now):
    made = in_order(times)
    tonight = generation(now, 0).night()

    for each in kept(made, now) - set(newest_first(made)[:3]):
        assert tonight - timedelta(days=7) < each.night() <= tonight


@given(st.lists(moments, min_size=1, max_size=60, unique=True))
def test_keeping_as_one_goes_keeps_the_same_as_keeping_at_the_end(times):
    standing = []

    for made in in_order(times):
        standing = [*standing, made]
        standing = [each for each in standing if each in kept(standing, made.made_at)]

    assert set(standing) == kept(in_order(times), max(times))


@given(known, moments)
def test_the_order_they_are_told_in_makes_no_difference(made, now):
    assert kept(made, now) == kept(reversed(made), now)


def test_the_first_one_is_due_at_once():
    assert is_due([], 0, NOON)


def test_an_hour_later_the_next_is_due_if_anything_happened():
    made = [generation(NOON, 5)]

    assert not is_due(made, 6, NOON + timedelta(minutes=59))
    assert is_due(made, 6, NOON + timedelta(hours=1))
    assert not is_due(made, 5, NOON + timedelta(days=3))


def test_a_clock_that_was_ahead_does_not_hold_backups_up():
    made = [generation(NOON + timedelta(days=400), 5)]

    assert is_due(made, 6, NOON)


def test_the_first_of_a_night_is_looked_through_and_a_night_ends_at_six_in_the_morning():
    evening = datetime(2026, 11, 24, 11, tzinfo=UTC)  # 20:00 in Korea
    made = [generation(evening, 1)]

    assert needs_reading([], evening)
    assert not needs_reading(made, evening + timedelta(hours=9))
    assert needs_reading(made, evening + timedelta(hours=10))


def test_seconds_are_enough():
    assert generation(NOON.replace(microsecond=7), 1) == Generation(NOON, 1)


@given(known, known, st.integers(0, 10**9))
def test_a_copy_elsewhere_is_outlived_when_it_holds_what_no_backup_here_does(there, here, purged):
    here = newest_first(here)
    gone = set(outlived([made.name for made in there], here, purged))

    for made in there:
        is_gone = made.seq < purged and all(each.seq > made.seq for each in here)
        assert (made.name in gone) == (bool(here) and is_gone)


@given(known, known)
def test_what_only_made_room_here_is_not_outlived(there, here):
    assert outlived([made.name for made in there], newest_first(here), 0) == ()


def test_what_is_no_generation_is_outlived():
    assert outlived(["anything"], in_order([NOON]), 0) == ("anything",)
    assert outlived(["anything"], (), 0) == ()
