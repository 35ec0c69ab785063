"""Failures on the path without a consent. Everything else is in `errors`."""

from desktop.errors import AppError


class BasisNotAllowed(AppError):
    """No law lets this be told to them without a consent: the receiver, an item, or the age."""


class CosignMissing(AppError):
    """No supervisor has put a name to exactly this, or it is too long ago."""
