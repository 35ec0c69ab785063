"""How people write days and times in Korean and English: what is looked for, and in which order.

Longer ways of saying stand before those that are a part of them.
"""

import re
from typing import Final

_KO, _EN = "월화수목금토일", ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
NUMBERS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "보름": 15,
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "열": 10, "열한": 11, "열두": 12, "일": 1,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_COUNT_KO = r"(?P<n>\d{1,3}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|일)"
_COUNT_EN = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_LATER = r"\s*(?:뒤|후|있다가|이따)"
_DAY_EN = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?"
_START = r"(?<![가-힣\d])"
_PARTICLE = r"(?:에는|에도|에|까지|쯤|경|부터|은|는|께)?(?![가-힣])"
_LEAD = r"(?:\b(?:on|by|until|before|this coming)\s+)?"


def _ko(words: str) -> re.Pattern[str]:
    return re.compile(_START + words + _PARTICLE)


def _en(words: str) -> re.Pattern[str]:
    return re.compile(_LEAD + r"\b" + words + r"\b", re.IGNORECASE)


DAYS: Final = (
    ("date", re.compile(r"(?P<y>(?:19|20)\d\d)\s*(?:[-./]|년)\s*(?P<m>\d{1,2})\s*(?:[-./]|월)"
                        r"\s*(?P<d>\d{1,2})(?:\s*일|\.)?" + _PARTICLE)),
    ("date", _ko(r"(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일")),
    ("date", re.compile(r"(?<![\d./])(?P<m>\d{1,2})[./]\s?(?P<d>\d{1,2})(?![\d])\.?" + _PARTICLE)),
    ("date", _en(_MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y>(?:19|20)\d\d))?")),
    ("date", _en(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH
                 + r"(?:,?\s+(?P<y>(?:19|20)\d\d))?")),
    ("month", _ko(r"(?:다음|담)\s*달(?:\s*(?P<d>\d{1,2})\s*일)?")),
    ("month", _en(r"next\s+month")),
    ("months", _ko(_COUNT_KO + r"\s*(?:달|개월)" + _LATER)),
    ("weeks", _ko(_COUNT_KO + r"\s*(?:주일|주)" + _LATER)),
    ("days", _ko(r"(?P<n>하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름)" + _LATER)),
    ("days", _ko(_COUNT_KO + r"\s*일" + _LATER)),
    ("months", _en(r"(?:in\s+)" + _COUNT_EN + r"\s+months?")),
    ("weeks", _en(r"(?:in\s+)" + _COUNT_EN + r"\s+weeks?")),
    ("days", _en(r"(?:in\s+)" + _COUNT_EN + r"\s+days?")),
    ("months", _en(_COUNT_EN + r"\s+months?\s+(?:later|from now)")),
    ("weeks", _en(_COUNT_EN + r"\s+weeks?\s+(?:later|from now)")),
    ("days", _en(_COUNT_EN + r"\s+days?\s+(?:later|from now)")),
    ("week", _ko(r"(?P<week>다다음|다음|담|이번|금)\s*주\s*(?P<weekday>[월화수목금토일])요일")),
    ("week", _en(r"(?P<week>next|this)\s+" + _DAY_EN)),
    ("week", _ko(r"(?P<week>다다음|다음|담|이번)?\s*(?P<weekday>주말)")),
    ("week", _en(r"(?:(?P<week>next|this)\s+|the\s+)?(?P<weekday>weekend)")),
    ("week", _ko(r"(?P<week>다다음|다음|담)\s*주")),
    ("week", _en(r"(?P<week>next)\s+week")),
    ("weekday", _ko(r"(?P<weekday>[월화수목금토일])요일")),
    ("weekday", _en(_DAY_EN)),
    ("offset", _en(r"(?:the\s+)?(?P<day>day after tomorrow)")),
    ("offset", _en(r"(?P<day>today|tomorrow|yesterday)")),
    ("offset", _ko(r"(?P<day>내일\s*모레|내일|낼|모레|글피|오늘|이따가|이따|어제|그저께|그제)")),
    ("date", _ko(r"(?P<d>\d{1,2})\s*일")),
)  # fmt: skip
AGAIN: Final = (
    re.compile(r"\(?(?<![가-힣])[월화수목금토일](?:요일)?(?![가-힣])\)?"),
    re.compile(r"\(?\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\)?,?", re.IGNORECASE),
)
"""The weekday that is written beside a date."""
OFFSETS: Final = {
    "오늘": 0, "이따가": 0, "이따": 0, "today": 0, "내일": 1, "낼": 1, "tomorrow": 1, "모레": 2,
    "내일모레": 2, "dayaftertomorrow": 2, "글피": 3, "어제": -1,
    "yesterday": -1, "그저께": -2, "그제": -2,
}  # fmt: skip
WEEKS: Final = {"이번": 0, "금": 0, "this": 0, "다음": 1, "담": 1, "next": 1, "다다음": 2}
WEEKDAYS: Final = (
    {day: n for n, day in enumerate(_KO)}
    | {f"{day}day": n for n, day in enumerate(_EN)}
    | {"주말": 5, "weekend": 5}
)

_PART_KO = r"(?P<part>새벽|아침|오전|점심|낮|오후|저녁|한밤|밤)"
_HOUR_KO = r"(?P<h>\d{1,2}|열한|열두|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)"
SOON: Final = (
    re.compile(
        _START + _COUNT_KO + r"\s*(?P<unit>시간|분)(?:\s*(?P<half>반))?" + _LATER + _PARTICLE
    ),
    re.compile(r"\bin\s+" + _COUNT_EN + r"\s+(?P<unit>hour|minute)s?\b", re.IGNORECASE),
)
CLOCKS: Final = (
    re.compile(_START + rf"(?:{_PART_KO}\s*)?{_HOUR_KO}\s*시(?!간)"
               r"(?:\s*(?P<m>\d{1,2})\s*분|\s*(?P<half>반))?" + _PARTICLE),
    re.compile(_START + rf"(?:{_PART_KO}\s*)?" + r"(?P<h>\d{1,2}):(?P<m>\d\d)"
               r"(?:\s*(?P<part_en>am|pm)\b)?" + _PARTICLE, re.IGNORECASE),
    re.compile(r"(?:\bat\s+)?\b(?P<h>\d{1,2})\s*(?P<part_en>am|pm)\b", re.IGNORECASE),
    re.compile(r"\bat\s+(?P<h>\d{1,2})(?:\s+o'?clock)?(?![\d:/.])\b", re.IGNORECASE),
)  # fmt: skip
PARTS: Final = (
    re.compile(_START + r"(?P<part>정오|자정)" + _PARTICLE),
    re.compile(_START + _PART_KO + r"(?:때|시간)?" + r"(?:을|를)?" + _PARTICLE),
    re.compile(
        r"(?:\b(?:in the|at|around|this)\s+)?\b(?P<part>early morning|small hours|dawn|morning"
        r"|noon|midday|lunch ?time|lunch|afternoon|evening|tonight|midnight|night)\b",
        re.IGNORECASE,
    ),
)
