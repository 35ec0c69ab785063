"""Failures about where a vault lies. `ui.messages` words them as it does all others."""

from dataclasses import dataclass

from desktop.errors import AppError


@dataclass(eq=False, repr=False)
class VaultCopied(AppError):
    """A cloud service or network share copies the folder of a vault that stands there already."""

    service: str
