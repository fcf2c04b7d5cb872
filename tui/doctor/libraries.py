"""Python and the libraries: which versions run here, and which optional ones are missing."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from tui import VERSION
from tui.doctor.check import Check

GROUP = "python"
LEAST_PYTHON = (3, 11)
NEEDED = (
    *("textual", "websockets", "httpx", "pydantic", "msgspec", "typer", "platformdirs", "zstandard", "rich", "numpy"),
)
"""What liqtop can't do without, by the names that pip knows."""
OPTIONAL = {
    "pyarrow": "exports to Parquet",
    "python-socks": "a SOCKS proxy for sockets",
    "socksio": "a SOCKS proxy for REST",
}
"""What else there may be, and what it is for."""


def library_checks() -> list[Check]:
    """Python's version, the needed libraries in one line, one line for each that is missing, and the optional ones."""
    needed = {name: _version(name) for name in NEEDED}
    absent = [name for name, found in needed.items() if found is None]
    lines = [Check(GROUP, name, "failed", "not installed", name, "install liqtop anew") for name in absent]
    told = ", ".join(f"{name} {found}" for name, found in needed.items() if found is not None)
    return [_python(), *lines, Check(GROUP, "libraries", "ok", told), _optional()]


def _python() -> Check:
    found = f"liqtop {VERSION}, {platform.python_implementation()} {platform.python_version()} on {platform.platform()}"
    if sys.version_info[:2] < LEAST_PYTHON:
        return Check(GROUP, "version", "failed", found, "Python 3.11 or newer", "install liqtop with a newer Python")
    return Check(GROUP, "version", "ok", found)


def _optional() -> Check:
    told = []
    for name, purpose in OPTIONAL.items():
        found = _version(name)
        told.append(f"{name} {found}" if found else f"no {name} ({purpose})")
    return Check(GROUP, "optional", "ok", ", ".join(told))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
