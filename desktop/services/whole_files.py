"""Files for others: written whole beside their place and then renamed, or not there at all."""

from contextlib import suppress
from pathlib import Path

from desktop.errors import FileNotWritten
from desktop.paths import refuse_synced
from desktop.vault.folder import flush_folder
from desktop.vault.shelf import put


def write(file: Path, content: bytes) -> None:
    """Put `content` in place of `file`. Whatever goes wrong, what was there before stays.

    Raises `UnsafePlace` where a service copies the folder elsewhere, `FileNotWritten`.
    """
    refuse_synced(file.parent)
    half = file.with_name(f".{file.name}.half")
    try:
        half.unlink(missing_ok=True)
        put(half, content)
        half.replace(file)
        flush_folder(file.parent)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise FileNotWritten from error
