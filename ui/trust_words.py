"""What failed around keys and devices, and what to do next."""

from typing import Final

from desktop import errors, trust_errors
from i18n import later

TRUSTED: Final[dict[type[errors.AppError], tuple[str, str]]] = {
    trust_errors.AgencyKeyChanged: (
        later("{agency} has a new key for its letters."),
        later("Compare its six words with the agency by telephone, then send."),
    ),
    trust_errors.NotAdmin: (
        later("This laptop may not decide that."),
        later("Ask whoever looks after the devices of your center."),
    ),
    trust_errors.HubRefused: (
        later("The hub did not take this decision. Nothing was changed."),
        later("Open the list again and look how it stands now."),
    ),
    trust_errors.NewestKeyMissing: (
        later(
            "This laptop does not have your organization's newest key to hand on. "
            "Nothing was changed."
        ),
        later("Ask whoever renewed the key to let this device in, or renew the key here first."),
    ),
    trust_errors.DirectoryRunOut: (
        later("By this computer's clock, the Youth Safety Net's list of agencies is out of date."),
        later(
            "Set date and time right, then join with the same code. If they are right already, "
            "tell your center."
        ),
    ),
    trust_errors.KeysElsewhere: (
        later(
            "This vault does not hold your organization's keys, and nobody is left who could hand "
            "them on. Nothing was changed."
        ),
        later(
            "If there is a backup of the laptop that held them, bring it back and join again "
            "there. If there is none, ask whoever runs the hub for new keys, then join with the "
            "same code."
        ),
    ),
    trust_errors.NoRoomAtHub: (
        later("The hub has no room for more backups. Those made on this laptop are all here."),
        later("Copy one to a USB stick, and tell whoever runs the hub."),
    ),
}
