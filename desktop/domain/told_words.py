"""What was told in words about somebody, read as we would have written it ourselves.

The words are another agency's, Korean or English, often as this program writes them. An age is
read carefully: where it may be under 14, a guardian is asked.
"""

import re
from collections.abc import Mapping

from desktop.domain.consents import Item
from desktop.domain.youths import OLDEST, About, Age, Gender

BANDS = ((0, 13), (14, 16), (17, 19), (20, 24), (25, 30))
"""Ages are told in bands before accepting; the last year of each belongs to it."""
# Compiled when first asked: the first window waits for this module.
# Neither a day of birth, a grade at school (고2) nor a count (2차, 3개월) is an age. What looks
# like one of these and names years as well stays: too young only asks a guardian too often.
_NO_AGES = (
    r"(?<!\d)(?:\d{4}|\d{2})[.\-]\s?\d{1,2}[.\-]\s?\d{1,2}(?!\d|\s*[세살])|\d{4}[.\-]\s?\d{1,2}(?!\d)"
    r"|(?<![\d.])\d{1,2}\.\d{1,2}(?!\d|\s*[세살월일])"
    r"|(?<!\d)[초중고대]등?\s?[1-6](?!\d|\s*[세살])"
    r"|(?<!\d)\d{1,2}(?:차|명|반|번|회|\s*(?:년|월|일|학년|개월))"
)
_YEARS = r"(?<!\d)(\d{1,2})(?!\d)((?<=0)대(?:\s*후반)?)?"
_BELOW = r"미만|이하|\b(?:under|below|younger)\b"
_GUESSED = (
    r"추정|추측|짐작|쯤|정도|가량|안팎|전후|약\s*\d|듯|보임|보여|보인|같음|같아|모름|몰라|미상|불명|\?"
    r"|\b(?:estimat\w*|about|around|approx\w*|probably|perhaps|maybe|guess\w*|looks?|seems?)\b"
)
_GENDERS = {
    "여": Gender.FEMALE, "여자": Gender.FEMALE, "여성": Gender.FEMALE, "여아": Gender.FEMALE,
    "female": Gender.FEMALE, "woman": Gender.FEMALE, "girl": Gender.FEMALE,
    "남": Gender.MALE, "남자": Gender.MALE, "남성": Gender.MALE, "남아": Gender.MALE,
    "male": Gender.MALE, "man": Gender.MALE, "boy": Gender.MALE,
    "그 밖": Gender.OTHER, "another gender": Gender.OTHER,
}  # fmt: skip
_LANGUAGES = {
    "한국어": "ko", "korean": "ko", "영어": "en", "english": "en", "중국어": "zh-Hans",
    "chinese": "zh-Hans", "베트남어": "vi", "vietnamese": "vi", "러시아어": "ru", "russian": "ru",
    "몽골어": "mn", "mongolian": "mn", "우즈베크어": "uz", "uzbek": "uz", "태국어": "th",
    "thai": "th",
}  # fmt: skip


def about_in(words: Mapping[Item, str]) -> About:
    """Return what was told about somebody, as far as it can be read."""
    gender = words.get(Item.GENDER, "").strip().casefold()
    said = words.get(Item.LANGUAGE, "").strip().casefold()
    return About(
        age_in(words.get(Item.AGE, "")),
        _GENDERS.get(gender, Gender.UNSAID),
        _LANGUAGES.get(said, "ko"),
    )


def age_in(words: str) -> Age:
    """Return an age told in words; a guess stays a guess, and not known where it says none."""
    years, is_guess = _years(words), re.search(_GUESSED, words, re.IGNORECASE) is not None
    if not years or not 0 < years[0] <= years[-1] <= OLDEST:
        return Age.unknown()
    if years[0] == years[-1]:
        return Age.estimated(years[0]) if is_guess else Age.stated(years[0])
    off = int(is_guess)
    return Age.between(max(1, years[0] - off), min(OLDEST, years[-1] + off))


def ages_in(words: str) -> tuple[int, int] | None:
    """Return the band, or bands, that an age told in words lies in."""
    years = _years(words)
    return (_band(years[0])[0], _band(years[-1])[1]) if years else None


def _years(words: str) -> list[int]:
    found = re.findall(_YEARS, re.sub(_NO_AGES, " ", words))
    years = sorted(year for number, decade in found for year in _meant(int(number), decade))
    return [1, *years] if years and re.search(_BELOW, words, re.IGNORECASE) else years


def _meant(years: int, decade: str) -> tuple[int, ...]:
    """Return the ages that a number means: in 10대 all of them, in 10대 후반 the older half."""
    if not decade:
        return (years,)
    return years + (5 if decade.endswith("후반") else 0), years + 9


def _band(years: int) -> tuple[int, int]:
    return next((band for band in BANDS if years <= band[1]), BANDS[-1])
