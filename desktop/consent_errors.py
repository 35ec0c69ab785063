"""Failures of asking, recording and answering for a consent. Everything else is in `errors`."""

from dataclasses import dataclass

from desktop.errors import AppError


@dataclass(eq=False, repr=False)
class LanguageNotOffered(AppError):
    """There is no consent text in this language."""

    language: str


class GuardianNotToBeTold(AppError):
    """They are not to be told, so they are not asked either."""


class GuardianNotAsked(AppError):
    """Nobody asks a guardian about them: they may say yes themselves (PIPA 22-2)."""


class NotEntrusted(AppError):
    """No law entrusts this organisation with unique identifiers (PIPA 24)."""


class NotSupervisor(AppError):
    """Only a supervisor records that a law entrusts the organisation, or that it ended."""


class EntrustmentUnclear(AppError):
    """It does not say by which article and paper, or it ends before it begins."""


class EntrustmentUnsigned(AppError):
    """No supervisor of our organisation signed exactly this, or something newer is known here."""


class IdentifierUnreadable(AppError):
    """No passport, alien registration or licence is numbered like this."""


class RecordIncomplete(AppError):
    """A consent lacks something its record must hold (ISO/IEC TS 27560)."""


class PaperUnreadable(AppError):
    """The scanner's file cannot be read, is empty, or is larger than any form of paper."""


class NotTheSameAsking(AppError):
    """A new answer takes the place of an earlier one of the same person and agency, or of none."""


@dataclass(eq=False, repr=False)
class LongerThanTold(AppError):
    """Things would be kept longer than somebody who is still here was told (PIPA 15(2)3, 21)."""

    days: int
    """So long they were told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing a text lacks, by its place. Never the words themselves."""

    file: str
    language: str
    item: str
    """The path of the item, as in `youth/17/how_long`."""
    why: str
    """A code: missing, empty, too-long, blank-missing, blank-unknown, unknown, unreadable, …"""


@dataclass(eq=False, repr=False)
class TextsRefused(AppError):
    """A consent text lacks what the law requires, so nothing of it is used."""

    faults: tuple[Fault, ...] = ()


class TextsUnsigned(AppError):
    """No supervisor of our organisation signed exactly these texts."""


@dataclass(eq=False, repr=False)
class ConsentOver(AppError):
    """What another agency asks stands on a consent whose last day is over (PIPA 17)."""

    asker: str


class RequestNotOpen(AppError):
    """This request has been answered already."""
