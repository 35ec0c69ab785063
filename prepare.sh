#!/bin/sh
# Make .venv from requirements.lock, and put in place what Qt needs on Debian. Safe to run again.
# `./prepare.sh test` also brings what only the tests need.
set -eu
cd "$(dirname "$0")"

# What PySide6-Essentials loads: offscreen first, then a real X11 window.
needed="libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
ready=ready
if [ "${1:-}" = test ]; then
    # A compiler for the disk that fails when told; a message bus to announce sleep and locking;
    # the other database that a hub may have, whose server the tests start by themselves.
    needed="$needed gcc libc6-dev dbus-daemon postgresql"
    ready=ready-for-tests
fi

# Debian's own first: it is built with profiles, which makes it up to a quarter faster.
python=""
debian=""
command -v dpkg-query >/dev/null 2>&1 && debian=/usr/bin/python3
for name in $debian python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Bammajung needs Python 3.11, 3.12, 3.13 or 3.14. On Debian 12: apt-get install python3" >&2
    exit 1
fi

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    # Debian ships the venv module apart from Python itself.
    "$python" -c 'import ensurepip' 2>/dev/null || needed="$needed python3-venv"
    for package in $needed; do
        dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        echo "Please type this line once, then run the same command again:" >&2
        echo "  sudo apt-get update && sudo apt-get install --yes --no-install-recommends$missing" >&2
        exit 1
    fi
    echo "Installing$missing"
    no_cluster=/etc/postgresql-common/createcluster.d/bammajung.conf
    case "$missing " in
    *" postgresql "*)
        # Its programs are enough: Debian need not start a PostgreSQL of its own.
        $as_root mkdir -p "${no_cluster%/*}"
        echo "create_main_cluster = false" | $as_root tee "$no_cluster" >/dev/null
        ;;
    esac
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # a list of names
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install --yes -qq --no-install-recommends $missing >/dev/null
    $as_root rm -f "$no_cluster"
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv

# The lock names everything there is to install: asking each for its own needs takes ten seconds.
# Tests compile what they load, and several at once, sooner than pip compiles everything.
install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
        "$([ $ready = ready ] && echo --compile || echo --no-compile)" -r "$1"
}
# Two at once: Qt is as much work as all the others.
awk '/^[a-z]/ { is_qt = /^(pyside6|shiboken6)/ } is_qt' requirements.lock >.venv/qt.lock
awk '/^[a-z]/ { is_qt = /^(pyside6|shiboken6)/ } !is_qt' requirements.lock >.venv/others.lock
install .venv/qt.lock &
qt=$!
install .venv/others.lock
wait $qt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
touch .venv/$ready
