"""How languages write, taken from Unicode's CLDR through Babel when the catalogues are made.

At run time Babel would cost 5.5 MiB for two languages. To add one: a line in `LOCALES`, then
`python -m i18n.catalog`.
"""

import json
from dataclasses import asdict

from babel import Locale

from i18n.writing import Writing, place_of

LOCALES = {"ko": Locale("ko", "KR"), "en": Locale("en")}


def writing(locale: Locale) -> Writing:
    """Return what Babel knows of how `locale` writes."""
    months, weekdays = locale.months["format"], locale.days["format"]
    symbols, lists = locale.number_symbols["latn"], locale.list_patterns["standard"]
    return Writing(
        months=tuple(months["wide"][n] for n in range(1, 13)),
        short_months=tuple(months["abbreviated"][n] for n in range(1, 13)),
        weekdays=tuple(weekdays["wide"][n] for n in range(7)),
        short_weekdays=tuple(weekdays["abbreviated"][n] for n in range(7)),
        minus=symbols["minusSign"],
        thousands=symbols["group"],
        pair=lists["2"],
        list_start=lists["start"],
        list_middle=lists["middle"],
        list_end=lists["end"],
    )


def written(locale: Locale) -> bytes:
    """Return the file of a language."""
    return json.dumps(asdict(writing(locale)), ensure_ascii=False, indent=1).encode() + b"\n"


def main() -> None:
    """Write the file of every language."""
    for language, locale in LOCALES.items():
        place = place_of(language)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(written(locale))
