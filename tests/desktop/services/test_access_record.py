"""The access record: newest first, who "I" am in it, and as a file at a safe place only."""

import pytest
from builders import NOON, a_moment

from desktop.domain.youths import Age
from desktop.errors import FileNotWritten, UnsafePlace
from desktop.services import access_record, looks, outreach, youths
from desktop.services.access_record import Taking
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth

TAKING = Taking(30, with_aliases=False, heads=("at",), line=lambda look, _: (str(look.at),))


@pytest.fixture
def haneul(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    youth = youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", a_moment()).youth
    youths.open_file(vault, youth.id, None, a_moment())
    youths.open_file(vault, youth.id, None, a_moment(hours=1))
    return youth


def test_about_one_person_it_is_newest_first_and_names_nobody(vault, haneul):
    page = access_record.page(vault, haneul.id, a_moment(hours=2))

    assert page.looks == looks.of(vault, haneul.id)
    assert page.looks[0].at > page.looks[1].at
    assert page.looks[0].reader == page.me
    assert page.aliases == {}


def test_about_everybody_it_goes_back_as_far_as_was_asked(vault, haneul):
    late = a_moment(days=30, hours=0.5)

    page = access_record.page(vault, None, late, days=30)

    assert [look.at for look in page.looks] == [a_moment(hours=1).now]
    assert page.aliases == {haneul.id: "하늘"}


def test_about_everybody_the_newest_are_read_and_all_are_counted(vault, haneul, monkeypatch):
    monkeypatch.setattr(access_record, "SHOWN", 1)

    page = access_record.page(vault, None, a_moment(hours=2))

    assert [look.at for look in page.looks] == [a_moment(hours=1).now]
    assert page.count == 2


def test_where_a_folder_is_copied_elsewhere_no_file_is_written_and_none_is_said_to_be(
    vault, haneul, tmp_path
):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / ".dropbox").write_text("", "utf-8")
    before = len(looks.between(vault, NOON, a_moment(days=1).now))
    place = tmp_path / "Dropbox" / "looks.csv"

    with pytest.raises(UnsafePlace):
        access_record.save(vault, place, TAKING, a_moment(hours=2))

    assert not place.exists()
    assert len(looks.between(vault, NOON, a_moment(days=1).now)) == before


def test_a_file_that_cannot_be_written_is_said(vault, haneul, tmp_path):
    place = tmp_path / "gone" / "looks.csv"

    with pytest.raises(FileNotWritten):
        access_record.save(vault, place, TAKING, a_moment(hours=2))
