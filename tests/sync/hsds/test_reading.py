import csv
import json
import shutil
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from msgspec import Raw

from sync.hsds.csv_tables import load_csv
from sync.hsds.json_files import load_json
from sync.hsds.places import BadRows
from sync.hsds.reading import MOST_BYTES, load
from sync.protocol.codec import canonical
from sync.protocol.directory import SEAL_BYTES, Listing, SealingKey
from sync.trust.layout import LISTING_BYTES

EXAMPLES = Path(__file__).with_name("examples")
TODAY = date(2026, 11, 20)
ORGANIZATION = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"


@pytest.mark.parametrize(
    "load",
    [
        lambda: load_json(EXAMPLES / "organization_full.json"),
        lambda: load_json(EXAMPLES / "service_full.json"),
        lambda: load_csv(EXAMPLES / "csv"),
    ],
    ids=["organization", "service", "csv"],
)
def test_the_published_examples_load_as_they_are(load):
    (found,) = (each.record for each in load())

    assert found.name == "Example Organization Inc."
    assert found.phone == "+44 1234 234567"
    assert found.address == "MyState MyCity 1-30 Main Street MyVillage"
    assert found.hours.startswith("The service is available from 10 am to 6pm weekdays")
    (service,) = found.services
    assert (service.id, service.minimum_age, service.maximum_age) == (SERVICE, 12, 100)
    assert service.schedules[0].opens_at == "10:00:00"
    assert service.service_at_locations[0].location.name == "MyCity Civic Center"
    assert service.assured_date == "2005-01-01"
    assert service.service_areas[0].name.startswith("The service is available to all residents")
    assert [one.code for one in service.service_at_locations[0].location.languages] == ["ur"]
    assert service.schedules[0].freq == "WEEKLY"


def test_a_page_of_the_api_and_a_list_load_too(tmp_path):
    record = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))
    (tmp_path / "page.json").write_text(json.dumps({"contents": [record, record]}), "utf-8")
    (tmp_path / "list.json").write_text(json.dumps([record]), "utf-8-sig")

    assert len(load_json(tmp_path / "page.json")) == 2
    assert len(load_json(tmp_path / "list.json")) == 1


def test_terms_of_our_taxonomies_are_found_by_their_taxonomy(tmp_path):
    term = {"id": "t", "name": "쉼터", "description": "", "code": "police"}
    record = {
        "id": "o",
        "name": "o",
        "description": "",
        "attributes": [
            {"id": "1", "taxonomy_term": {**term, "taxonomy": "another", "code": "no"}},
            {"id": "2"},
            {
                "id": "3",
                "taxonomy_term": {
                    **term,
                    "taxonomy_detail": {"id": "x", "name": "kr-linked-body"},
                },
            },
        ],
    }
    (tmp_path / "one.json").write_text(json.dumps(record), "utf-8")

    (found,) = (each.record for each in load_json(tmp_path / "one.json"))

    assert found.kind == "police"
    assert (found.phone, found.address, found.hours) == ("", "", "")


def line_with(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"minimum_age": 12', '"minimum_age": "열두 살"', "minimum_age"),
        ('"minimum_age": 12', '"minimum_age": -1', "minimum_age"),
        ('"status": "active"', '"status": "open"', "status"),
        ('"name": "Community Counselling"', '"name": ""', "name"),
        ('"postal_code": "ABC 1234"', '"postal_code": 1234', "postal_code"),
        ('"opens_at": "10:00:00"', '"opens_at": "열 시"', "opens_at"),
        ('"assured_date": "2005-01-01"', '"assured_date": "2005-13-01"', "assured_date"),
        ('"location_type": "physical"', '"location_type": null', "location_type"),
    ],
)
def test_a_bad_row_in_json_is_named_by_file_line_and_field(old, new, field, tmp_path):
    text = (EXAMPLES / "organization_full.json").read_text("utf-8")
    file = tmp_path / "planted.json"
    file.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(BadRows) as bad:
        load_json(file)
    (row,) = bad.value.rows

    assert (row.file, row.field) == ("planted.json", field)
    assert row.line == line_with(text, old)
    assert "열" not in row.problem


def test_a_missing_field_is_named_at_the_row_it_misses_from(tmp_path):
    record = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))
    del record["services"][0]["name"]
    file = tmp_path / "planted.json"
    file.write_text(json.dumps([record, record], indent=1), "utf-8")

    with pytest.raises(BadRows) as bad:
        load_json(file)
    row, other = bad.value.rows

    services = line_with(file.read_text("utf-8"), '"services": [')
    assert (row.field, row.line) == ("name", services + 1)
    assert (other.field, other.line > row.line) == ("name", True)


def test_the_line_is_that_of_the_file_also_in_a_list(tmp_path):
    good = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))
    bad_one = {**good, "name": 7}
    file = tmp_path / "planted.json"
    file.write_text(json.dumps([good, bad_one], indent=1), "utf-8")

    with pytest.raises(BadRows) as bad:
        load_json(file)
    (row,) = bad.value.rows

    assert row.line == line_with(file.read_text("utf-8"), '"name": 7')


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[1]", b'{"id": "a"\n, }', b"null"]
)
def test_what_is_not_a_directory_is_a_bad_row_not_a_crash(raw, tmp_path):
    file = tmp_path / "planted.json"
    file.write_bytes(raw)

    with pytest.raises(BadRows) as bad:
        load_json(file)
    (row,) = bad.value.rows

    assert row.file == "planted.json"


@pytest.fixture
def tables(tmp_path):
    return Path(shutil.copytree(EXAMPLES / "csv", tmp_path / "csv"))


@pytest.mark.parametrize(
    ("table", "old", "new", "field"),
    [
        ("services", ",12,100,", ",twelve,100,", "minimum_age"),
        ("services", ",active,", ",open,", "status"),
        ("organizations", "Example Organization Inc.", "", "name"),
        ("phones", '"""+44 1234 234567"""', "", "number"),
        ("addresses", ",physical", "", ""),
        ("locations", ",100,101,", ",north,101,", "latitude"),
    ],
)
def test_a_bad_row_in_a_table_is_named_by_file_line_and_field(old, new, table, field, tables):
    file = tables / f"{table}.csv"
    text = file.read_text("utf-8")
    if old not in text:
        old = ",postal"
    header, row = text.splitlines()[:2]
    other = row.replace(row.split(",")[0], "another", 1).replace(old, new, 1)
    file.write_text("\n".join([header, row, other]), "utf-8")

    with pytest.raises(BadRows) as bad:
        load_csv(tables)
    (row,) = bad.value.rows

    assert (row.file, row.line, row.field) == (f"{table}.csv", 3, field)


def test_an_id_used_twice_in_a_table_is_a_bad_row(tables):
    file = tables / "services.csv"
    header, row = file.read_text("utf-8").splitlines()[:2]
    file.write_text(f"{header}\n{row}\n{row}\n", "utf-8")

    with pytest.raises(BadRows) as bad:
        load_csv(tables)
    (row,) = bad.value.rows

    assert (row.line, row.field) == (3, "id")


def test_a_row_whose_owners_table_is_not_there_belongs_to_nobody(tables):
    (tables / "services.csv").unlink()

    (found,) = load((tables,), TODAY)

    assert found.services == ()


@pytest.mark.parametrize(
    ("table", "field", "problem"),
    [
        ("services", "organization_id", "no such organisation"),
        ("phones", "organization_id", "no such organisation"),
        ("phones", "service_id", "no such service"),
        ("schedules", "location_id", "no such location"),
        ("service_at_location", "location_id", "no such location"),
        ("service_at_location", "service_id", "no such service"),
        ("attributes", "taxonomy_term_id", "no such term"),
    ],
)
def test_an_owner_that_is_mistyped_is_named_by_file_line_and_field(table, field, problem, tables):
    mistype(tables / f"{table}.csv", field)

    with pytest.raises(BadRows) as bad:
        load_csv(tables)

    assert [(row.file, row.line, row.field, row.problem) for row in bad.value.rows] == [
        (f"{table}.csv", 2, field, problem)
    ]


def test_an_attribute_that_says_whose_it_is_must_be_somebodys(tables):
    mistype(tables / "attributes.csv", "link_id", link_entity="organization")

    with pytest.raises(BadRows) as bad:
        load_csv(tables)

    (row,) = bad.value.rows
    assert (row.file, row.line, row.field) == ("attributes.csv", 2, "link_id")


def test_a_bad_owner_is_named_and_not_all_that_is_its_own(tables):
    file = tables / "organizations.csv"
    file.write_text(file.read_text("utf-8").replace("Example Organization Inc.", ""), "utf-8")

    with pytest.raises(BadRows) as bad:
        load_csv(tables)

    assert [(row.file, row.field) for row in bad.value.rows] == [("organizations.csv", "name")]


def test_a_folder_or_a_file_without_an_organisation_is_named(tables, tmp_path):
    (tables / "organizations.csv").unlink()
    (tmp_path / "none.json").write_text('{"contents": []}', "utf-8")

    with pytest.raises(BadRows) as bad:
        load((tables, tmp_path / "none.json"), TODAY)

    assert [(row.file, row.line, row.problem) for row in bad.value.rows] == [
        ("organizations.csv", 1, "no organisation is in it"),
        ("none.json", 1, "no organisation is in it"),
    ]


@pytest.mark.parametrize("name", ["관악", "1", ORGANIZATION.upper(), ORGANIZATION[:-1]])
def test_an_organisation_without_a_uuid_is_named_in_either_form(name, tables, tmp_path):
    for file in tables.glob("*.csv"):
        file.write_text(file.read_text("utf-8").replace(ORGANIZATION, name), "utf-8")
    text = (EXAMPLES / "organization_full.json").read_text("utf-8")
    mark = json.loads(text)["id"]
    file = tmp_path / "planted.json"
    file.write_text(text.replace(mark, name), "utf-8")

    with pytest.raises(BadRows) as bad:
        load((tables,), TODAY)
    (in_table,) = bad.value.rows
    with pytest.raises(BadRows) as bad:
        load((file,), TODAY)
    (in_json,) = bad.value.rows

    assert (in_table.file, in_table.line, in_table.field) == ("organizations.csv", 2, "id")
    assert (in_json.file, in_json.field) == ("planted.json", "id")


def mistype(file, field, **also):
    """Let the first row name nobody in one column."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[0] |= {field: "c0ffee00-0000-4000-8000-000000000000", **also}
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, rows[0])
        table.writeheader()
        table.writerows(rows)


@pytest.mark.parametrize(
    ("table", "rows", "field"),
    [
        ("services", "id,organization_id,name,status\ns,,상담,active\n", "organization_id"),
        (
            "services",
            f"id,organisation_id,name,status\ns,{ORGANIZATION},상담,active\n",
            "organization_id",
        ),
        ("phones", "id,number\np,1388\n", ""),
        ("schedules", "id,service_id,location_id\ns,,\n", ""),
        ("service_at_location", f"id,location_id\ns,{SERVICE}\n", "service_id"),
    ],
    ids=["an empty cell", "a mistyped column", "a phone", "hours", "a place"],
)
def test_a_row_that_says_nowhere_whose_it_is_is_named(table, rows, field, tmp_path):
    head = f"id,name,description\n{ORGANIZATION},쉼터,말\n"
    (tmp_path / "organizations.csv").write_text(head, "utf-8")
    (tmp_path / f"{table}.csv").write_text(rows, "utf-8")

    assert complaints(tmp_path) == [(f"{table}.csv", 2, field)]


def test_what_belongs_to_what_is_not_read_is_left_out_and_no_mistake(tmp_path):
    head = f"id,name,description\n{ORGANIZATION},쉼터,말\n"
    (tmp_path / "organizations.csv").write_text(head, "utf-8")
    (tmp_path / "phones.csv").write_text("id,contact_id,number\np,c,1388\n", "utf-8")
    (tmp_path / "languages.csv").write_text("id,phone_id,name\nl,p,한국어\n", "utf-8")

    (found,) = load((tmp_path,), TODAY)

    assert not found.phones


def test_a_service_that_is_there_twice_in_one_organisation_is_named(tmp_path):
    record = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))
    record["services"] = [{"id": "s", "name": name, "status": "active"} for name in "ab"]
    file = tmp_path / "planted.json"
    file.write_text(json.dumps(record, indent=1), "utf-8")

    again = file.read_text("utf-8").splitlines().index('   "name": "b",')
    assert complaints(file) == [("planted.json", again, "id")]


def test_a_table_that_is_not_text_is_a_bad_row(tables):
    (tables / "phones.csv").write_bytes(b"id,number\n1,\xff\xfe\n")

    with pytest.raises(BadRows) as bad:
        load_csv(tables)
    (row,) = bad.value.rows

    assert row.file == "phones.csv"


def test_every_bad_row_is_named_and_nothing_is_half_loaded(tables, tmp_path):
    good = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))
    bad_one = json.loads(json.dumps(good))
    bad_one["name"] = ""
    bad_one["services"][0]["minimum_age"] = "열두 살"
    bad_one["services"][0]["schedules"][0].pop("id")
    file = tmp_path / "planted.json"
    file.write_text(json.dumps([good, bad_one], indent=1), "utf-8")
    (tables / "phones.csv").write_text("id,number\n,1\n2,\n3\n", "utf-8")

    with pytest.raises(BadRows) as bad:
        load((EXAMPLES / "service_full.json", file, tables), TODAY)

    named = [(row.file, row.field) for row in bad.value.rows]
    assert named == [
        ("planted.json", "name"),
        ("planted.json", "minimum_age"),
        ("planted.json", "id"),
        ("phones.csv", "id"),
        ("phones.csv", "number"),
        ("phones.csv", ""),
    ]
    assert [row.line for row in bad.value.rows[3:]] == [2, 3, 4]


def test_ages_that_run_backwards_are_named_by_file_line_and_field(tmp_path):
    file = tmp_path / "planted.json"
    text = (EXAMPLES / "organization_full.json").read_text("utf-8")
    file.write_text(text.replace('"maximum_age": 100', '"maximum_age": 9', 1), "utf-8")
    assert file.read_text("utf-8") != text

    with pytest.raises(BadRows) as bad:
        load((file,), TODAY)

    [row] = bad.value.rows
    assert (row.file, row.field) == ("planted.json", "maximum_age")
    assert row.line == line_with(text, json.loads(text)["services"][0]["id"])


def test_a_service_that_will_have_been_assured_is_named(tmp_path):
    file = tmp_path / "planted.json"
    text = (EXAMPLES / "organization_full.json").read_text("utf-8")
    for day, wrong in (("2026-11-21", []), ("2026-11-22", ["assured_date"])):
        said = text.replace('"assured_date": "2005-01-01"', f'"assured_date": "{day}"')
        file.write_text(said, "utf-8")
        rows = ()
        try:
            load((file,), TODAY)
        except BadRows as bad:
            rows = bad.rows
        assert [row.field for row in rows] == wrong, day
    assert str(rows[0].problem) == "is in the future"


def test_an_organisation_that_stands_in_two_files_is_named(tmp_path):
    other = shutil.copy(EXAMPLES / "organization_full.json", tmp_path / "again.json")

    with pytest.raises(BadRows) as bad:
        load((EXAMPLES / "organization_full.json", Path(other)), TODAY)

    assert [(row.file, row.field) for row in bad.value.rows] == [("again.json", "id")]


def test_free_places_in_a_table_are_read_and_a_bad_one_is_named(tables):
    table = tables / "service_capacity.csv"
    head = "id,service_id,unit_id,available,maximum,updated"
    table.write_text(f"{head}\nc,{SERVICE},beds,2,8,2026-11-20\n", "utf-8")
    (found,) = load((tables,), TODAY)

    (capacity,) = found.services[0].capacities
    assert (capacity.available, capacity.maximum) == (2, 8)

    table.write_text(f"{head}\nc,{SERVICE},beds,몇 개,8,2026-11-20\n", "utf-8")
    with pytest.raises(BadRows) as bad:
        load_csv(tables)
    (row,) = bad.value.rows
    assert (row.file, row.line, row.field) == ("service_capacity.csv", 2, "available")


def complaints(*paths):
    with pytest.raises(BadRows) as bad:
        load(paths, TODAY)
    return [(row.file, row.line, row.field) for row in bad.value.rows]


@pytest.mark.parametrize(
    "text",
    [
        '[\n{"name": "상담 1388",\n"description": "1",\n"id": "1"}\n]\n',
        '[\n{"name": "a", "description": "b",\n"id":\n"\\uac00"}\n]\n',
    ],
    ids=["an id that stands in other words", "an id written in escapes"],
)
def test_an_id_that_is_none_is_named_at_its_own_line(text, tmp_path):
    file = tmp_path / "planted.json"
    file.write_text(text, "utf-8")

    assert complaints(file) == [("planted.json", 4, "id")]


def test_in_a_table_each_id_is_named_at_its_own_row(tmp_path):
    rows = "id,name,description\n2,센터 21,말\n1,b,c\n"
    (tmp_path / "organizations.csv").write_text(rows, "utf-8")

    assert [line for _, line, _ in complaints(tmp_path)] == [2, 3]


def test_an_organisation_that_is_there_twice_is_named_where_it_is_again(tmp_path):
    record = {"id": ORGANIZATION, "name": "a", "description": "b"}
    file = tmp_path / "planted.json"
    file.write_text(json.dumps([record, record], indent=1), "utf-8")

    assert complaints(file) == [("planted.json", 8, "id")]


def test_a_table_that_a_korean_spreadsheet_wrote_is_named_with_what_to_do(tmp_path):
    rows = f"id,name,description\n{ORGANIZATION},센터,말\n".encode("cp949")
    (tmp_path / "organizations.csv").write_bytes(rows)

    with pytest.raises(BadRows) as bad:
        load((tmp_path,), TODAY)

    (row,) = bad.value.rows
    assert (row.line, "CSV UTF-8" in row.problem) == (2, True)


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_json_in_another_encoding_is_named_with_what_to_do(encoding, tmp_path):
    text = f'{{"id": "{ORGANIZATION}",\n"name": "센터", "description": "말"}}'
    (tmp_path / "center.json").write_bytes(text.encode(encoding))

    with pytest.raises(BadRows) as bad:
        load((tmp_path / "center.json",), TODAY)

    (row,) = bad.value.rows
    assert (row.file, "UTF-8" in row.problem) == ("center.json", True)
    assert row.line == (2 if encoding == "cp949" else 1)


def test_a_long_file_takes_no_longer_for_each_organisation_than_a_short_one(tmp_path):
    def seconds(name, count):
        records = [
            {"id": f"{n:08}-d857-441c-9679-408f346de14b", "name": "a", "description": "\n" * 2000}
            for n in range(count)
        ]
        file = tmp_path / name
        file.write_text(json.dumps(records, indent=1), "utf-8")
        begun = process_time()
        assert len(load((file,), TODAY)) == count
        return process_time() - begun

    short = min(seconds("short.json", 250) for _ in range(3))

    assert seconds("long.json", 3000) < 3 * 12 * short


def test_an_organisation_and_its_services_may_stand_in_several_files(tmp_path):
    service = json.loads((EXAMPLES / "service_full.json").read_text("utf-8"))
    other = {**service, "id": "0c1388aa-d857-441c-9679-408f346de14c"}
    (tmp_path / "page.json").write_text(json.dumps({"contents": [service, other]}), "utf-8")
    whole = EXAMPLES / "organization_full.json"
    (alone,) = load((whole,), TODAY)

    for files in ((whole, tmp_path / "page.json"), (tmp_path / "page.json", whole)):
        (found,) = load(files, TODAY)
        assert {each.id for each in found.services} == {SERVICE, other["id"]}
        assert found.locations == alone.locations


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda it: it.update(name="another"), "id"),
        (
            lambda it: it.update(id=it["id"][:-1] + "0") or it["organization"].update(name="x"),
            "name",
        ),
    ],
    ids=["a service", "an organisation"],
)
def test_what_two_files_say_differently_is_named(change, field, tmp_path):
    service = json.loads((EXAMPLES / "service_full.json").read_text("utf-8"))
    change(service)
    (tmp_path / "planted.json").write_text(json.dumps(service), "utf-8")

    assert complaints(EXAMPLES / "service_full.json", tmp_path / "planted.json") == [
        ("planted.json", 1, field)
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"uri": "http://example.com", "version": "1"},
        {"location_type": "physical", "phones": []},
        {"organization_id": ORGANIZATION},
        {"code": "c", "taxonomy": "t"},
    ],
    ids=["taxonomy", "location", "program", "term"],
)
def test_what_is_no_organisation_is_named_and_not_taken_for_one(more, tmp_path):
    record = {"id": ORGANIZATION, "name": "name", "description": "description"}
    file = tmp_path / "planted.json"
    file.write_text(json.dumps([record | more], indent=1), "utf-8")

    assert complaints(file) == [("planted.json", 2, "")]
    file.write_text(json.dumps(record | more | {"website": "https://a.example"}), "utf-8")
    assert load((file,), TODAY)


def test_the_published_taxonomy_is_no_organisation():
    assert complaints(EXAMPLES / "taxonomy.json") == [("taxonomy.json", 1, "")]


def test_an_organisation_that_the_directory_could_not_take_is_named(tmp_path):
    record = {"id": ORGANIZATION, "name": "a", "description": "말" * (MOST_BYTES // 3)}
    file = tmp_path / "planted.json"
    file.write_text(json.dumps(record, indent=1), "utf-8")

    assert complaints(file) == [("planted.json", 2, "")]
    file.write_text(json.dumps(record | {"description": "말" * (MOST_BYTES // 4)}), "utf-8")
    (found,) = load((file,), TODAY)
    keys = SealingKey(1, 1, bytes(SEAL_BYTES))
    listing = Listing(ORGANIZATION, Raw(canonical(found)), bytes(32), (keys,) * 16)
    assert len(canonical(listing)) < LISTING_BYTES


def test_a_file_that_is_not_there_is_named_with_the_others(tmp_path):
    rows = complaints(tmp_path / "missing.json", EXAMPLES / "taxonomy.json")

    assert rows == [("missing.json", 1, ""), ("taxonomy.json", 1, "")]
