"""The words of referrals: items, kinds of help, steps, and what a problem means."""

from desktop.domain import kept_laws
from desktop.domain.agencies import AgencyKind, Category
from desktop.domain.kept_laws import KEPT, KEPT_TOLD
from desktop.domain.referrals import Erasure, Tracking, Urgency, Word
from i18n import formats, tr
from sync.protocol.states import Delivery, TaskStatus, has_ended
from ui.item_words import item as item
from ui.referrals import ending_words
from ui.refusal_words import KEY_RETIRED as KEY_RETIRED
from ui.refusal_words import problem as problem


def category(which: Category) -> str:
    """Name a kind of help."""
    return {
        Category.COUNSEL: tr("Counseling and emotional support"),
        Category.PROTECT: tr("Social protection"),
        Category.EDUCATION: tr("Education and study"),
        Category.WORK: tr("Career, work, self-reliance"),
        Category.HEALTH: tr("Health and medical"),
        Category.LEGAL: tr("Legal help"),
        Category.LIVING: tr("Basic living support"),
        Category.LEISURE: tr("Leisure and activities"),
        Category.SPECIAL: tr("Special support for at-risk youth"),
    }[which]


def category_short(which: Category) -> str:
    """Name a kind of help in a pill's width."""
    return {
        Category.COUNSEL: tr("Counseling"),
        Category.PROTECT: tr("Protection"),
        Category.EDUCATION: tr("Study"),
        Category.WORK: tr("Work and self-reliance"),
        Category.HEALTH: tr("Medical"),
        Category.LEGAL: tr("Legal"),
        Category.LIVING: tr("Living"),
        Category.LEISURE: tr("Leisure"),
        Category.SPECIAL: tr("Special support"),
    }[which]


def kind(which: AgencyKind) -> str:
    """Name a kind of agency, as the decree lists them."""
    return {
        AgencyKind.COUNSELING_CENTER: tr("Youth counseling and welfare center"),
        AgencyKind.EXPLOITATION_SUPPORT: tr("Support for victims of sexual exploitation"),
        AgencyKind.YOUTH_ORGANIZATION: tr("Youth organization"),
        AgencyKind.LOCAL_GOVERNMENT: tr("Local government"),
        AgencyKind.EDUCATION_OFFICE: tr("Office of education"),
        AgencyKind.SCHOOL: tr("School"),
        AgencyKind.POLICE: tr("Police"),
        AgencyKind.PUBLIC_HOSPITAL: tr("Public hospital"),
        AgencyKind.HEALTH_CENTER: tr("Public health center"),
        AgencyKind.DELINQUENCY_PREVENTION: tr("Juvenile delinquency prevention center"),
        AgencyKind.EMPLOYMENT_OFFICE: tr("Employment office"),
        AgencyKind.OUT_OF_SCHOOL_CENTER: tr("Support center for out-of-school youth"),
        AgencyKind.PROBATION_OFFICE: tr("Probation office"),
        AgencyKind.OTHER: tr("Other agency"),
    }[which]


def urgency(which: Urgency) -> str:
    """Name an urgency."""
    return tr("Urgent referral") if which is Urgency.URGENT else tr("Usual referral")


def status(which: TaskStatus) -> str:
    """Say what the agency has decided."""
    return {
        TaskStatus.REQUESTED: tr("Waiting for the answer"),
        TaskStatus.ACCEPTED: tr("Accepted"),
        TaskStatus.REJECTED: tr("Returned"),
        TaskStatus.IN_PROGRESS: tr("Support under way"),
        TaskStatus.ON_HOLD: tr("On hold"),
        TaskStatus.COMPLETED: tr("Support finished"),
        TaskStatus.FAILED: tr("Could not be supported"),
        TaskStatus.CANCELLED: tr("Called off"),
        TaskStatus.ENTERED_IN_ERROR: tr("Written by mistake"),
    }[which]


def erasure(tracking: Tracking) -> str:
    """Say what the agency did with what it held, after a withdrawal."""
    agency = tracking.agency_name
    return {
        Erasure.NONE: "",
        Erasure.OWED: _asked(tracking.word, agency),
        Erasure.DESTROYED: tr("{agency} confirmed that it destroyed everything.", agency=agency),
        Erasure.RETAINED: _kept_part(tracking),
        Erasure.SETTLED: ending_words.settled(tracking),
    }[tracking.erasure]


def _kept_part(tracking: Tracking) -> str:
    agency, told = tracking.agency_name, tracking.steps.get(KEPT_TOLD)
    if told is None:
        return tr(
            "{agency} says a law makes it keep a part. Please tell the young person.",
            agency=agency,
        )
    return tr(
        "{agency} says a law makes it keep a part. The young person was told on {time}.",
        agency=agency,
        time=formats.day_and_clock(told),
    )


def _asked(word: Word, agency: str) -> str:
    if word is Word.WAITS:
        return tr(
            "{agency} has not been told yet. The withdrawal goes first, as soon as there is a "
            "line.",
            agency=agency,
        )
    if word is Word.REFUSED:
        return tr(
            "{agency} has not been told: the withdrawal was not taken. “What goes and what comes” "
            "says why.",
            agency=agency,
        )
    return tr("{agency} has been asked to destroy it. No answer yet.", agency=agency)


def untold(tracking: Tracking) -> str:
    """Say that what was to be told in addition came too late, and what stands instead."""
    written, ended = tracking.amended_at, tracking.steps.get(tracking.status.value)
    stands = (status(tracking.status), formats.day_and_clock(ended) if ended else "")
    return tr(
        "What you wrote in addition ({time}) did not reach {agency}: the referral had ended "
        "before ({state}). Your words are kept here. Make a new referral from them, or leave it.",
        time=formats.day_and_clock(written or tracking.referral.written_at),
        agency=tracking.agency_name,
        state=" · ".join(part for part in stands if part),
    )


def kept(problem: str) -> str:
    """Say which law an agency names for what it keeps; empty where it named none."""
    named = problem.removeprefix(KEPT) if problem.startswith(KEPT) else ""
    return tr("It names: {article}.", article=kept_laws.article(named)) if named else ""


def now(tracking: Tracking) -> str:
    """Say where a referral is: what has not been sent is not waiting for an answer yet."""
    if tracking.calling_off is Word.WAITS and not has_ended(tracking.status):
        return tr("Being called off")
    if tracking.delivery is not Delivery.QUEUED or tracking.status is not TaskStatus.REQUESTED:
        return status(tracking.status)
    is_stuck = tracking.problem or tracking.calling_off is Word.REFUSED
    return tr("Not sent") if is_stuck else tr("Waiting to send")


def standing(tracking: Tracking) -> str:
    """Say in one line how a referral stands; after a withdrawal, what became of the data."""
    after = {
        Erasure.NONE: "",
        Erasure.OWED: tr("destruction not confirmed yet"),
        Erasure.DESTROYED: tr("destruction confirmed"),
        Erasure.RETAINED: tr("a part is kept by law"),
        Erasure.SETTLED: tr("closed without confirmation"),
    }[tracking.erasure]
    return " · ".join(part for part in (now(tracking), after) if part)


def reason(code: str) -> str:
    """Say why an agency did not take it on, or could not go on; empty for an unknown code."""
    return {
        "no-room": tr("They have no room now."),
        "not-our-service": tr("It is not something they do."),
        "outside-area": tr("It is outside their area."),
        "outside-age": tr("The age is outside what they serve."),
        "contact-lost": tr("They lost touch with the young person."),
        "not-wanted-any-more": tr("The young person did not want it any more."),
        "moved-away": tr("The young person moved away."),
    }.get(code, "")
