"""The doctor looks at everything, and says what it could not see."""

from datetime import timedelta

from builders import NOON

from desktop.services.doctor import Examined, Screen, Subject, Verdict, examine


def examined(tmp_path, keychain, hub_time=None):
    asked = Examined(tmp_path, keychain, lambda: hub_time, {"bammajung": "0.1.0"})
    return {found.subject: found for found in examine(asked, NOON)}


class Forgetful:
    """A keyring that takes everything and keeps nothing, as python-keyring's null back end."""

    def read(self, vault_id):
        return None

    def keep(self, vault_id, secret):
        return None


class Faithful(Forgetful):
    """A keyring that keeps what it is given."""

    def __init__(self):
        self.kept = {}

    def read(self, vault_id):
        return self.kept.get(vault_id)

    def keep(self, vault_id, secret):
        self.kept[vault_id] = secret


def test_this_build_encrypts_and_its_pragmas_read_back(tmp_path):
    found = examined(tmp_path, Faithful())[Subject.CIPHER]

    assert found.verdict is Verdict.GOOD
    assert str(found.facts["sqlcipher"]).startswith("4.")


def test_every_subject_is_looked_at(tmp_path):
    assert set(examined(tmp_path, Forgetful())) == set(Subject)


def test_a_keyring_that_lies_is_found_out(tmp_path):
    assert examined(tmp_path, Forgetful())[Subject.KEYRING].verdict is Verdict.LOOK
    assert examined(tmp_path, Faithful())[Subject.KEYRING].verdict is Verdict.GOOD


def test_a_wrong_clock_is_named_in_seconds(tmp_path):
    late = examined(tmp_path, Faithful(), NOON + timedelta(minutes=10))[Subject.CLOCK]

    assert late.verdict is Verdict.BAD
    assert late.facts["seconds_ahead"] == -600


def test_a_silent_hub_is_not_a_wrong_clock(tmp_path):
    assert examined(tmp_path, Faithful())[Subject.CLOCK].verdict is Verdict.UNKNOWN


def test_a_folder_that_a_cloud_copies_is_bad(tmp_path):
    assert examined(tmp_path / "Dropbox", Faithful())[Subject.PLACE].verdict is Verdict.BAD


def test_a_system_that_does_not_say_when_it_sleeps_is_named(tmp_path):
    deaf = Examined(tmp_path, Faithful(), lambda: None, {}, Screen(("screen",)))
    hears = Examined(tmp_path, Faithful(), lambda: None, {}, Screen(("sleep", "lid"), True))

    found = [{each.subject: each for each in examine(asked, NOON)} for asked in (deaf, hears)]

    assert [each[Subject.LOCK].verdict for each in found] == [Verdict.LOOK, Verdict.GOOD]
    assert found[1][Subject.LOCK].facts == {"signs": "lid, sleep"}
    assert [each[Subject.CAPTURE].verdict for each in found] == [Verdict.LOOK, Verdict.GOOD]
