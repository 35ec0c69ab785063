"""Settings are kept whole, and a spoilt file costs a choice, not a start."""

import json
from dataclasses import asdict

import pytest

from desktop.errors import DiskFailed
from desktop.settings import Settings, load, save


def test_what_is_saved_is_what_is_loaded(tmp_path):
    chosen = Settings(language="en", theme="dark", high_contrast=True, text_size=115)

    save(tmp_path / "home" / "settings.json", chosen)

    assert load(tmp_path / "home" / "settings.json") == chosen
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults(tmp_path):
    assert load(tmp_path / "settings.json") == Settings()
    assert Settings().lock_after_minutes == 3


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'"dark"']
)
def test_a_spoilt_file_gives_the_defaults(tmp_path, content):
    (tmp_path / "settings.json").write_bytes(content)

    assert load(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"theme": "pink"}, {"theme": None}, {"theme": 1}, {"language": "../ko"},
        {"lock_after_minutes": 0}, {"lock_after_minutes": 16}, {"lock_after_minutes": True},
        {"lock_after_minutes": "5"}, {"text_size": 1000}, {"unknown": 1},
        {"high_contrast": 1},
    ],
)  # fmt: skip
def test_an_unsound_value_costs_only_itself(tmp_path, spoilt):
    told = asdict(Settings()) | {"language": "en"} | spoilt
    (tmp_path / "settings.json").write_text(json.dumps(told))

    expected = Settings() if "language" in spoilt else Settings(language="en")
    assert load(tmp_path / "settings.json") == expected


def test_a_disk_that_takes_nothing_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(DiskFailed):
        save(tmp_path / "file" / "settings.json", Settings())
