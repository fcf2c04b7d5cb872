"""The store's file: created for its owner alone, judged before it is written, moved aside whole when it can't be."""

import errno
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from feeds.store.schema import APPLICATION_ID, MIGRATIONS, NewerSchema, Transaction, migrate, version_of
from feeds.store.spans import end_all

HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 0.2
"""How long a statement waits for another program that holds SQLite's own lock, such as its shell."""
CHECK_SECONDS = 0.25
"""How long the file's structure is checked when it is opened; what was not reached by then shows when it is used."""
WAL_BYTES = 4_194_304
"""The write-ahead log is cut to this size when it was longer."""
_SIDES = ("-wal", "-shm")
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_SPACE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


class Unusable(Exception):
    """The file can't be written, for a reason that the message tells. `passing`: trying again may help."""

    def __init__(self, reason: str, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Opening:
    """An open connection for writing, and what had to be done for it, one line each."""

    connection: sqlite3.Connection
    notes: tuple[str, ...]


def open_for_writing(path: Path, now_ms: int, migrations: Sequence[str] = MIGRATIONS) -> Opening:
    """Open the file, or begin one. The caller holds the lock. Raises `Unusable`.

    A file that is damaged or newer than this program is moved aside, untouched, and a new one is begun. `now_ms` names
    it.
    """
    notes: list[str] = []
    for last in (False, True):
        try:
            return Opening(_opened(path, migrations), tuple(notes))
        except NewerSchema as error:
            reason, word = str(error), f"newer-{error.version}"
        except sqlite3.DatabaseError as error:
            if last or not is_damage(error):
                raise Unusable(f"{path}: {error}", passing=is_space(error)) from error
            reason, word = f"it is damaged ({error})", "damaged"
        except OSError as error:
            raise Unusable(f"{path}: {error.strerror or error}", passing=error.errno in _FULL) from error
        notes.append(move_aside(path, word, reason, now_ms))
    raise Unusable(f"{path}: a new file could not be begun")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is not a database, or not a whole one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def is_space(error: sqlite3.Error) -> bool:
    """Whether the disk is full or does not work at the moment."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SPACE


def move_aside(path: Path, word: str, reason: str, now_ms: int) -> str:
    """Give the file and its log another name, which never exists yet; returns the line that tells it.

    Raises `Unusable` where the folder refuses.
    """
    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (path.with_name(f"{path.name}.{word}-{stamp}" + (f"-{n}" if n else "")) for n in range(1000))
    aside = next(name for name in names if not name.exists())
    try:
        path.rename(aside)
        for side in _SIDES:
            with suppress(FileNotFoundError):
                path.with_name(path.name + side).rename(aside.with_name(aside.name + side))
    except OSError as error:
        raise Unusable(f"{path}: {reason}, and can't be moved aside: {error.strerror or error}") from error
    return f"{path}: {reason}: moved to {aside.name}, and a new one was begun"


def reading_connection(path: Path) -> sqlite3.Connection:
    """A connection that can't write. Raises `sqlite3.Error`, also where the file is no store of this version."""
    uri = path.absolute().as_uri() + "?mode=ro"
    try:
        return _readable(uri)
    except sqlite3.OperationalError:
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _readable(uri + "&immutable=1")  # a folder that can't be written: SQLite can't make its index there


def _readable(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        version = version_of(connection)
        if version != len(MIGRATIONS) or _owner(connection) != APPLICATION_ID:
            raise sqlite3.DatabaseError(f"expected a store of version {len(MIGRATIONS)}, found version {version}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _opened(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    _begin(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _judge(connection, path, len(migrations))
        _make_private(path)
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")
        migrate(connection, migrations)
        with Transaction(connection):
            found = connection.execute("SELECT value FROM mark WHERE name = 'seen_ms'").fetchone()
            end_all(connection, found[0] if found else 0)
    except (sqlite3.Error, NewerSchema, Unusable):
        connection.close()
        raise
    return connection


def _begin(path: Path) -> None:
    """Make the file where there is none, for its owner alone."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _make_private(path: Path) -> None:
    """Make an older file its owner's alone, and what SQLite keeps beside it."""
    for side in ("", *_SIDES):
        with suppress(FileNotFoundError):
            os.chmod(path.with_name(path.name + side), 0o600)


def _judge(connection: sqlite3.Connection, path: Path, known: int) -> None:
    """Raises what is wrong with the file, which stays as it is.

    `sqlite3.DatabaseError` where it is damaged, `NewerSchema`, `Unusable` where it is another program's.
    """
    with path.open("rb") as file:
        head = file.read(len(HEADER))
    if head and head != HEADER:
        raise _damage("expected an SQLite file, found another")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and _owner(connection) != APPLICATION_ID:
        raise Unusable(f"{path}: it is an SQLite file of another program, and is left alone")
    if (version := version_of(connection)) > known:
        raise NewerSchema(version, known)
    until = time.monotonic() + CHECK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise _damage(str(found).splitlines()[-1])
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        connection.set_progress_handler(None, 0)


def _damage(reason: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(reason)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _owner(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])
