"""What a supervisor wrote comes to a counselor's laptop signed, and nothing else does."""

import json

import pytest
from consent_texts_for_tests import OWN, WHY
from street_for_tests import Street

from desktop.consent_errors import TextsRefused, TextsUnsigned
from desktop.domain import text_file
from desktop.domain.text_versions import named, put, said
from desktop.services import signed_texts, text_versions
from desktop.trust_errors import NotAdmin

TEXTS = put(OWN, "ko", WHY, "우리 센터의 말")


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    street = Street(tmp_path_factory.mktemp("street"))
    yield street
    street.close()


@pytest.fixture(scope="module")
def saved(street, tmp_path_factory):
    """Return what the supervisor put in force, and the file that was saved of it."""
    place, file = street.supervisor, tmp_path_factory.mktemp("stick") / "texts.json"
    version = text_versions.put_in_force(place.vault, TEXTS, place.moment())
    signed_texts.save(place.vault, version, file)
    return version, file


def take(place, file):
    return signed_texts.take(place.vault, file, place.moment())


def changed(saved, tmp_path, change):
    """Return a file like the one that was saved, but for one thing."""
    whole = json.loads(saved[1].read_text("utf-8"))
    change(whole)
    (tmp_path / "changed.json").write_text(json.dumps(whole), "utf-8")
    return tmp_path / "changed.json"


def _other_words(whole):
    whole["texts"]["ko"]["yes"] = "네"


def _other_form(whole):
    whole["texts"] = named(whole["texts"], "own-v9-00000000")


def _unsigned(whole):
    del whole["signed"]


def _half_signed(whole):
    whole["signed"]["sig"] = "AAAA"


def _another_shape(whole):
    whole["signed"] = [1]


FORGED = (_other_words, _other_form, _unsigned, _half_signed, _another_shape)


@pytest.mark.parametrize("change", FORGED, ids=lambda change: change.__name__)
def test_what_no_supervisor_signed_is_refused_and_nothing_changes(street, saved, tmp_path, change):
    with pytest.raises(TextsUnsigned):
        take(street.counselor, changed(saved, tmp_path, change))

    assert text_versions.shelf(street.counselor.vault).versions == ()


def test_a_counselor_or_another_organisation_signs_nothing(street, saved, tmp_path):
    with pytest.raises(NotAdmin):
        signed_texts.save(street.counselor.vault, saved[0], tmp_path / "mine.json")

    police = street.place("police-admin", street.police_desk)
    with pytest.raises(TextsUnsigned):
        take(police, saved[1])


def test_a_file_that_lacks_something_is_refused_even_if_it_is_signed(street, saved, tmp_path):
    def emptied(whole):
        whole["texts"] = put(whole["texts"], "th", WHY, "")

    def one_language(whole):
        whole |= whole["texts"]["vi"]
        del whole["texts"]

    for change in (emptied, one_language):
        with pytest.raises(TextsRefused) as caught:
            take(street.counselor, changed(saved, tmp_path, change))
        assert caught.value.faults


def test_it_holds_on_the_other_laptop_under_the_same_name(street, saved, tmp_path):
    version, file = saved
    place = street.counselor

    taken = take(place, file)

    assert (taken.form, taken.who) == (version.form, version.who)
    assert said(text_versions.holding(place.vault).texts["ko"], WHY) == "우리 센터의 말"
    assert take(place, file) == taken
    assert len(text_versions.shelf(place.vault).versions) == 1
    place.vault.verify()
    # The draft of whoever writes can begin from it too.
    assert text_versions.load(file) == text_file.parse(file.read_text("utf-8"), "")

    newer = text_versions.put_in_force(street.supervisor.vault, OWN, place.moment())
    signed_texts.save(street.supervisor.vault, newer, tmp_path / "newer.json")
    take(place, tmp_path / "newer.json")
    with pytest.raises(TextsRefused):
        take(place, file)
    assert text_versions.shelf(place.vault).versions[0].form == newer.form
