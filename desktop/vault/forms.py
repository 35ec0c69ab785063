"""Rows of forms that were being filled in at a lock, one for each form."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.domain.ids import YouthId
from desktop.vault.columns import content, stamp
from desktop.vault.database import Db
from desktop.vault.subjects import GONE


def set_aside(db: Db, form: UnfinishedForm, at: datetime) -> None:
    """Keep a form in place of what was kept of it before."""
    row = (form.name.value, msgspec.json.encode(dict(form.words)).decode(), stamp(at))
    db.execute(
        "INSERT OR REPLACE INTO unfinished_form (name, words, kept_at) VALUES (?, ?, ?)", row
    )
    db.wrote("form.kept", form.name, 1, content(*row), at)


def every(db: Db) -> tuple[UnfinishedForm, ...]:
    """Return what is kept of every form."""
    rows = db.execute("SELECT name, words FROM unfinished_form ORDER BY name").fetchall()
    return tuple(
        UnfinishedForm(FormName(name), msgspec.json.decode(words, type=dict[str, str]))
        for name, words in rows
    )


def forget_about(
    db: Db, youth: YouthId, at: datetime, only: Collection[FormName] = tuple(FormName)
) -> None:
    """Destroy what was half typed about somebody; what is about others gets a salt anew."""
    for form in every(db):
        if form.name not in only:
            continue
        kept = {k: text for k, text in form.words.items() if not k.startswith(f"{youth}/")}
        if kept != form.words:
            drop(db, form.name)
            if kept:
                set_aside(db, UnfinishedForm(form.name, kept), at)


_BESIDE = frozenset({FormName.ALIAS, FormName.ABOUT, FormName.REPORT})


def is_noted(db: Db, youth: YouthId, beside: Collection[FormName] = _BESIDE) -> bool:
    """Say whether anything about somebody is half typed that is noted about them.

    How they want to be called and how old they are is asked with it, and a report by law needs no
    yes.
    """
    return any(
        key.startswith(f"{youth}/")
        for form in every(db)
        if form.name not in beside
        for key in form.words
    )


def drop(db: Db, name: FormName) -> None:
    """Throw it away: it was kept as what it was for, or emptied."""
    if db.execute("DELETE FROM unfinished_form WHERE name = ?", (name.value,)).rowcount:
        db.wrote("form.dropped", name, 2, GONE)
