"""What is said straight to the driver: nobody can tell but by the clock."""

import secrets

import psycopg
import pytest
from sqlalchemy import Connection

from sync.server import tables
from sync.server.founding import open_hub
from sync.server.phrases import Rows
from sync.server.statements import (
    advance,
    bound,
    change,
    chosen,
    feed,
    highest,
    insertion,
    removal,
    shape,
)
from sync.server.store import StoreFailed, Taken

POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True, scope="session")
CONTENT = bytes(range(256))


@pytest.fixture
def store(tmp_path, database):
    hub = open_hub(tmp_path, "practice", secrets.token_bytes, database)
    with hub.store.writing() as db:
        db.add(tables.meta, *({"key": key, "value": f"of {key}"} for key in ("가", "나", "%s ?")))
        db.add(tables.blob_content, {"device_id": "d", "sha256": "s", "content": CONTENT})
        db.add(tables.mailbox, {"id": "org:a", "head": 7, "acked": 1 << 40, "purged": 0})
    yield hub.store
    hub.store.close()


def some(table, **where):
    return chosen(table, shape(where)), bound(where)


QUESTIONS = {
    "one": some(tables.meta, key="가"),
    "none": some(tables.meta, key="다"),
    "all": some(tables.meta),
    "any of one": some(tables.meta, key=("나",)),
    "any of three": some(tables.meta, key=("가", "다", "%s ?")),
    "any of nothing": some(tables.meta, key=()),
    "any, and one": some(tables.meta, key=("가", "나"), value="of 나"),
    "bytes": some(tables.blob_content, content=CONTENT),
    "large numbers": some(tables.mailbox, acked=1 << 40),
    "locked": (chosen(tables.mailbox, shape({"id": ""}), True), {"is_id": "org:a"}),
    "joined": (feed(), {"box": "org:a", "after": 0, "limit": 5}),
    "highest of nothing": (highest(tables.directory), None),
}


@pytest.mark.parametrize(("statement", "values"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_answered_as_it_is_the_usual_way(store, statement, values):
    with store.writing() as db:
        line = db._said._connection

        quick = line.execute(statement, values).mappings().all()
        usual = Connection.execute(line, statement, values).mappings().all()

    assert [dict(row) for row in quick] == [dict(row) for row in usual]
    assert [list(map(type, row.values())) for row in quick] == [
        list(map(type, row.values())) for row in usual
    ]


def test_what_changes_is_counted_as_it_is_the_usual_way(store):
    at = shape({"key": ""})
    with store.writing() as db:
        line = db._said._connection
        changing, new = change(tables.meta, at, ("value",)), {"is_key": "가", "new_value": "new"}

        changed = [line.execute(changing, {**new, "is_key": key}) for key in ("가", "다")]
        raised = line.execute(advance(), {"counter": "org:a", "by": 3})
        removed = line.execute(removal(tables.meta, at), {"is_key": "나"})
        added = line.execute(insertion(tables.meta), [{"key": k, "value": ""} for k in ("x", "y")])

    assert [each.rowcount for each in (*changed, removed)] == [1, 0, 1]
    assert raised.scalar_one() == 10
    assert all(isinstance(each, Rows) for each in (*changed, raised, removed, added))
    with store.reading() as db:
        keys = {row["key"] for row in db.all(tables.meta)}
        assert {"x", "y"} < keys
        assert "나" not in keys
        assert db.one(tables.meta, key="가")["value"] == "new"


@pytest.mark.parametrize("keys", [("가",), ("new", "가")])
def test_a_key_in_use_is_refused_and_the_next_transaction_is_well(store, keys):
    with pytest.raises(Taken), store.writing() as db:
        db.add(tables.meta, *({"key": key, "value": ""} for key in keys))

    with store.reading() as db:
        assert db.one(tables.meta, key="new") is None


def test_one_row_is_not_chosen_among_several(store):
    with pytest.raises(StoreFailed), store.reading() as db:
        db.one(tables.meta, value=("of 가", "of 나"))


def test_more_rows_than_go_at_once_are_all_there(store):
    rows = [{"key": f"row {at}", "value": ""} for at in range(51)]
    with store.writing() as db:
        db.add(tables.meta, *rows)

    with store.reading() as db:
        assert len(db.all(tables.meta, key=tuple(row["key"] for row in rows))) == 51


@POSTGRESQL
def test_a_connection_that_the_database_has_ended_is_replaced_before_anybody_notices(
    store, database
):
    for _ in range(2):
        _end_all(database)

        with store.reading() as db:
            assert db.one(tables.meta, key="가")
        with store.writing() as db:
            assert db.change(tables.meta, {"key": "가"}, value="") == 1


@POSTGRESQL
def test_a_connection_that_ends_within_a_transaction_fails_that_one_alone(store, database):
    def ended():
        with store.writing() as db:
            db.change(tables.meta, {"key": "가"}, value="lost")
            _end_all(database)
            db.change(tables.meta, {"key": "나"}, value="lost")

    with pytest.raises(StoreFailed):
        ended()

    with store.reading() as db:
        assert db.one(tables.meta, key="가")["value"] == "of 가"


@POSTGRESQL
def test_who_only_reads_can_change_nothing_and_sees_one_moment(store):
    with store.reading() as db:
        before = db.one(tables.meta, key="가")
        with store.writing() as other:
            other.change(tables.meta, {"key": "가"}, value="new")
        assert db.one(tables.meta, key="가") == before

    with pytest.raises(StoreFailed), store.reading() as db:
        db.change(tables.meta, {"key": "가"}, value="")


def _end_all(database):
    with psycopg.connect(database, autocommit=True) as office:
        office.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
