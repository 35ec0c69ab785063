"""Exceptions that carry somebody's words, as real libraries raise them."""

import json
import random
import sqlite3
from collections.abc import Callable

import msgspec
import requests
from sqlcipher3 import dbapi2 as sqlcipher

from desktop import errors

Poison = Callable[[], None]
"""Raises, and carries the words."""


def poison(words: str, chance: random.Random) -> Poison:
    """Return one at random."""
    make = chance.choice(_KINDS)
    return lambda: make(words)


def _in_args(words):
    raise ValueError(words, {"note": words}, words.encode())


def _in_key(words):
    {}[words]


def _in_lookup(words):
    getattr(words, words)


def _in_number(words):
    int(words)


def _in_bytes(words):
    (words + "\udc80").encode()


def _in_json(words):
    json.loads("{" + words)


def _in_type(words):
    msgspec.json.decode(json.dumps({words: words}), type=dict[str, int])


def _in_file_name(words):
    open(f"/nowhere/{words}")  # noqa: SIM115, PTH123


def _in_sql(words):
    db = sqlcipher.connect(":memory:")
    try:
        db.execute(f"SELECT \"{words}\" FROM note WHERE text = '{words}'")
    finally:
        db.close()


def _in_plain_sql(words):
    db = sqlite3.connect(":memory:")
    try:
        db.execute(f"PRAGMA key = {words}; {words}")
    finally:
        db.close()


def _in_url(words):
    requests.get(f"http://127.0.0.1:1/{words}?q={words}", timeout=1)


def _in_body(words):
    answer = requests.Response()
    answer.status_code, answer._content, answer.url = 500, words.encode(), words
    answer.reason = words
    answer.raise_for_status()


def _in_cause(words):
    try:
        _in_args(words)
    except ValueError as error:
        raise RuntimeError(f"PRAGMA key = {words}") from error


def _in_group(words):
    raise ExceptionGroup(words, [ValueError(words), KeyError(words)])


def _in_note(words):
    error = OSError(5, words, words)
    error.add_note(words)
    raise error


def _in_facts(words):
    raise errors.ConsentMissing(agency=words)


def _in_class(words):
    class Said(Exception):
        __doc__ = words

        def __str__(self):
            return words

        __repr__ = __str__

    raise Said


def _in_chain(words):
    try:
        _in_sql(words)
    except sqlcipher.Error:
        _in_key(words)


_KINDS = (
    _in_args, _in_key, _in_lookup, _in_number, _in_bytes, _in_json, _in_type, _in_file_name,
    _in_sql, _in_plain_sql, _in_url, _in_body, _in_cause, _in_group, _in_note, _in_facts,
    _in_class, _in_chain,
)  # fmt: skip
