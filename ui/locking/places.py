"""Where the two buses of a Linux desktop are, found without loading D-Bus."""

import os
from collections.abc import Mapping
from pathlib import Path

_USUAL = (Path("/run/dbus/system_bus_socket"), Path("/var/run/dbus/system_bus_socket"))


def system_bus(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the system's bus, or an empty string where none can be."""
    told = environment.get("DBUS_SYSTEM_BUS_ADDRESS", "")
    if told:
        return told
    return next((f"unix:path={path}" for path in _USUAL if path.exists()), "")


def session_bus(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the person's own bus, or an empty string.

    Where no address is known, the library would start a bus of its own. That is not ours to do.
    """
    told = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if told:
        return told
    run = environment.get("XDG_RUNTIME_DIR", "")
    return f"unix:path={run}/bus" if run and Path(run, "bus").exists() else ""
