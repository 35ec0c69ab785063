"""What can fail when messages are handed over without a line."""

from desktop.errors import AppError


class BundleDamaged(AppError):
    """What a colleague carried is no bundle, or not as it was made. Nothing of it was applied."""


class BundleNotOurs(AppError):
    """The bundle is sealed to another organisation."""


class BundleOfAnother(AppError):
    """The answer is for another laptop of this organisation."""


class BundleOtherWay(AppError):
    """What was handed over stands where an answer was awaited, or the other way round."""


class NothingBrought(AppError):
    """On the stick is nothing that was looked for."""


class StickFailed(AppError):
    """The stick could not be read or written. Nothing half written is left on it."""


class StickFull(AppError):
    """There is no room on the stick. Nothing half written is left on it."""


class ColleagueAway(AppError):
    """No laptop of the office answers at the address, or it did not finish."""


class ColleagueStuck(AppError):
    """The colleague's laptop answered that it could not bring anything to the hub now."""


class CarrierAway(AppError):
    """The laptop that was to carry has no line now. What it was to bring is untouched."""


class ColleagueLeft(AppError):
    """The colleague's laptop was gone before the answer to what it handed over reached it."""


class OutsideOffice(AppError):
    """What was typed is no address in the office's own network: nothing was sent."""


class CarrierRefused(AppError):
    """The hub does not accept the laptop that was to carry. What it brought is untouched."""
