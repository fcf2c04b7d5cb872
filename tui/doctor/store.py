"""The store's file, looked at without touching it: its schema, its structure, and which program writes it."""

import os
import sqlite3
import sys
import time
from pathlib import Path

from feeds.store.place import is_damage, reading_connection
from feeds.store_settings import StoreSettings
from tui.doctor.check import Check
from tui.doctor.folders import private_file
from tui.storing import store_file

if sys.platform != "win32":
    import fcntl

GROUP = "store"
_LOOK_SECONDS = 1.0
"""How long the structure of a large file is looked at."""
_MOVED_ASIDE = "nothing: the monitor moves it aside and begins a new one; keep it if you can have it mended"
_OTHER_VERSION = "a newer liqtop for a newer file; [store] path where it is another program's"


def store_checks(settings: StoreSettings) -> list[Check]:
    """What is to be said of the store's file; a store that is switched off or not there yet is fine."""
    if not settings.enabled:
        return [Check(GROUP, "file", "ok", "nothing is stored: [store] enabled is false")]
    path = store_file(settings)
    file = private_file(GROUP, "file", path)
    if not path.is_file() or file.status == "failed":
        return [file]
    return [file, _structure(path), _writer(path)]


def _structure(path: Path) -> Check:
    try:
        connection = reading_connection(path)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return _looked_through(connection, f"schema version {version}")
        finally:
            connection.close()
    except sqlite3.Error as error:
        damaged = is_damage(error)
        advice = _MOVED_ASIDE if damaged else _OTHER_VERSION
        return Check(GROUP, "schema", "failed", f"{path}: {error}", "a store of this liqtop", advice)


def _looked_through(connection: sqlite3.Connection, version: str) -> Check:
    until = time.monotonic() + _LOOK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return Check(GROUP, "schema", "ok", f"{version}; whole as far as was looked in {_LOOK_SECONDS:g} s")
    if found == "ok":
        return Check(GROUP, "schema", "ok", f"{version}, whole")
    return Check(GROUP, "schema", "failed", f"damaged: {found.splitlines()[-1]}", "a whole file", _MOVED_ASIDE)


def _writer(path: Path) -> Check:
    lock = path.with_name(path.name + ".lock")
    holder = _holder(lock)
    if holder is None:
        return Check(GROUP, "writer", "ok", "no other program writes it")
    found = f"another liqtop{holder} writes it"
    return Check(GROUP, "writer", "ok", f"{found}: one that is started now only reads it")


def _holder(lock: Path) -> str | None:
    """Who holds the lock, as far as it says so; None: nobody. A shared try for a moment, which writes nothing."""
    if sys.platform == "win32":
        return None
    try:
        file = os.open(lock, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.read(file, 32).strip()
        return f" (process {text.decode()})" if text.isdigit() else ""
    finally:
        os.close(file)
    return None
