"""What goes wrong when messages are handed over without a line: what happened, what is next."""

from typing import Final

from desktop import carried_errors
from desktop.errors import AppError
from i18n import later

CARRIED: Final[dict[type[AppError], tuple[str, str]]] = {
    carried_errors.BundleDamaged: (
        later("This file is not whole, or was changed. Nothing of it was taken in."),
        later("Hand over once more; everything is still where it was."),
    ),
    carried_errors.BundleNotOurs: (
        later("This file is sealed to another organization and does not open here."),
        later("Leave it as it is, and use a laptop of the organization it belongs to."),
    ),
    carried_errors.BundleOfAnother: (
        later("This answer is for another laptop of your organization."),
        later("Take it to the laptop it came from."),
    ),
    carried_errors.BundleOtherWay: (
        later("This is what was handed over, not what came back, or the other way round."),
        later("Choose the other button for it."),
    ),
    carried_errors.NothingBrought: (
        later("Nothing for this laptop is there."),
        later("Look whether it is the right stick, and whether it was brought already."),
    ),
    carried_errors.StickFailed: (
        later("The stick could not be read or written. Nothing half written was left on it."),
        later("Put it in again, or take another one."),
    ),
    carried_errors.StickFull: (
        later("There is no room on the stick. Nothing half written was left on it."),
        later("Free some space on it, or take another one."),
    ),
    carried_errors.ColleagueAway: (
        later("The other laptop does not answer. Everything is still here."),
        later("Look whether it waits, and at the address; or use a USB stick."),
    ),
    carried_errors.ColleagueStuck: (
        later("The other laptop could not bring it anywhere now. Everything is where it was."),
        later("Look whether it has a line, and hand over once more."),
    ),
    carried_errors.CarrierRefused: (
        later("The Youth Safety Net does not accept this laptop, so it can carry nothing."),
        later("Use another laptop of your office, and tell your center about this one."),
    ),
    carried_errors.CarrierAway: (
        later("This laptop cannot reach the Youth Safety Net now. Nothing of it was brought."),
        later(
            "It does not go by itself: bring it again once there is a line, or use another laptop."
        ),
    ),
    carried_errors.ColleagueLeft: (
        later(
            "The other laptop was gone before the answer reached it. What it handed over has "
            "been brought."
        ),
        later("Let it hand over once more; then it gets the answer."),
    ),
    carried_errors.OutsideOffice: (
        later("This is no address in the office's network, so nothing was sent."),
        later("Type what the other laptop shows, such as 192.168.0.12."),
    ),
}
