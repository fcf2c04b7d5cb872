"""What the screen and the commands without one make of the stored past."""

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from feeds.events import Liquidation, Past, Recall, Stored
from feeds.settings import FeedsSettings
from scoring.settings import ScoringSettings
from scoring.view import EMPTY
from tests.exchanges import Exchanges
from tests.feeds.store.making import NOW, interest, liquidation, until, writing
from tests.feeds.watching import now_ms
from tests.tui.scripted import COINS, START_MS, ScriptedSource, session_of
from tests.tui.store_terminal import config_of
from tests.tui.test_session import ScriptedLive
from tui.cli import main
from tui.controls import Controls
from tui.session import Session
from tui.views.feeds import feeds
from tui.views.row import Row
from tui.views.status import status

CONTROLS = Controls()


def stored(past: Past) -> Stored:
    name = {"venue": "liqtop", "stream": "store", "reason": ""}
    return Stored(**name, market="perp", at_ms=START_MS, received_ms=START_MS, past=past)


def turn(over: bool) -> Recall:
    return Recall(
        venue="liqtop", market="perp", stream="store", reason="", at_ms=START_MS, received_ms=START_MS, over=over
    )


def old(identity: str = "a") -> Liquidation:
    return liquidation(START_MS - 3_600_000, identity, usd=250_000.0, price=71_000.0)


def text(rows: list[Row]) -> str:
    return "\n".join("".join(span[0] for span in row) for row in rows)


def test_nothing_is_looked_at_while_the_past_is_told() -> None:
    """Alerts and the journal would take half a sum for a sum."""
    source = ScriptedSource()
    session = session_of(source)
    looks: list[int] = []
    session.beside = lambda: looks.append(1)
    session.start()
    try:
        source.send(turn(False), stored(old()))
        session.frame(CONTROLS)
        assert looks == []
        source.send(turn(True))
        session.frame(CONTROLS)
        assert looks == [1]
    finally:
        session.stop()


def test_the_past_is_counted_and_is_no_sign_of_life() -> None:
    source = ScriptedSource()
    session = session_of(source)
    session.start()
    try:
        source.send(turn(False), stored(old()), stored(interest(START_MS - 3_600_000)), turn(True))
        view = session.frame(CONTROLS)
    finally:
        session.stop()
    assert [row.usd for row in view.tape] == [250_000.0]
    assert view.cascade.day is not None
    assert view.cascade.day.long.usd == 250_000.0
    assert view.cascade.long_60s == 0
    assert view.interest[0].stale
    assert not any(feed.state == "live" for feed in view.feeds)


def test_another_list_keeps_what_the_store_told_and_was_not_taken_in_yet() -> None:
    """The first frame takes nothing in but what its time allows: here none of the rest."""
    ticks = iter(range(0, 10_000_000, 100))
    source, second = ScriptedLive(), ScriptedLive()
    session = Session(source, FeedsSettings(), ScoringSettings(), COINS, clock=lambda: next(ticks) / 1000)
    session.start()
    try:
        source.send(turn(False), *(stored(old(str(number))) for number in range(1_000)), turn(True))
        session.frame(CONTROLS)
        session.watch(("BTC",), second, ("bybit",))
        for _ in range(10):
            view = session.frame(CONTROLS)
    finally:
        session.stop()
    assert view.totals[-1].long.usd == 1_000 * 250_000.0


def test_trouble_with_the_store_is_in_the_status_bar_before_the_keys() -> None:
    note = "store: disk full: not storing since 12:03:04, 340 rows wait"
    shown = text(status(replace(EMPTY, notes=(note,)), CONTROLS, 120, 1))
    assert note in shown
    assert "help" in shown
    assert note not in text(status(EMPTY, CONTROLS, 120, 1))


def test_the_feeds_screen_tells_how_the_store_does() -> None:
    view = replace(EMPTY, store="/x/store.sqlite3, 1.2 MB, 340 rows written, 0 wait")
    assert "store /x/store.sqlite3, 1.2 MB, 340 rows written, 0 wait" in text(feeds(view, CONTROLS, 100, 30))
    assert "store" not in text(feeds(EMPTY, CONTROLS, 100, 30))


def test_a_table_leaves_by_the_command(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    config = config_of(tmp_path, "")
    with writing(tmp_path / "store.sqlite3") as store:
        store.put([liquidation(NOW, "a", 12.5), liquidation(NOW + 86_400_000, "b"), liquidation(NOW, "c", coin="ETH")])
    words = ["export", "liquidations", "BTC", "--since", "2026-10-14", "--until", "2026-10-15", "--config", str(config)]
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    out, said = capfdbinary.readouterr()
    assert [line.split(b",")[3:5] for line in out.splitlines()[1:]] == [[b"BTC", str(NOW).encode()]]
    assert b"1 rows of liquidations" in said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["liquidation"], "unknown table 'liquidation', known: liquidations, bars, "),
        (["bars", "--since", "noon"], "--since: expected a time such as 2026-01-31"),
        (["bars", "--parquet"], "--parquet: expected a file to write to, found stdout"),
    ],
)
def test_a_wrong_word_of_the_export_is_named(words: list[str], reason: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", *words])
    assert ended.value.code == 2
    assert reason in capfd.readouterr().err


@pytest.mark.anyio
async def test_a_live_snapshot_begins_with_what_the_monitor_stored_and_says_so(tmp_path: Path) -> None:
    """Also while the monitor writes, whose lock it never asks for."""
    at_ms = now_ms() - 3_600_000
    with writing(tmp_path / "store.sqlite3") as store:
        store.put([liquidation(at_ms, "a", usd=250_000.0, price=60_000.0)])
        until(lambda: store.status().written_rows == 1)
        async with Exchanges() as venue:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tui.cli", "snapshot", "BTC", "--seconds", "6", "--format", "json", "--config",
                str(config_of(tmp_path, venue.url)), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
                env={**os.environ},
            )  # fmt: skip
            async with asyncio.timeout(60):
                out, said = await process.communicate()
    assert b"with the last 24 h as the monitor stored them" in said
    day = json.loads(out)["totals"][-1]
    assert day["long"] == {"usd": 250_000.0, "count": 1, "lower_bound": True}
