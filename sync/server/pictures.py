"""A ticket as a QR picture: in the terminal, or as a file to print."""

from io import StringIO
from pathlib import Path

import segno


def in_terminal(text: str) -> str:
    """Return the picture in half blocks, dark on light as cameras like it."""
    made = StringIO()
    segno.make(text, error="m", micro=False).terminal(out=made, compact=True, border=2)
    return made.getvalue()


def as_svg(text: str, file: Path) -> None:
    """Write the picture to a file."""
    with file.open("wb") as out:
        segno.make(text, error="m", micro=False).save(out, kind="svg", scale=6, border=4)
