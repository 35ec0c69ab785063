"""One agency to read: what it does, for whom, whether it is open, and since when that is known."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from desktop.domain.agencies import Agency
from desktop.domain.finding_help import Now, opening_of
from desktop.domain.opening import Opening
from i18n import formats, ntr, tr
from ui.people import gender_words, language_words
from ui.referrals.agencies import ages_words
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class AgencyDetail(Card):
    """Hidden while there is nobody to read about."""

    def __init__(self, *, is_large: bool = False) -> None:
        """Show nobody; `is_large` shows the telephone number to be read out or dialled."""
        super().__init__(margin=16)
        self.body.setSpacing(4)
        self.name = text("", weight="semibold")
        self.phone = text("", "hero")
        self.phone.setObjectName("agency-phone")
        self.phone.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words = wrapped("", "caption", "text2")
        self._is_large = is_large
        self.add(self.name, self.phone, self.words)

    def show_agency(self, agency: Agency | None, now: Now | None) -> None:
        """Show one, or with None nobody; without `now` nothing is said of opening."""
        self.setVisible(agency is not None)
        if agency is None:
            return
        self.name.setText(agency.name)
        self.phone.setText(agency.phone)
        self.phone.setAccessibleName(tr("Telephone {number}", number=agency.phone))
        self.phone.setVisible(self._is_large and bool(agency.phone))
        phone = "" if self._is_large else agency.phone
        self.words.setText("\n".join(line for line in _lines(agency, phone, now) if line))


def _lines(agency: Agency, phone: str, now: Now | None) -> tuple[str, ...]:
    services = ", ".join(service.name for service in agency.services)
    spoken = tuple(language_words(code) for code in sorted(agency.languages()))
    hours = tr("Open: {hours}", hours=agency.hours) if agency.hours else ""
    return (
        agency.description,
        tr("Does: {services}", services=services) if services else "",
        " · ".join(part for part in (_opening(agency, now), hours) if part),
        tr("For: {ages}", ages=ages_words(agency)) if ages_words(agency) else "",
        *(_only(agency)),
        tr("Speaks: {languages}", languages=formats.names(spoken)) if spoken else "",
        _room(agency),
        " · ".join(part for part in (phone, agency.address) if part),
        _assured(agency),
    )


def _opening(agency: Agency, now: Now | None) -> str:
    match opening_of(agency, now) if now else Opening.UNSAID:
        case Opening.OPEN:
            return tr("Open now")
        case Opening.CLOSED:
            return tr("Closed now")
        case Opening.HOLIDAY:
            return tr("Public holiday: call before you go")
        case Opening.UNSAID:
            return ""


def _only(agency: Agency) -> tuple[str, ...]:
    return tuple(
        tr("{service}: only {who}", service=service.name, who=gender_words(service.sex))
        for service in agency.services
        if service.sex is not None
    )


def _room(agency: Agency) -> str:
    said = [service.free for service in agency.services if service.free is not None]
    if not said:
        return ""
    free = sum(said)
    if not free:
        return tr("No free place when it was last said")
    return ntr(
        "{n} free place when it was last said", "{n} free places when it was last said", free
    )


def _assured(agency: Agency) -> str:
    since = agency.assured()
    if since is None:
        return tr("Nobody says when this was last checked: call before you go.")
    noon = datetime(since.year, since.month, since.day, 12, tzinfo=UTC)
    return tr("Last checked on {day}", day=formats.full_day(noon))
