"""What the hub may say to a database: only words that every SQL database like ours understands.

So that an engine which speaks PostgreSQL's language, but is another program, can keep a hub too.
"""

import re
from contextlib import contextmanager

from sqlalchemy import Engine, event

from sync.server import tables

WORDS = frozenset(
    word
    for line in """
    select from where and or not in is null exists as join left outer on order group having by asc
    desc limit offset distinct min max count sum coalesce cast case when then else end
    insert into values update set delete returning for
    create alter drop table index unique column add rename to primary foreign key references
    constraint default true
    text bigint integer blob bytea varchar
    begin immediate savepoint attempt release rollback commit
    """.splitlines()
    for word in line.split()
)
_NAMES = frozenset(
    {"alembic_version", "version_num", "alembic_version_pkc", "elsewhere", "other", "mark"}
    | {table.name for table in tables.metadata.tables.values()}
    | {column.name for table in tables.metadata.tables.values() for column in table.columns}
    | {index.name for table in tables.metadata.tables.values() for index in table.indexes}
    # Columns and an index of before, and SQLite's way to change a table.
    | {"acked_at", "digest", "referral_by_consent"}
    | {f"_alembic_tmp_{table}" for table in tables.metadata.tables}
)
_PLACEHOLDER = re.compile(r"%\(\w+\)s(?:::[a-z]+)?|\?", re.IGNORECASE)
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_WORD = re.compile(r"[A-Za-z_]\w*")
_SIGNS = re.compile(r'[\s\d(),.*=<>+"]|!=')
_SHAPES = {
    "a partial index": re.compile(r"create (unique )?index.* where ", re.IGNORECASE | re.DOTALL),
    "RETURNING for more than a mailbox's counter": re.compile(r"\breturning\b", re.IGNORECASE),
}
_LABEL = re.compile(r"_\d+$")
_COUNTER = re.compile(r"^UPDATE mailbox SET head=.* RETURNING (mailbox\.)?head$", re.DOTALL)
_ALEMBICS = re.compile(r"^(INSERT INTO|DELETE FROM|UPDATE) alembic_version\b")
_LOOKING_ROUND = re.compile(r"^(PRAGMA |SELECT .*\b(pg_catalog|sqlite_master)\b)", re.DOTALL)
_NEVER = re.compile(r"advisory|notify|pg_sleep|nextval|setval|set_config", re.IGNORECASE)


def strange(statement):
    """Name what in this statement is beyond portable SQL."""
    statement = statement.strip()
    if _LOOKING_ROUND.match(statement):
        # How SQLAlchemy and Alembic ask which tables there are: each dialect has its own way.
        return set(_NEVER.findall(statement))
    plain = _LITERAL.sub("", _PLACEHOLDER.sub("", statement))
    if _COUNTER.match(statement) or _ALEMBICS.match(statement):
        plain = plain.replace("RETURNING", "")
    words = {word for word in _WORD.findall(plain) if not _is_known(word.lower())}
    signs = set(_SIGNS.sub("", _WORD.sub("", plain)))
    return words | signs | {name for name, shape in _SHAPES.items() if shape.search(plain)}


def _is_known(word):
    return word in WORDS | _NAMES or _LABEL.sub("", word) in WORDS


@contextmanager
def watched():
    """Yield a dictionary that fills with every strange statement any engine executes."""
    found, seen = {}, set()

    def note(_connection, _cursor, statement, *_rest):
        if statement not in seen:
            seen.add(statement)
            if said := strange(statement):
                found[statement] = said

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
