"""The monitor with its store, as a process on a terminal: killed and started again, and with a store in every trouble.

LIQTOP_KILLS: how often it is killed at a random moment; once where it is not set.
"""

import gc
import os
import random
import re
import resource
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.events import Liquidation
from feeds.store import Reader
from tests.exchanges import Exchanges, frames
from tests.feeds.store.making import NOW, liquidation, writing
from tests.feeds.watching import now_ms
from tests.tui.store_terminal import PATIENCE_SECONDS, config_of, monitor

# a program that is killed leaves the local exchange's end of its sockets open until they are collected
pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

TOPIC = "allLiquidation.BTCUSDT"
KILLS = int(os.environ.get("LIQTOP_KILLS", "1"))
SMALL_BYTES = 60_000
"""Less than the tables of an empty store."""


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Collect what a killed program left, so that no later test is blamed for it."""
    yield
    gc.collect()


async def ready(venue: Exchanges, runs: int) -> None:
    """So many runs have subscribed to liquidations, the last of them still is; and the price is told."""
    await venue.wait_for(lambda: venue.subscriptions("bybit", "perp").count(TOPIC) >= runs, PATIENCE_SECONDS)
    await venue.subscribed("bybit", "perp", TOPIC, timeout=PATIENCE_SECONDS)
    ticker = frames.bybit_ticker("BTCUSDT", now_ms(), "snapshot", markPrice="70000")
    await venue.push("bybit", "perp", *ticker)


async def force(venue: Exchanges, *sizes: str) -> None:
    for place, size in enumerate(sizes):
        pushed = frames.bybit_liquidations("BTCUSDT", now_ms(), ("Buy", size, str(69_900 - 200 * place)))
        await venue.push("bybit", "perp", *pushed)


def stored(path: Path) -> int:
    return sum(isinstance(event, Liquidation) for event in Reader(path).read(0)) if path.exists() else 0


async def run_and_kill(venue: Exchanges, folder: Path, runs: int, sizes: list[str], count: int) -> None:
    """One run that is killed when `count` liquidations are stored and shown, and one that has to show the same."""
    config, path = config_of(folder, venue.url), folder / "store.sqlite3"
    counted = re.compile(rf"BYB +\S+ +\S+ +\S+ +{count}\b")
    with monitor(config) as terminal:
        await ready(venue, runs)
        await force(venue, *sizes)
        await terminal.until(lambda: stored(path) == count)
        await terminal.until(lambda: counted.search(terminal.text))
        shown = terminal.ladder()
        terminal.process.kill()
    await venue.wait_for(lambda: not venue.open_sockets("bybit"), PATIENCE_SECONDS)
    with monitor(config) as again:
        await again.until(lambda: again.ladder() == shown and counted.search(again.text))
        again.process.kill()
    await venue.wait_for(lambda: not venue.open_sockets("bybit"), PATIENCE_SECONDS)


async def test_killed_and_started_again_it_shows_the_same_ladder(tmp_path: Path) -> None:
    """What was there for a second is on the screen of the next run, as often as it is killed."""
    chance = random.Random(6)
    async with Exchanges() as venue:
        for run in range(KILLS):
            sizes = [f"{chance.uniform(1, 9):.3f}" for _ in range(3)]
            await run_and_kill(venue, tmp_path, run + 1, sizes, 3 * (run + 1))
    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_leaves_nothing_unwritten_and_lets_others_write(tmp_path: Path, number: signal.Signals) -> None:
    async with Exchanges() as venue:
        config = config_of(tmp_path, venue.url, "commit_seconds = 30.0")
        with monitor(config) as terminal:
            await ready(venue, 1)
            await force(venue, "1", "2")
            await terminal.until(lambda: len(terminal.ladder()) == 2)
            terminal.process.send_signal(number)
            await terminal.ended()
    assert stored(tmp_path / "store.sqlite3") == 2
    with writing(tmp_path / "store.sqlite3"):
        pass


async def test_the_second_program_says_that_it_only_reads(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        config = config_of(tmp_path, venue.url)
        with monitor(config) as first:
            await ready(venue, 1)
            await force(venue, "4")
            await first.until(lambda: stored(tmp_path / "store.sqlite3") == 1)
            with monitor(config) as second:
                said = f"store: another liqtop (process {first.process.pid}) writes it; this one only reads it"
                await second.until(lambda: said in second.status)
                await second.until(lambda: len(second.ladder()) == 1)
    assert stored(tmp_path / "store.sqlite3") == 1


async def test_a_full_disk_is_told_with_what_waits(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_BYTES, SMALL_BYTES))

    async with Exchanges() as venue:
        with monitor(config_of(tmp_path, venue.url), preexec=limit) as terminal:
            await ready(venue, 1)
            await force(venue, "4")
            told = re.compile(r"store: .+: not storing since \d\d:\d\d:\d\d.*, [\d,]+ rows wait")
            await terminal.until(lambda: told.search(terminal.status))
            await terminal.until(lambda: len(terminal.ladder()) == 1)
            terminal.type(b"q")
            assert await terminal.ended() == 0
    assert re.search(rb"liqtop: store: .+; [\d,]+ rows were not stored", terminal.output)


async def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        config = config_of(tmp_path, venue.url)
        config.write_text(config.read_text().replace(f"{tmp_path}/store.sqlite3", "/sys/liqtop/store.sqlite3"))
        with monitor(config) as terminal:
            await ready(venue, 1)
            await terminal.until(lambda: re.search(r"store: .+; nothing is stored", terminal.status))
            await force(venue, "4")
            await terminal.until(lambda: len(terminal.ladder()) == 1)


async def test_a_newer_file_is_moved_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with writing(path) as store:
        store.put([liquidation(NOW)])
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    async with Exchanges() as venue:
        with monitor(config_of(tmp_path, venue.url)) as terminal:
            await ready(venue, 1)
            await terminal.until(lambda: "its schema is version 99" in terminal.status)
    assert len(list(tmp_path.glob("store.sqlite3.newer-99-*"))) >= 1


async def test_with_no_store_nothing_is_written(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        with monitor(config_of(tmp_path, venue.url), "--no-store") as terminal:
            await ready(venue, 1)
            await force(venue, "4")
            await terminal.until(lambda: len(terminal.ladder()) == 1)
            terminal.type(b"f")
            await terminal.until(lambda: "FEEDS" in terminal.text)
            assert "store" not in terminal.text
            terminal.type(b"q")
            await terminal.ended()
    assert not (tmp_path / "store.sqlite3").exists()
