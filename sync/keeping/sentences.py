"""Why a keeper's command did nothing, in whole lines that name the next step."""

from sync.keeping.keys import KeyRefused
from sync.protocol.codec import Unreadable
from sync.trust.layout import NotTrusted

FORESEEN: tuple[type[Exception], ...] = (NotTrusted, Unreadable, KeyRefused, OSError, ValueError)
"""What `sentence` has words for."""
_BEFORE = "Take the folder as it was published last."
_WHY = {
    "no root": "There is no root in this folder. Is it the keepers' own? `init` begins one.",
    "signatures": "The newest root needs more signatures, of two of its keepers and two of the"
    " root before: sign FOLDER --key FILE.",
    "version": f"The roots in this folder do not follow each other. {_BEFORE}",
    "unreadable": f"A file of this folder cannot be read. {_BEFORE}",
    "too much": "There is more in this folder than a directory: name the keepers' own.",
    "organisation id": "An organisation has an id that cannot be listed: name it after --remove.",
    "key": "--new is one of these keys already, or --old is none of them. Of the root's three, say"
    " with --old which is lost.",
}
_SYSTEM: dict[type[OSError], str] = {
    FileNotFoundError: "There is nothing at {file}: look at what was typed.",
    FileExistsError: "There is something at {file} already: name a new file.",
    IsADirectoryError: "{file} is a folder: name a file.",
    NotADirectoryError: "{file} is no folder: name the keepers' own.",
    PermissionError: "You may not use {file}: name a place of your own.",
}
_ELSE = "The system refused {file}: {why}."


def sentence(error: Exception) -> str:
    """Return what to say of something foreseen."""
    match error:
        case NotTrusted():
            said = _WHY.get(error.why, f"Refused: {error.why}.")
        case Unreadable():
            said = _WHY["unreadable"]
        case OSError():
            said = _SYSTEM.get(type(error), _ELSE).format(file=error.filename, why=error.strerror)
        case KeyRefused():
            said = "This is not a keeper's key, or not its passphrase."
        case _:
            said = "What was typed, or a file of this folder, is not as it should be."
    return f"{said} Nothing was changed."
