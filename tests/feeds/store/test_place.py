"""Whatever lies at the store's place, nothing is lost or overwritten, and one line says what was done."""

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.store import Reader, Store
from feeds.store.schema import APPLICATION_ID, MIGRATIONS, NewerSchema, migrate, version_of
from feeds.store_settings import StoreSettings
from tests.feeds.store.making import NOW, QUICK, liquidation, until, writing

STAMP = "20261014T174700Z"
"""NOW, as names of files have it."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def filled(path: Path, rows: int = 5000) -> None:
    with writing(path) as store:
        store.put([liquidation(NOW + number, str(number)) for number in range(rows)])


def spoil(path: Path, offset: int, count: int = 4096) -> bytes:
    data = bytearray(path.read_bytes())
    data[offset : offset + count] = b"\xaa" * len(data[offset : offset + count])
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.parametrize("where", ["header", "schema", "middle", "cut", "text", "tiny"])
def test_a_damaged_file_is_moved_aside_whole_and_a_new_one_begun(path: Path, where: str) -> None:
    filled(path)
    size = path.stat().st_size
    if where in ("cut", "text", "tiny"):
        path.write_bytes({"cut": path.read_bytes()[: size // 2], "text": b"hello\n" * 2000, "tiny": b"x"}[where])
        damaged = path.read_bytes()
    else:
        damaged = spoil(path, {"header": 0, "schema": 100, "middle": size // 8192 * 4096}[where])
    opened = Store.open(path, QUICK, NOW)
    assert opened.store is not None
    opened.store.put([liquidation()])
    assert opened.store.close()
    (note,) = opened.notes
    aside = path.with_name(f"store.sqlite3.damaged-{STAMP}")
    assert note.startswith(f"{path}: it is damaged (")
    assert note.endswith(f": moved to {aside.name}, and a new one was begun")
    assert "\n" not in note
    assert aside.read_bytes() == damaged
    assert [event.at_ms for event in Reader(path).read(0)] == [NOW]


def test_a_second_damaged_file_gets_a_name_of_its_own(path: Path) -> None:
    for content in (b"first", b"second"):
        path.write_bytes(content)
        opened = Store.open(path, QUICK, NOW)
        assert opened.store is not None
        opened.store.close()
    names = [path.with_name(f"store.sqlite3.damaged-{STAMP}{ending}") for ending in ("", "-1")]
    assert [name.read_bytes() for name in names] == [b"first", b"second"]


def test_a_file_of_a_newer_program_is_moved_aside_untouched(path: Path) -> None:
    filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE future (x)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    opened = Store.open(path, QUICK, NOW)
    assert opened.store is not None
    opened.store.close()
    aside = path.with_name(f"store.sqlite3.newer-99-{STAMP}")
    known = len(MIGRATIONS)
    assert opened.notes == (
        f"{path}: its schema is version 99, this program knows up to {known}: "
        f"moved to {aside.name}, and a new one was begun",
    )
    assert aside.read_bytes() == before


def test_another_programs_database_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    path.chmod(0o644)
    before = path.read_bytes()
    opened = Store.open(path, QUICK, NOW)
    assert opened.store is None
    assert opened.notes == (f"{path}: it is an SQLite file of another program, and is left alone; nothing is stored",)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (before, 0o644)


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir()
    opened = Store.open(path, QUICK, NOW)
    assert opened.store is None
    assert len(opened.notes) == 1
    assert opened.notes[0].startswith(f"{path}: ")


def test_all_of_it_is_the_users_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "liqtop" / "store.sqlite3"
    before = os.umask(0)
    try:
        with writing(path) as store:
            store.put([liquidation()])
            until(lambda: store.status().written_rows)
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == dict.fromkeys([f"store.sqlite3{end}" for end in ("", "-wal", "-shm", ".lock")], 0o600)


def test_an_older_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    filled(path, 1)
    path.chmod(0o666)
    with writing(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.fixture
def poor() -> Iterator[Path]:
    """A folder of a user who is not root, as whom the test runs."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        folder.chmod(0o700)
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_stored(poor: Path) -> None:
    poor.chmod(0o500)
    opened = Store.open(poor / "store.sqlite3", QUICK, NOW)
    assert opened.store is None
    assert opened.notes == (f"{poor / 'store.sqlite3'}: Permission denied; nothing is stored",)


def test_a_store_in_a_folder_that_cannot_be_written_is_still_read(poor: Path) -> None:
    path = poor / "store.sqlite3"
    filled(path, 3)
    poor.chmod(0o500)
    opened = Store.open(path, QUICK, NOW)
    assert opened.store is not None
    opened.store.put([liquidation(NOW, "new")])
    assert opened.store.close()
    assert len(list(opened.store.read(0))) == 3
    assert "nothing is stored" in opened.store.status().read_only
    assert opened.notes == (opened.store.status().read_only,)


def test_the_second_program_reads_and_never_writes(path: Path) -> None:
    """Not even after the first one has ended."""
    with writing(path) as first:
        first.put([liquidation()])
        until(lambda: first.status().written_rows)
        opened = Store.open(path, QUICK, NOW)
        second = opened.store
        assert second is not None
        assert opened.notes == (f"{path}: another liqtop (process {os.getpid()}) writes it; this one only reads it",)
        assert second.status().read_only == opened.notes[0]
        second.put([liquidation(NOW, "b")])
        assert [event.at_ms for event in second.read(0)] == [NOW]
    second.put([liquidation(NOW, "c")])
    assert second.close()
    with writing(path):
        assert len(list(Reader(path).read(0))) == 1


def test_a_file_that_is_moved_away_while_it_is_open_is_begun_anew(path: Path) -> None:
    with writing(path) as store:
        store.put([liquidation()])
        until(lambda: store.status().written_rows == 1)
        path.rename(path.with_name("elsewhere"))
        store.put([liquidation(NOW + 1, "b")])
        until(lambda: store.status().written_rows == 2)
        assert store.status().notes == (f"{path}: it was moved or deleted, and a new one was begun",)
    assert [event.at_ms for event in Reader(path).read(0)] == [NOW + 1]
    assert [event.at_ms for event in Reader(path.with_name("elsewhere")).read(0)] == [NOW]


def test_damage_found_while_writing_costs_the_file_but_not_what_came(path: Path) -> None:
    """The file's pages are spoiled behind SQLite's back, so far apart that its cache can't hide it."""
    filled(path, 40_000)
    calm = StoreSettings(commit_seconds=0.01, retry_seconds=0.01)
    with writing(path, calm) as store:
        store.put([liquidation(NOW + 50_000, "before")])
        until(lambda: store.status().written_rows == 1)
        with path.open("r+b") as file:
            file.seek(4096 * 20)
            file.write(b"\xaa" * 4096 * (path.stat().st_size // 4096 - 20))
        store.put([liquidation(NOW + number * 40, f"after {number}") for number in range(1000)])
        until(lambda: store.status().notes)
        until(lambda: not store.status().waiting_rows)
    assert "it is damaged (database disk image is malformed): moved to" in store.status().notes[0]
    assert sum(event.identity.startswith("after") for event in Reader(path).read(0)) == 1000


_ADDED = "ALTER TABLE liquidation ADD COLUMN fee REAL; CREATE TABLE later (x)"


def test_an_older_file_becomes_a_newer_one_with_its_rows(path: Path) -> None:
    filled(path, 3)
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, (*MIGRATIONS, _ADDED))
    assert version_of(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT identity, fee FROM liquidation").fetchall() == [
        ("0", None),
        ("1", None),
        ("2", None),
    ]
    with pytest.raises(NewerSchema):
        migrate(connection)
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    filled(path, 3)
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, (*MIGRATIONS, f"{_ADDED}; CREATE TABLE later (y)"))
    assert version_of(connection) == len(MIGRATIONS)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM liquidation").fetchone() == (3,)
    connection.close()


def test_a_new_file_says_whose_it_is(path: Path) -> None:
    filled(path, 1)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    connection.close()
