"""`bammajung` and `python -m ui`. It loads only what the first window needs."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui import quick
from ui.world import ANEW, HIDDEN, PRACTICE, REAL, Start


def start() -> int:
    """Read the command line and run what it asks for."""
    usual = None if _has_no_display() else _usual(sys.argv[1:])
    if usual is not None:
        return _open(usual)
    asked = _parser().parse_args()
    if asked.command == "doctor":
        from ui import doctor

        return doctor.main(_start(asked), asked.hub, as_json=asked.json)
    if asked.command is not None:
        from ui.terminal import commands

        return commands.answer(asked, _start(asked))
    if asked.tour is None and _has_no_display():
        if not asked.practice:
            sys.stderr.write("There is no display. Try: bammajung --tour DIR\n")
            return 1
        sys.stdout.write("There is no display, so the tour runs the windows offscreen.\n")
        asked.tour = Path("build", "tour")
    if asked.tour is not None:
        if _has_no_display():
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from ui.tour.start import main as tour

        return tour(_start(asked), asked.tour, asked.tour_stage, is_by_day=asked.by_day)
    return _open(_start(asked))


def _open(start: Start) -> int:
    quick.prepare()
    from ui.main import main

    return main(start)


def _usual(words: list[str]) -> Start | None:
    # Making a parser takes three milliseconds that the first window can do without.
    is_hidden = HIDDEN in words
    match [word for word in words if word != HIDDEN]:
        case []:
            return Start(is_hidden=is_hidden)
        case ["--practice"]:
            return Start(world=PRACTICE, is_hidden=is_hidden, has_week=True)
        case ["--home", home] if not home.startswith("-"):
            return Start(Path(home), is_hidden=is_hidden)
    return None


def _has_no_display() -> bool:
    """Tell whether Qt would find no screen. Only X11 and Wayland can be absent."""
    chosen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(n) for n in chosen)


def _start(asked: Namespace) -> Start:
    world = PRACTICE if asked.practice else REAL
    is_practice = world == PRACTICE
    return Start(
        asked.home, world, is_hidden=asked.hidden, has_week=is_practice and asked.tour is None,
        is_anew=is_practice and asked.anew,
    )  # fmt: skip


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "bammajung",
        description="Street counseling notes that stay sealed.",
        allow_abbrev=False,  # --to of a command would be taken for --tour
    )
    parser.add_argument("--home", type=Path, help="keep everything in this folder")
    parser.add_argument(HIDDEN, action="store_true", help="begin with an empty window")
    parser.add_argument("--practice", action="store_true", help="an invented network")
    parser.add_argument(ANEW, action="store_true", help="destroy the practice, and begin it again")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="walk through; pictures into DIR")
    parser.add_argument("--by-day", action="store_true", help="no picture of the tour by night")
    parser.add_argument("--tour-stage", type=int, default=0, help="go on with the tour here")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    doctor = commands.add_parser("doctor", help="say how well this computer protects the notes")
    doctor.add_argument("--hub", default="", metavar="URL", help="compare the clock with this hub")
    doctor.add_argument("--json", action="store_true", help="for machines")
    from ui.terminal.commands import offer

    offer(commands)
    return parser


if __name__ == "__main__":
    sys.exit(start())
