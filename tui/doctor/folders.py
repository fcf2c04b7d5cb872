"""The folders and files that liqtop writes: whether they can be written, have room, and are the user's alone."""

import os
import shutil
import sys
from pathlib import Path

from feeds.store_settings import StoreSettings
from tui.copying import copy_file
from tui.doctor.check import Check
from tui.journal_settings import JournalTable
from tui.storing import store_file

GROUP = "paths"
_OTHERS = 0o077
_SCARCE_BYTES = 20_000_000
"""Less room than this is gone within a day of liquidations and bars of a few coins."""


def folder_checks(journal: JournalTable, store: StoreSettings) -> list[Check]:
    """A check of each folder that is written to, and of the journal's file."""
    data = store_file(store).parent
    checks = [_folder("data folder", data), _room(data, store)]
    journal_file = journal.file("LIVE")
    if journal_file.parent != data:
        checks.append(_folder("journal folder", journal_file.parent))
    checks.append(private_file(GROUP, "journal", journal_file))
    checks.append(_folder("folder of copied text", copy_file().parent))
    return checks


def private_file(group: str, name: str, path: Path) -> Check:
    """A file that only its owner should read and must be able to write; that it isn't there yet is fine."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return Check(group, name, "ok", f"{path}, not there yet")
    except OSError as error:
        return Check(group, name, "failed", f"{path}: {error.strerror}", "a file", "check the rights of its folder")
    size = f"{path}, {found.st_size:,} bytes"
    if not path.is_file():
        return Check(group, name, "failed", f"{path} is no file", "a file", "move it away")
    if not os.access(path, os.R_OK | os.W_OK):
        return Check(
            group, name, "failed", f"{size}, can't be written", "a file of yours", f"chown, or chmod 600 {path}"
        )
    if sys.platform != "win32" and found.st_mode & _OTHERS:
        mode = f"mode {found.st_mode & 0o777:o}"
        return Check(group, name, "warning", f"{size}, {mode}: others may read it", "mode 600", f"chmod 600 {path}")
    return Check(group, name, "ok", f"{size}, writable, yours alone" if sys.platform != "win32" else size)


def _folder(name: str, path: Path) -> Check:
    there = _nearest(path)
    if not there.is_dir():
        return Check(GROUP, name, "failed", f"{there} is no folder", "a folder", f"move {there} away")
    if not os.access(there, os.W_OK | os.X_OK):
        return Check(
            GROUP, name, "failed", f"{there} can't be written", f"{path} writable", f"check the rights of {there}"
        )
    return Check(GROUP, name, "ok", f"{path}, writable" if there == path else f"{path}, not there yet, can be made")


def _room(path: Path, store: StoreSettings) -> Check:
    free = shutil.disk_usage(_nearest(path)).free
    found = f"{free / 1e6:,.0f} MB free at {_nearest(path)}"
    wanted = f"room for the store's bound of {store.most_megabytes:,.0f} MB"
    if free < _SCARCE_BYTES:
        return Check(GROUP, "free space", "failed", found, wanted, "make room: without it nothing is remembered")
    if free < store.most_megabytes * 1e6:
        return Check(GROUP, "free space", "warning", found, wanted, "make room, or lower [store] most_megabytes")
    return Check(GROUP, "free space", "ok", found)


def _nearest(path: Path) -> Path:
    """The path, or the nearest part of it that exists."""
    return next((one for one in (path.absolute(), *path.absolute().parents) if one.exists()), Path("/"))
