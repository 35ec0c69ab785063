"""What an agency says of an appointment: that it is made, and what became of it."""

from typing import Final

from desktop.domain.appointments import Appointment
from i18n import formats, later, tr
from sync.protocol.bodies import Meeting

MEETINGS: Final = {
    Meeting.BOOKED: later("Appointment made"),
    Meeting.KEPT: later("They came"),
    Meeting.MISSED: later("They did not come"),
    Meeting.CANCELLED: later("Appointment called off"),
}


def line(appointment: Appointment) -> str:
    """Say it, when it is or was, and where."""
    said, when = tr(MEETINGS[appointment.meeting]), formats.day_and_clock(appointment.at)
    return " · ".join(part for part in (said, when, appointment.place) if part)
