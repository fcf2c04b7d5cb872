"""What is too old leaves the store in small steps, by the market's time."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.store import Document, Reader
from feeds.store.batch import Batch
from feeds.store.place import open_for_writing
from feeds.store.retention import DAY_MS, Retention
from feeds.store.rows import Rows
from feeds.store.schema import Transaction
from feeds.store_settings import StoreSettings
from tests.feeds.store.making import NOW, down, funding, interest, liquidation, ratio, trade, up

SETTINGS = StoreSettings()
MINUTE_MS = 60_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_for_writing(path, NOW).connection
    yield opened
    opened.close()


def put(connection: sqlite3.Connection, *batches: Batch) -> None:
    with Transaction(connection):
        for batch in batches:
            Rows(connection).write(batch)


def batch(*events: object) -> Batch:
    made = Batch(1_000_000)
    made.add(events)  # type: ignore[arg-type]
    return made


def test_each_kind_goes_at_its_own_age(connection: sqlite3.Connection, path: Path) -> None:
    """Around 90 days for liquidations and bars, 365 for readings and fates; the journal stays."""
    for days in (89, 91, 364, 366):
        at_ms = NOW - days * DAY_MS
        made = batch(liquidation(at_ms, str(days)), trade(at_ms), interest(at_ms), funding(at_ms), ratio(at_ms))
        made.add([up(at_ms - 1), down(at_ms)])
        made.add_documents("fate", [Document(str(days), at_ms, 1, b"{}")])
        made.add_documents("journal", [Document(str(days), at_ms, 1, b"{}")])
        put(connection, made)
    assert Retention(SETTINGS).run(connection, NOW, 10.0) is False
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("liquidation", "bar", "interest", "funding", "ratio", "span")
    }
    assert counts == {"liquidation": 1, "bar": 1, "interest": 3, "funding": 3, "ratio": 3, "span": 1}
    assert [fate.key for fate in Reader(path).documents("fate")] == ["364", "91", "89"]
    assert len(Reader(path).documents("journal")) == 4


def test_old_open_interest_keeps_the_last_of_five_minutes(connection: sqlite3.Connection, path: Path) -> None:
    """Of two instruments, one of which was not read in every minute; what is younger than 30 days stays as it is."""
    border = (NOW - 30 * DAY_MS) // 300_000 * 300_000
    minutes = [border + number * MINUTE_MS for number in range(-20, 20)]
    put(connection, batch(*(interest(at_ms) for at_ms in minutes)))
    put(connection, batch(*(interest(at_ms, symbol="X", coin="X") for at_ms in minutes[::3])))
    Retention(SETTINGS).run(connection, NOW, 10.0)

    def thinned(times: list[int]) -> list[int]:
        last = {at_ms // 300_000: at_ms for at_ms in times if at_ms < border}
        return [*last.values(), *(at_ms for at_ms in times if at_ms >= border)]

    assert [event.at_ms for event in Reader(path).read(0, ["BTC"])] == thinned(minutes)
    assert [event.at_ms for event in Reader(path).read(0, ["X"])] == thinned(minutes[::3])


def test_thinning_goes_on_where_it_was_and_over_holes(connection: sqlite3.Connection, path: Path) -> None:
    first = (NOW - 60 * DAY_MS) // 300_000 * 300_000
    put(connection, batch(interest(first), interest(first + 60_000), interest(NOW - 35 * DAY_MS)))
    Retention(SETTINGS).run(connection, NOW, 10.0)
    late = NOW - 28 * DAY_MS
    put(connection, batch(*(interest(late // 300_000 * 300_000 + number * MINUTE_MS) for number in range(5))))
    Retention(SETTINGS).run(connection, NOW + 5 * DAY_MS, 10.0)
    assert len(list(Reader(path).read(0))) == 3


def test_a_large_deletion_is_done_in_small_steps(connection: sqlite3.Connection) -> None:
    """60,000 old rows: no call takes much longer than it was given, and the file gives its space back."""
    put(connection, batch(*(liquidation(NOW - 91 * DAY_MS + number, str(number)) for number in range(60_000))))
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    retention, took = Retention(SETTINGS), []
    more = True
    while more:
        begun = time.perf_counter()
        more = retention.run(connection, NOW, 0.02)
        took.append(time.perf_counter() - begun)
    assert len(took) > 3
    assert sorted(took)[len(took) // 2] < 0.05
    assert connection.execute("SELECT count(*) FROM liquidation").fetchone() == (0,)
    assert connection.execute("PRAGMA page_count").fetchone()[0] < pages / 10


def test_a_step_goes_on_where_all_rows_have_one_time(connection: sqlite3.Connection) -> None:
    put(connection, batch(*(liquidation(NOW - 91 * DAY_MS, str(number)) for number in range(3000))))
    Retention(SETTINGS).run(connection, NOW, 10.0)
    assert connection.execute("SELECT count(*) FROM liquidation").fetchone() == (0,)


def test_a_clock_of_ours_that_is_wrong_deletes_nothing() -> None:
    """The market's time is the earlier of the two clocks, and a status alone does not move it."""
    made = batch(trade(NOW), up(NOW + 9999 * DAY_MS))
    assert made.newest_ms == NOW


def test_beyond_the_bound_old_bars_go_first(connection: sqlite3.Connection, path: Path) -> None:
    """Liquidations as old as the bars stay as long as bars older than two days can make the room."""
    minutes = range(12_000)
    put(connection, batch(*(liquidation(NOW - number * MINUTE_MS, str(number)) for number in minutes[::4])))
    put(connection, batch(*(trade(NOW - number * MINUTE_MS) for number in minutes)))
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    bound = pages * 4096 * 0.8 / 1e6
    Retention(SETTINGS.model_copy(update={"most_megabytes": bound})).run(connection, NOW, 10.0)
    assert connection.execute("PRAGMA page_count").fetchone()[0] * 4096 <= bound * 1e6
    assert len(list(Reader(path).read(0))) == 3000
    kept = [bar.minute_ms for bar in Reader(path).bars(0)]
    assert NOW - 12_000 * MINUTE_MS < kept[0] <= NOW - 2 * DAY_MS
    assert len(kept) == (NOW - kept[0]) // MINUTE_MS + 1


def test_the_bound_takes_the_oldest_rows_of_whatever_table(connection: sqlite3.Connection, path: Path) -> None:
    settings = StoreSettings(most_megabytes=1.0)
    minutes = range(12_000)
    put(connection, batch(*(liquidation(NOW + number * MINUTE_MS, str(number)) for number in minutes)))
    put(connection, batch(*(trade(NOW + number * MINUTE_MS) for number in minutes)))
    Retention(settings).run(connection, NOW, 10.0)  # NOW is before all of them, so no bar is old
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    assert pages * 4096 <= 1_000_000
    oldest = [next(iter(Reader(path).read(0))).at_ms, next(iter(Reader(path).bars(0))).minute_ms]
    assert abs(oldest[0] - oldest[1]) <= 1001 * MINUTE_MS
    assert min(oldest) > NOW
