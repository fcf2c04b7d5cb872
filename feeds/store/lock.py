"""One writer for a file: a lock beside it that ends with its holder, however that ends."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 1024
"""On Windows a locked byte can't be read by others: this one is behind the holder's number."""


class Held(Exception):
    """Another program holds the lock; the message says which, where it said so."""


class Lock:
    """Holds the lock file until `release` or the end of the process. Raises `Held`, or `OSError` without a file.

    The file stays: removing it would let two programs lock two files of one name.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(self._file)
        except (BlockingIOError, PermissionError) as error:
            holder = _holder(self._file)
            os.close(self._file)
            raise Held(f"another liqtop{holder} writes it") from error
        except OSError:
            os.close(self._file)
            raise
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, b"%d\n" % os.getpid())

    def release(self) -> None:
        """Let others write."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _lock(file: int) -> None:
    if sys.platform == "win32":
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(file: int) -> str:
    os.lseek(file, 0, os.SEEK_SET)
    text = os.read(file, 32).strip()
    return f" (process {text.decode()})" if text.isdigit() else ""
