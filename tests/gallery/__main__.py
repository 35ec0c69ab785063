"""`python tests/gallery [NAME,…] [--keep]`: look at screens, and keep what was looked at.

What differs from what is kept is put under build/pictures, the kept one left, the new one right,
every block that differs framed. Nothing is kept without `--keep`; a kept picture whose screen is
gone is removed with it.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

from prove.proof import scratch  # noqa: E402

from gallery import pictures  # noqa: E402 - found only now
from gallery.screens import SCREENS  # noqa: E402


def main():
    """Take the pictures; succeed if all are as they are kept, or are kept now."""
    asked = argparse.ArgumentParser(prog="python tests/gallery")
    asked.add_argument("names", nargs="?", default="")
    asked.add_argument("--keep", action="store_true")
    options = asked.parse_args()
    names = [name for name in options.names.split(",") if name] or list(SCREENS)

    shutil.rmtree(pictures.BUILD, ignore_errors=True)
    changed = [line for name in names for line in _looked_at(name, keeps=options.keep)]
    for file in pictures.orphans():
        if options.keep:
            file.unlink()
    print(f"{len(names)} screens, {len(changed)} pictures differ: {pictures.BUILD}")
    sys.exit(0 if options.keep or not changed else 1)


def _looked_at(name, *, keeps):
    for language in pictures.LANGUAGES:
        with scratch("gallery") as place:
            taken = pictures.take(place, name, language)
        for shot, image in taken.items():
            if pictures.is_same(pictures.kept(shot), image):
                continue
            file = pictures.BUILD / language / shot.file.with_suffix(".png").name
            file.parent.mkdir(parents=True, exist_ok=True)
            pictures.beside(pictures.kept(shot), image).save(str(file))
            if keeps:
                pictures.keep(shot, image)
            print(f"{language} {file.name}", flush=True)
            yield file


if __name__ == "__main__":
    main()
