"""What the user may change. No secrets here, and nothing about anyone."""

import errno
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from desktop.errors import DiskFailed, DiskFull

LANGUAGES = ("", "ko", "en")
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130)
_LONGEST_BEFORE_LOCK = 15


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default. An empty language means: as the system."""

    language: str = ""
    theme: str = "system"
    high_contrast: bool = False
    text_size: int = 100
    lock_after_minutes: int = 3

    def is_sound(self) -> bool:
        """Whether every value is one that can be chosen."""
        return (
            self.language in LANGUAGES
            and self.theme in THEMES
            and self.text_size in TEXT_SIZES
            and 1 <= self.lock_after_minutes <= _LONGEST_BEFORE_LOCK
        )


def load(path: Path) -> Settings:
    """Read the settings. What is missing, unknown or unsound falls back to its default."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    settings = Settings()
    for name, default in asdict(settings).items():
        value = told.get(name) if isinstance(told, dict) else None
        # An exact type: True is an int to Python, and no number of minutes.
        if type(value) is type(default):
            changes: dict[str, Any] = {name: value}
            wished = replace(settings, **changes)
            settings = wished if wished.is_sound() else settings
    return settings


def save(path: Path, settings: Settings) -> None:
    """Write the settings: all of them, or none."""
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(json.dumps(asdict(settings), indent=1), "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise DiskFull if error.errno == errno.ENOSPC else DiskFailed from error
