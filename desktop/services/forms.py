"""Forms that were being filled in when the screen locked: there again after it opens."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.text import masked
from desktop.vault import forms
from desktop.vault.database import Db, Vault


def set_aside(vault: Vault, form: UnfinishedForm, moment: Moment) -> None:
    """Keep every word of a form; a resident number is blotted out, as nobody can be asked."""
    words = {field: masked(text) for field, text in form.words.items()}
    with vault.transaction() as db:
        forms.set_aside(db, replace(form, words=words), moment.now)


def kept(vault: Vault) -> tuple[UnfinishedForm, ...]:
    """Return what was set aside."""
    with vault.reading() as db:
        return forms.every(db)


def drop(vault: Vault, name: FormName) -> None:
    """Forget a form: it became what it was for, or was emptied."""
    with vault.transaction() as db:
        forms.drop(db, name)


def typed_about(vault: Vault, name: FormName, youth: YouthId) -> dict[str, str]:
    """Return what stood in a form about one young person, by field."""
    with vault.reading() as db:
        return _typed(db, name, youth)[0]


def keep_about(
    vault: Vault, name: FormName, youth: YouthId, words: Mapping[str, str], moment: Moment
) -> None:
    """Keep what stands in a form about one young person, beside what is kept about others.

    Nothing but blanks is kept as nothing; a resident number is blotted out.
    """
    mine = {f"{youth}/{field}": masked(text) for field, text in words.items() if text.strip()}
    with vault.transaction() as db:
        others = _typed(db, name, youth)[1]
        if mine or others:
            forms.set_aside(db, UnfinishedForm(name, {**others, **mine}), moment.now)
        else:
            forms.drop(db, name)


def _typed(db: Db, name: FormName, youth: YouthId) -> tuple[dict[str, str], dict[str, str]]:
    kept = next((form.words for form in forms.every(db) if form.name is name), {})
    own = f"{youth}/"
    mine = {field.removeprefix(own): said for field, said in kept.items() if field.startswith(own)}
    return mine, {field: said for field, said in kept.items() if not field.startswith(own)}
