"""A full disk: the program goes on without storing, says so, and stores what waited once there is room."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.store import Reader, Store
from feeds.store.file import StoreFile
from feeds.store.lock import Lock
from feeds.store.writer import Writer
from feeds.store_settings import StoreSettings
from tests.feeds.store.making import NOW, QUICK, liquidation, trade, until, up, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


@pytest.fixture
def file_limit() -> Iterator[None]:
    """Files of this process may not grow beyond a limit that the test sets; lifted at its end."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_waits_while_the_database_is_full_is_stored_afterwards(path: Path) -> None:
    """SQLite itself says that it is full; the rows wait, newer trades join them, and nothing is lost or doubled."""
    file = StoreFile(path, QUICK, NOW)
    connection, _ = file.open()
    connection.execute("PRAGMA max_page_count = 20")
    writer = Writer(file, Lock(path.with_name("lock")), QUICK)
    writer.put([up(NOW), *(liquidation(NOW + number, str(number)) for number in range(2000)), trade(NOW)])
    until(lambda: writer.status().trouble)
    assert writer.status().trouble == (f"{path}: database or disk is full; nothing is stored, tried again every 0.01 s")
    assert writer.status().waiting_rows == 2002
    writer.put([trade(NOW), liquidation(NOW, "later")])
    connection.execute("PRAGMA max_page_count = 10000")
    until(lambda: not writer.status().waiting_rows)
    assert writer.status().trouble == ""
    assert writer.close(5)
    assert len([event for event in Reader(path).read(0, ["BTC"]) if hasattr(event, "identity")]) == 2001
    assert [bar.volume_usd for bar in Reader(path).bars(0)] == [20.0]


@pytest.mark.usefixtures("file_limit")
def test_a_disk_that_refuses_to_write_is_told_and_recovered_from(path: Path) -> None:
    with writing(path) as store:
        store.put([liquidation(NOW, "before")])
        until(lambda: store.status().written_rows == 1)
        limit = path.with_name(path.name + "-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        store.put([liquidation(NOW + number, str(number)) for number in range(500)])
        until(lambda: store.status().trouble)
        assert store.status().trouble.endswith("; nothing is stored, tried again every 0.01 s")
        assert len(list(store.read(0))) == 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        until(lambda: not store.status().trouble)
    assert len(list(Reader(path).read(0))) == 501


@pytest.mark.usefixtures("file_limit")
def test_a_disk_that_is_full_from_the_start_is_tried_again(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    opened = Store.open(path, QUICK, NOW)
    assert opened.store is not None
    (note,) = opened.notes
    assert note.startswith(f"{path}: ")
    assert note.endswith("; nothing is stored")
    opened.store.put([liquidation()])
    assert opened.store.status().trouble != ""
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    until(lambda: opened.store is not None and opened.store.status().written_rows)
    assert opened.store.close()
    assert opened.store.status().trouble == ""
    assert len(list(Reader(path).read(0))) == 1


def test_memory_stays_bounded_while_the_disk_refuses(path: Path) -> None:
    """Twice the rows that may wait; the others are counted as lost."""
    few = QUICK.model_copy(update={"waiting_rows": 100})
    file = StoreFile(path, few, NOW)
    file.open()[0].execute("PRAGMA max_page_count = 1")  # SQLite takes what the file has as the least
    writer = Writer(file, Lock(path.with_name("lock")), few)
    for start in range(0, 5000, 100):
        writer.put([liquidation(NOW + start + number, f"{start + number}" * 20) for number in range(100)])
    until(lambda: writer.status().trouble)
    for start in range(5000, 6000, 100):
        writer.put([liquidation(NOW + start + number, f"{start + number}" * 20) for number in range(100)])
    status = writer.status()
    writer.close(5)
    assert status.waiting_rows <= 200
    assert status.lost_rows + status.waiting_rows + status.written_rows == 6000


def test_a_file_at_its_bound_makes_room_by_itself(path: Path) -> None:
    """More than the bound holds is put: the oldest rows go, the newest are there, and it is never a tenth beyond."""
    small = StoreSettings(commit_seconds=0.01, retry_seconds=0.01, most_megabytes=1.0)
    opened = Store.open(path, small, NOW)
    store = opened.store
    assert store is not None
    for start in range(0, 30_000, 1000):
        store.put([liquidation(NOW + start + number, str(start + number)) for number in range(1000)])
        until(lambda: not store.status().waiting_rows)
        assert path.stat().st_size <= 1_100_000
    assert store.close()
    assert path.stat().st_size <= 1_100_000
    times = [event.at_ms - NOW for event in Reader(path).read(0)]
    assert times == list(range(times[0], 30_000))
    assert len(times) > 3000
