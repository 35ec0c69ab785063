"""The words about sealed backups at the hub: what the rule means, before anybody makes it."""

from i18n import tr


def rule(*, is_on: bool) -> str:
    """Say how the rule stands."""
    if is_on:
        return tr(
            "They are kept there. Each opens with its owner's recovery code alone: neither the "
            "hub nor an admin can read it. Everybody sees this rule on their Backups page."
        )
    return tr("None are kept there. What is on a lost laptop and on no stick is gone.")


def turn_on() -> tuple[str, str, str]:
    """Ask before it is turned on: title, what it means, what to press."""
    means = tr(
        "Each laptop then leaves its last three sealed backups there, only while whoever sits at "
        "it says that it is on the office line. The hub sees when they come and how large they "
        "are, and nothing of what is in them. Tell your colleagues before."
    )
    return tr("Keep sealed backups at the hub?"), means, tr("Keep them there")


def turn_off() -> tuple[str, str, str]:
    """Ask before it is turned off: title, what it means, what to press."""
    means = tr(
        "Everything that laptops left there is destroyed at once, also what a lost one left. "
        "Bring what somebody still needs to a stick first. This cannot be undone."
    )
    return tr("Stop keeping backups at the hub?"), means, tr("Stop, and destroy them")
