"""Live exchanges with a memory: a second run has what the first one saw, nothing twice, and a gap between them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from feeds.events import AnyEvent, Connected, Liquidation, MarkPrice, Recall, Stored, Trade, Undecodable
from feeds.live import LiveSource
from feeds.settings import FeedsSettings, NetworkSettings
from feeds.store import Reader
from feeds.stored import StoredSource
from scoring.market import Market
from scoring.settings import ScoringSettings
from tests.exchanges import Exchanges, frames
from tests.feeds.store.making import writing
from tests.feeds.watching import PATIENT, Watched, now_ms

pytestmark = pytest.mark.anyio

VENUES = ("bybit", "okx")
WAIT = 20.0


class Folding(Watched):
    """The events of a source, folded into a market as behind the screen."""

    def __init__(self, coins: Sequence[str]) -> None:
        super().__init__()
        self.folded = Market(ScoringSettings(), coins)

    def emit(self, events: Sequence[AnyEvent]) -> bool:
        self.folded.apply(events)
        return super().emit(events)


def source_of(url: str, store: Reader | None, coins: Sequence[str], before: StoredSource | None = None) -> StoredSource:
    network = NetworkSettings(gateway=url, venues=VENUES)
    settings = FeedsSettings(network=network, connection=PATIENT)
    live = LiveSource(settings, coins, successor_of=None if before is None else before.source)
    return StoredSource(live, lambda: store, coins, VENUES, successor_of=before)


@asynccontextmanager
async def running(source: StoredSource, market: Folding) -> AsyncIterator[Folding]:
    task = asyncio.create_task(source.run(market.emit))
    try:
        yield market
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def run(url: str, store: Reader | None, *coins: str) -> AsyncIterator[Folding]:
    """One run of the program on the local exchanges."""
    async with running(source_of(url, store, coins or ("BTC",)), Folding(coins or ("BTC",))) as folding:
        yield folding


def okx(contracts: str, price: str = "70000", at_ms: int | None = None) -> frames.Pushed:
    return frames.okx_liquidations("BTC-USDT-SWAP", ("long", "sell", contracts, price, at_ms or now_ms()))


def bybit(size: str, price: str = "71000", symbol: str = "BTCUSDT") -> frames.Pushed:
    return frames.bybit_liquidations(symbol, now_ms(), ("Sell", size, price))


async def tell(venue: Exchanges, folding: Folding, *pushed: tuple[str, frames.Pushed], times: int = 1) -> None:
    """Send liquidations to as many runs as subscribed so far (`times`), and wait until each has arrived."""
    count = len(folding.of(Liquidation)) + len(pushed)
    for name, (stream, frame) in pushed:
        await venue.wait_for(lambda n=name, s=stream: venue.subscriptions(n, "perp").count(s) >= times, WAIT)
        await venue.subscribed(name, "perp", stream, timeout=WAIT)
        await venue.push(name, "perp", stream, frame)
    await folding.until(lambda: len(folding.of(Liquidation)) == count, WAIT)


def ladder(market: Market, coin: str = "BTC") -> dict[int, tuple[float, float]]:
    return {row: (cell.long_usd, cell.short_usd) for row, cell in market.view(coin, 1440).ladder.cells.items()}


async def test_a_restart_has_the_ladder_of_an_uninterrupted_run_and_counts_okxs_backlog_once(tmp_path: Path) -> None:
    first = [("okx", okx("13")), ("bybit", bybit("0.5"))]
    second = [("bybit", bybit("0.25", "70500")), ("okx", okx("7"))]
    async with Exchanges() as venue, run(venue.url, None) as whole:
        with writing(tmp_path / "store") as store:
            async with run(venue.url, store) as before:
                await tell(venue, before, *first, times=2)
        with writing(tmp_path / "store") as store:
            async with run(venue.url, store) as after:
                await after.until(lambda: after.of(Undecodable, kind="duplicate"), WAIT)
                await tell(venue, after, *second, times=3)
                await whole.until(lambda: len(whole.of(Liquidation)) == 4, WAIT)
                assert ladder(after.folded) == ladder(whole.folded) != {}
                tapes = [sorted(row.usd for row in one.folded.view("BTC").tape) for one in (after, whole)]
    assert tapes[0] == tapes[1]
    assert len(tapes[0]) == 4


async def test_the_time_between_two_runs_is_no_part_of_the_coverage(tmp_path: Path) -> None:
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue, run(venue.url, store) as before:
            await tell(venue, before, ("okx", okx("1")), ("bybit", bybit("1")))
            (up,) = before.of(Connected, stream="bybit perp")
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue, run(venue.url, store) as after:
            await after.until(lambda: after.of(Recall, over=True), WAIT)
            seen_ms = max(event.received_ms for event in before.events if not hasattr(event, "stream"))
            market = after.folded
            feed = next(feed for feed in market._feeds if (feed.venue, feed.market) == ("bybit", "perp"))
            assert feed.uptime.covered_ms(up.at_ms, seen_ms) == seen_ms - up.at_ms
            assert feed.uptime.covered_ms(seen_ms, market.now_ms) == 0
            assert feed.events == 0, "the past is no sign of life"


async def test_a_coin_that_nobody_watched_then_has_a_gap_for_it(tmp_path: Path) -> None:
    """The first run watched BTC only: that the feeds were up says nothing of ETH."""
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue, run(venue.url, store) as before:
            await tell(venue, before, ("okx", okx("1")), ("bybit", bybit("1")))
            await tell(venue, before, ("okx", okx("2")), ("bybit", bybit("2")))
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue, run(venue.url, store, "BTC", "ETH") as after:
            await after.until(lambda: after.of(Recall, over=True), WAIT)
            market = after.folded
            feeds = {coin: market._unwatched.seen(coin, market._feeds) for coin in ("BTC", "ETH")}
            covered = {
                coin: max(feed.uptime.covered_ms(0, market.now_ms) for feed in seen) for coin, seen in feeds.items()
            }
    assert covered["BTC"] > 0
    assert covered["ETH"] == 0


async def test_flow_price_change_and_sums_of_the_past_are_there_at_once(tmp_path: Path) -> None:
    """Bars of two hours, in a file of an earlier run, make the flow; no trade, no large order and no price of now."""
    now = now_ms()
    trades = [
        Trade(
            venue="bybit", market="perp", symbol="BTCUSDT", coin="BTC", at_ms=at_ms, received_ms=at_ms,
            taker="buy", price=70_000.0 + number, quantity=1.0, notional_usd=1e6 + number,
        )
        for number, at_ms in enumerate(range(now - 7_200_000, now - 60_000, 60_000))
    ]  # fmt: skip
    with writing(tmp_path / "store") as store:
        store.put(trades)
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue, run(venue.url, store) as after:
            await after.until(lambda: after.of(Recall, over=True), WAIT)
            view = after.folded.view("BTC")
            flow = {reading.window_minutes: reading.usd for reading in view.flow if reading.venue == "bybit"}
            assert flow[1440] == pytest.approx(sum(trade.notional_usd for trade in trades))
            assert flow[60] == pytest.approx(
                sum(
                    trade.notional_usd for trade in trades if trade.at_ms // 60_000 > after.folded.now_ms // 60_000 - 60
                )
            )
            assert view.price.value is None or "trade" not in view.price.source
            assert view.tape == ()
            mark = MarkPrice(
                venue="bybit", market="perp", symbol="BTCUSDT", coin="BTC", at_ms=now_ms(), received_ms=now_ms(),
                mark=77_000.0, index=None,
            )  # fmt: skip
            after.folded.apply([mark])
            change = after.folded.view("BTC").change
    assert change is not None
    assert change.fraction == pytest.approx(77_000.0 / 70_000.0 - 1, rel=1e-3)


async def test_trades_that_a_venue_tells_again_on_connect_flow_once(tmp_path: Path) -> None:
    at_ms = now_ms()
    async with Exchanges() as venue:
        stream, frame = frames.bybit_trade("BTCUSDT", "Buy", "2", "70000", at_ms)
        later = frames.bybit_trade("BTCUSDT", "Buy", "1", "70000", at_ms + 1, identity="2")[1]
        with writing(tmp_path / "store") as store:
            async with run(venue.url, store) as before:
                await venue.queue("bybit", "perp", stream, frame)
                await before.until(lambda: before.of(Trade), WAIT)
        with writing(tmp_path / "store") as store:
            async with run(venue.url, store) as after:
                await venue.queue("bybit", "perp", stream, frame, later)
                await after.until(lambda: after.of(Trade), WAIT)
                rows = after.folded.view("BTC").flow
    assert [trade.identity for trade in after.of(Trade)] == ["2"]  # type: ignore[union-attr]
    assert {row.usd for row in rows if row.venue == "bybit" and row.window_minutes == 1440} == {210_000.0}


async def test_another_list_tells_the_past_of_new_coins_only(tmp_path: Path) -> None:
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue, run(venue.url, store, "BTC", "ETH") as before:
            await tell(venue, before, ("okx", okx("1")), ("bybit", bybit("1")), ("bybit", bybit("3", symbol="ETHUSDT")))
    with writing(tmp_path / "store") as store:
        async with Exchanges() as venue:
            first, folding = source_of(venue.url, store, ("BTC",)), Folding(("BTC",))
            async with running(first, folding):
                await folding.until(lambda: folding.of(Recall, over=True), WAIT)
            folding.folded.watch(("BTC", "ETH"), VENUES)
            async with running(source_of(venue.url, store, ("BTC", "ETH"), first), folding):
                await folding.until(lambda: len(folding.of(Recall, over=True)) == 2, WAIT)
    told = [event.past for event in folding.of(Stored) if isinstance(event.past, Liquidation)]  # type: ignore[union-attr]
    assert [event.coin for event in told] == ["BTC", "BTC", "ETH"]
    assert sum(usd for cell in ladder(folding.folded, "ETH").values() for usd in cell) == pytest.approx(3 * 71_000)


async def test_a_store_that_can_not_be_read_is_one_line_and_the_exchanges_are_watched(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"SQLite format 3\x00" + b"no" * 2000)
    lines: list[str] = []
    async with Exchanges() as venue:
        source, folding = source_of(venue.url, Reader(tmp_path / "store"), ("BTC",)), Folding(("BTC",))
        source._tell = lines.append
        async with running(source, folding):
            await tell(venue, folding, ("okx", okx("1")), ("bybit", bybit("1")))
    assert len(lines) == 1
    assert "can't be read" in lines[0]
    assert folding.of(Recall, over=True)


async def test_without_a_store_there_is_no_past() -> None:
    async with Exchanges() as venue, run(venue.url, None) as folding:
        await tell(venue, folding, ("okx", okx("1")), ("bybit", bybit("1")))
    assert folding.of(Recall) == folding.of(Stored) == []
