"""What docs/hub.md and its Korean sister say can be typed, and can be seen."""

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sync.server import commands
from sync.server.founding import KEY
from sync.server.metrics import Metrics

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("hub.md", "hub.ko.md")
_FIGURE = re.compile(r"`([a-z_]+)(?:\{[^`]*\})?`")
_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]+)")
_OTHERS = {"system", "group", "home"}  # adduser's


def page(name):
    return (DOCS / name).read_text("utf-8")


@pytest.fixture(scope="module")
def known():
    """Every option of the commands of the hub and of its keepers."""
    hub = ["sync.server", "--home", "."]
    named = ("restore", "backup", "new-code", "proposals", "hand-out")
    asked = [hub, *([*hub, word] for word in named)]
    asked += [["sync.keeping", word] for word in ("init", "sign", "publish", "rotate")]
    told = [
        subprocess.run(
            [sys.executable, "-m", *words, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for words in asked
    ]
    return "".join(told)


@pytest.mark.parametrize("name", PAGES)
def test_every_option_that_a_page_names_is_one(name, known):
    named = set(_OPTION.findall(page(name))) - _OTHERS

    assert {"public-url", "behind", "metrics-port", "lost"} <= named
    assert {option for option in named if f"--{option}" not in known} == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_that_a_page_names_is_served(name):
    served = set(re.findall(r"# TYPE bammajung_hub_(\w+)", Metrics().text()))
    rows = [line for line in page(name).splitlines() if line.startswith("| `")]
    named = {match[1] for line in rows if (match := _FIGURE.match(line[2:]))}

    assert {"waiting", "unanswered_seconds", "upkeep_total"} <= named
    assert named - served == set()


def test_the_hub_starts_once_the_clock_is_right():
    unit = page("hub.md").partition("[Unit]")[2].partition("[Service]")[0]

    assert re.search(r"^After=.*\btime-sync\.target\b", unit, re.MULTILINE)
    assert re.search(r"^Wants=.*\btime-sync\.target\b", unit, re.MULTILINE)


def of_an_only_admin(name):
    """Return what is typed for an organisation whose only admin's laptop is lost."""
    heads = {"hub.md": "## When the laptop of an only admin", "hub.ko.md": "## 하나뿐인 관리자의"}
    section = page(name).split(heads[name])[1].split("\n## ")[0]
    lines = "".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL)).splitlines()
    start = "sudo -u hub bammajung-hub --home /srv/hub/home "
    assert all(line.startswith(start) for line in lines)
    return [line.removeprefix(start).split() for line in lines]


def test_for_a_lost_only_admin_both_pages_type_the_same_and_the_hub_takes_it():
    typed = of_an_only_admin("hub.md")
    parser = argparse.ArgumentParser()
    commands.add_commands(parser)

    asked = [parser.parse_args(words).command for words in typed]

    assert typed == of_an_only_admin("hub.ko.md")
    assert asked == [
        "devices", "revoke", "hand-out", "new-code", "pending", "let-in", "found-anew",
        "proposals",
    ]  # fmt: skip


def test_the_unit_starts_only_where_a_hub_is():
    unit = page("hub.md").partition("[Unit]")[2].partition("[Install]")[0]
    home = re.search(r"--home (\S+)", unit)[1]

    assert f"\nConditionPathExists={home}/{KEY}\n" in unit
    assert f"\nRequiresMountsFor={Path(home).parent}\n" in unit


@pytest.mark.parametrize("name", PAGES)
def test_the_service_is_started_once_a_hub_is_founded(name):
    said = page(name)

    assert said.index("stamp-key\n```") < said.index("systemctl start bammajung-hub")
    assert said.index("systemctl start") < said.index("bammajung-root init")


@pytest.mark.parametrize("name", PAGES)
def test_a_hub_is_stopped_before_it_is_restored_and_started_after_all_else(name):
    lost = page(name).partition("/srv/hub-copies/2026-11-27")
    typed = lost[0].rpartition("```sh")[2]

    assert (
        typed.index("systemctl stop bammajung-hub") < typed.index("mv ") < typed.index("restore")
    )
    assert lost[2].rindex("`revoke") < lost[2].index("systemctl start bammajung-hub")


@pytest.mark.parametrize(
    ("name", "said"),
    [("hub.md", "destroyed of shut-out laptops is here"), ("hub.ko.md", "막힌 노트북이 남긴")],
)
def test_a_page_says_that_what_admins_had_destroyed_may_be_here_again(name, said):
    assert said in page(name)


def test_both_pages_tell_of_each_other():
    assert "(hub.ko.md)" in page("hub.md")
    assert "(hub.md)" in page("hub.ko.md")
