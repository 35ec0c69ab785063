"""What can go wrong about a consent, and what to do next."""

from typing import Final

from desktop import consent_errors, errors
from i18n import later

CONSENTED: Final[dict[type[errors.AppError], tuple[str, str]]] = {
    consent_errors.LanguageNotOffered: (
        later("There is no consent text in the language {language}."),
        later("Choose another language they understand, or ask an interpreter to help."),
    ),
    consent_errors.GuardianNotToBeTold: (
        later("Their guardian is not to be told, so the guardian is not asked either."),
        later("If you suspect abuse, report it. The help here needs no consent."),
    ),
    consent_errors.GuardianNotAsked: (
        later("They answer for themselves, so no guardian is named."),
        later("Ask the young person; under 14 a guardian answers."),
    ),
    consent_errors.NotEntrusted: (
        later("Your organization may not ask for passport or registration numbers."),
        later("Leave that question out; an alias is enough."),
    ),
    consent_errors.NotSupervisor: (
        later("Only a supervisor records that."),
        later("Ask your supervisor to record it and to save a signed file for this laptop."),
    ),
    consent_errors.EntrustmentUnclear: (
        later("It is not clear who entrusts you, by which article and paper, and until when."),
        later("Choose who, write article, number and date from the paper, and a day to come."),
    ),
    consent_errors.EntrustmentUnsigned: (
        later("No supervisor of your organization signed this, or something newer is known here."),
        later("Ask a supervisor to save it for the other laptops anew, then load that file."),
    ),
    consent_errors.IdentifierUnreadable: (
        later("No passport, alien registration or driving licence is numbered like this."),
        later("Look once more at kind and number, or leave it empty. The help stays the same."),
    ),
    consent_errors.RecordIncomplete: (
        later("The record of this consent would lack something the law wants kept."),
        later("Look who asked, who was there and how it was answered, then keep it again."),
    ),
    consent_errors.PaperUnreadable: (
        later("The scanned form cannot be read."),
        later("Choose the scanner's file again; it may be at most 64 MB."),
    ),
    consent_errors.NotTheSameAsking: (
        later("These answers belong to another asking."),
        later("Open the young person's file again, and ask from there."),
    ),
    consent_errors.LongerThanTold: (
        later(
            "Young people here were told that everything is erased {days} days after the support "
            "ends. What is kept longer would break that."
        ),
        later(
            "Keep it that long at most. A longer time needs a consent text that says so, and can "
            "be chosen once nobody is here any more who was told less."
        ),
    ),
    consent_errors.TextsRefused: (
        later("A consent text lacks something the law requires, so it is not used."),
        later("Show your center the list of what is missing. The earlier text stays."),
    ),
    consent_errors.TextsUnsigned: (
        later("No supervisor of your organization signed these consent texts."),
        later("Ask a supervisor to save them for the other laptops, then load that file."),
    ),
    consent_errors.ConsentOver: (
        later("The consent it stands on is over, so it cannot be taken on any more."),
        later("Call {asker}: they can ask the young person again, and then you."),
    ),
    consent_errors.RequestNotOpen: (
        later("This request has been answered already."),
        later("Look at the list of requests again."),
    ),
}
