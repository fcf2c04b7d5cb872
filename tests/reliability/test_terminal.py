"""The monitor on exchanges that send what could harm a terminal, and terminals that go away: no harm, no wreck."""

import asyncio
import json
import signal
from functools import partial
from pathlib import Path

import pytest

from feeds.tape import TapeReader
from tests.exchanges import Exchanges, Listings, faults, frames, listings
from tests.reliability.program import liqtop
from tests.reliability.scene import liquidation, now_ms
from tests.reliability.screen import Screen, shown
from tui.driver import HUNG_UP, TERMINATED

pytestmark = pytest.mark.anyio

TITLE = "\x1b]0;taken over\x07"
HOSTILE = {
    "title": TITLE,
    "clipboard": "\x1b]52;c;Z290Y2hh\x07",
    "colour": "\x1b[31;5m",
    "c1": "\x9b31m",
    "markup": "[@click=app.bell]press[/]",
    "right to left": "\u202eTCB",
    "long": "X" * 10_000,
}


def hostile_lists() -> Listings:
    """Instruments of BTC under names that are no names, before and after the true one."""
    bad = [listings.binance_perp(f"{text}BTCUSDT", "BTC") for text in HOSTILE.values()]
    bad += [listings.binance_perp(f"{text}USDT", text) for text in HOSTILE.values()]
    default = Listings()
    return Listings(binance_perp=[*bad, *default.binance_perp])


def assert_harmless(screen: Screen) -> None:
    """None of it was written to the terminal as it came, and no markup was obeyed."""
    for name in ("title", "clipboard", "colour", "c1", "right to left"):
        assert HOSTILE[name].encode() not in screen.output, name
    for character in ("\u202e", "\x9b"):
        assert character.encode() not in screen.output
    assert b"]0;taken" not in screen.output
    assert b"X" * 200 not in screen.output


async def test_hostile_names_and_words_of_an_exchange_reach_no_terminal(tmp_path: Path) -> None:
    async with Exchanges(hostile_lists()) as venue, shown(tmp_path, "BTC", "--gateway", venue.url) as screen:
        await venue.subscribed("binance", "perp", "!forceOrder@arr", timeout=20)
        await venue.subscribed("bybit", "perp", "allLiquidation.BTCUSDT", timeout=20)
        for text in HOSTILE.values():
            frame = frames.binance_liquidation(f"{text}BTCUSDT", "SELL", "1", "70000", now_ms())
            await venue.push("binance", "perp", *frame)
            stream, body = liquidation("bybit", 100, 70_000, now_ms())
            await venue.push("bybit", "perp", stream, {**body, "data": [{"s": text, "S": text, "p": text, "T": text}]})
        await venue.push("bybit", "perp", *liquidation("bybit", 100, 70_000, now_ms()))
        await screen.until(lambda: "BYB liq" in screen.text)
        screen.type(b"f")
        await screen.until(lambda: "bybit perp" in screen.text)
        for number, words in enumerate(("title", "colour", "right to left", "markup")):
            session = next(one for one in venue._sessions("bybit", "perp"))
            await session.end(4000, f"gone{number} {HOSTILE[words]}")
            await screen.until(partial(lambda mark: mark in screen.text, f"gone{number}"))
            await venue.subscribed("bybit", "perp", "allLiquidation.BTCUSDT", timeout=20)
        assert_harmless(screen)


async def test_hostile_words_of_an_exchange_are_escaped_in_the_lines_of_events(tmp_path: Path) -> None:
    async with Exchanges(hostile_lists()) as venue:
        answer = {"retCode": 10001, "retMsg": "".join(HOSTILE.values()), "result": {}}
        venue.break_rest("api.bybit.com/v5/market/instruments-info", faults.Answer(200, json.dumps(answer)), times=1)
        words = ("events", "BTC", "--gateway", venue.url)
        async with liqtop(tmp_path, *words, venues=("binance", "bybit")) as program:
            await venue.subscribed("binance", "perp", "!forceOrder@arr", timeout=20)
            for text in HOSTILE.values():
                frame = frames.binance_liquidation(f"{text}BTCUSDT", "SELL", "1", "70000", now_ms())
                await venue.push("binance", "perp", *frame)
            (session, *_) = venue._sessions("binance", "perp")
            await session.end(4000, HOSTILE["title"] + HOSTILE["c1"] + HOSTILE["right to left"])
            await program.until(lambda: program.of("disconnected", stream="binance perp"))
            await program.until(lambda: program.of("disconnected", stream="bybit perp"))
    (*_, down) = program.of("disconnected", stream="binance perp")
    assert "closed by the venue with 4000" in down["reason"]
    texts = [event[name] for event in program.events for name in ("symbol", "coin", "reason") if event.get(name)]
    assert all(text.isprintable() and len(text) < 1000 for text in texts)
    told = [event["symbol"] for event in program.of("liquidation")]
    assert told == [f"{HOSTILE['markup']}BTCUSDT"], "a name that can be shown is a name, even an odd one"


async def test_the_screen_names_a_blocked_exchange_and_its_next_attempt(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        venue.break_rest("fapi.binance.com", faults.BANNED)
        async with shown(tmp_path, "BTC", "--gateway", venue.url) as screen:
            screen.type(b"f")
            await screen.until(lambda: "banned for too many requests (418)" in screen.text)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, TERMINATED), (signal.SIGHUP, HUNG_UP)])
async def test_a_signal_leaves_a_clean_terminal_and_a_readable_tape(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    tape = tmp_path / "monitor.tape"
    async with (
        Exchanges() as venue,
        shown(tmp_path, "BTC", "--gateway", venue.url, "--record", str(tape)) as screen,
    ):
        await venue.subscribed("bybit", "perp", "allLiquidation.BTCUSDT", timeout=20)
        await venue.push("bybit", "perp", *liquidation("bybit", 100, 70_000, now_ms()))
        await screen.until(lambda: "BYB liq" in screen.text)
        screen.process.send_signal(number)
        assert await screen.exit_code() == code
        if number == signal.SIGTERM:
            await asyncio.sleep(0.1)  # what is still on its way through the terminal
            assert screen.attributes() == screen.before
            assert screen.output.rfind(b"\x1b[?1049l") > screen.output.rfind(b"\x1b[?1049h")
    assert any(b"allLiquidation" in record.payload for record in TapeReader(tape).records())


async def test_a_terminal_that_goes_while_it_is_written_to_leaves_no_wreck(tmp_path: Path) -> None:
    """It reads nothing, so that the monitor is in the middle of a write, and then it is gone."""
    tape = tmp_path / "monitor.tape"
    async with (
        Exchanges() as venue,
        shown(tmp_path, "BTC", "--gateway", venue.url, "--record", str(tape)) as screen,
    ):
        await venue.subscribed("bybit", "perp", "allLiquidation.BTCUSDT", timeout=20)
        screen.stall()
        for number in range(200):
            await venue.push("bybit", "perp", *liquidation("bybit", 100 + number, 60_000 + 100 * number, now_ms()))
            await asyncio.sleep(0.005)
        screen.hang_up()
        assert await screen.exit_code() == HUNG_UP
    assert sum(b"allLiquidation" in record.payload for record in TapeReader(tape).records()) >= 100
