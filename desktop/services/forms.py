"""Forms that were being filled in when the screen locked: there again after it opens."""

from dataclasses import replace

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.domain.moment import Moment
from desktop.domain.text import masked
from desktop.vault import forms
from desktop.vault.database import Vault


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
