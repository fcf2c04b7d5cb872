"""The demo market speaks the venues' formats, tells the same story twice, and its cascades are real chains."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pytest

from feeds.demo import START_MS, DemoSource, records
from feeds.demo.coins import chosen
from feeds.demo.exchange import ForcedOrder
from feeds.demo.lines import lines
from feeds.demo.market import Market
from feeds.demo.okx import Okx
from feeds.demo.positions import Level, PositionBook
from feeds.demo.script import SCENARIOS, Script
from feeds.events import AnyEvent, Connected, Disconnected, Gap, Liquidation, MarkPrice, Trade, Undecodable, type_name
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.symbols import SymbolTable
from feeds.venues import VENUES

LARGE = ("binance", "bybit", "okx")
STREAMS = {
    *(f"{venue} {market}" for venue in (*LARGE, "htx") for market in ("perp", "spot")),
    *(f"{venue} perp" for venue in ("hyperliquid", "gate", "bitmex", "deribit", "bitget")),
    "coinbase spot",
    "htx perp notification",
}


def decoded(told: Sequence[Record]) -> list[AnyEvent]:
    pipeline = Pipeline(FeedsSettings().intake)
    return [event for record in told for event in pipeline.feed(record)]


def listed(told: Sequence[Record]) -> SymbolTable:
    """The instruments that the records list."""
    pipeline = Pipeline(FeedsSettings().intake)
    for record in told:
        if record.kind == "listing":
            pipeline.feed(record)
    return pipeline.symbols


@pytest.fixture(scope="module")
def story() -> list[Record]:
    """More than one loop of the story."""
    return list(records(seconds=380))


@pytest.fixture(scope="module")
def events(story: list[Record]) -> list[AnyEvent]:
    return decoded(story)


def phases(told: Sequence[Record]) -> dict[str, int]:
    """When each phase first began."""
    began: dict[str, int] = {}
    for record in told:
        if record.kind == "note" and record.payload.startswith(b"phase: "):
            began.setdefault(record.payload.decode().removeprefix("phase: "), record.received_ms)
    return began


def btc_marks(events: Sequence[AnyEvent], since_ms: int, until_ms: int) -> list[float]:
    return [
        event.mark
        for event in events
        if isinstance(event, MarkPrice)
        and (event.venue, event.coin) == ("binance", "BTC")
        and since_ms <= event.received_ms < until_ms
    ]


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert list(records(seed=7, seconds=20)) == list(records(seed=7, seconds=20))


def test_another_seed_gives_another_market() -> None:
    assert list(records(seed=7, seconds=5)) != list(records(seed=8, seconds=5))


def test_a_coin_moves_the_same_whichever_others_are_watched() -> None:
    def marks(*coins: str) -> list[float]:
        return btc_marks(decoded(list(records(coins=coins, seconds=10))), 0, START_MS * 2)

    assert marks("BTC") == marks("WIF", "BTC") != []


def test_records_come_in_the_order_of_their_receipt(story: list[Record]) -> None:
    assert all(earlier.received_ms <= later.received_ms for earlier, later in pairwise(story))


def test_every_frame_decodes_and_nothing_is_left_out(events: list[AnyEvent]) -> None:
    assert [event for event in events if isinstance(event, Undecodable)] == []
    assert {type_name(event) for event in events} >= {"liquidation", "trade", "mark_price", "funding"}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_decodes(scenario: str) -> None:
    told = list(records(scenario=scenario, seconds=30, seed=3))
    assert not [event for event in decoded(told) if isinstance(event, Undecodable)]


def test_the_streams_are_those_that_the_venues_name(story: list[Record], events: list[AnyEvent]) -> None:
    """Frames come on the sockets that each venue's own module opens for the listed instruments, and on all of them."""
    instruments = list(listed(story))
    named = {
        connection.name
        for venue in VENUES.values()
        for connection in venue.connections([item for item in instruments if item.venue == venue.name])
    }
    assert {record.stream for record in story if record.kind == "frame"} == STREAMS == named
    assert {event.stream for event in events if isinstance(event, Connected)} == STREAMS


def test_all_venues_agree_on_the_price_per_coin(events: list[AnyEvent]) -> None:
    """Scaled symbols and contracts come out per whole coin, so no venue is far from the others."""
    first: dict[tuple[str, str, str], float] = {}
    for event in events:
        if isinstance(event, Trade):
            first.setdefault((event.coin, event.venue, event.market), event.price)
    for coin in ("BTC", "ETH", "SOL", "PEPE", "POPCAT", "WIF"):
        prices = [price for key, price in first.items() if key[0] == coin]
        assert len(prices) == {"BTC": 13, "ETH": 12, "POPCAT": 10}.get(coin, 11)
        assert max(prices) / min(prices) < 1.02


def test_contracts_and_thousands_are_those_of_the_venues() -> None:
    table = {(line.venue, line.symbol): (line.price_unit, line.size_unit) for line in lines(chosen((), 1))}
    assert table["binance", "1000PEPEUSDT"] == table["bybit", "1000PEPEUSDT"] == (1000, 1000)
    assert table["okx", "PEPE-USDT-SWAP"] == (1, 10_000_000)
    assert table["okx", "POPCAT-USDT-SWAP"] == (1, 10)
    assert table["okx", "BTC-USDT-SWAP"] == (1, 0.01)


def test_the_same_position_has_a_like_notional_on_all_venues(events: list[AnyEvent]) -> None:
    """A size in contracts or in thousands is taken for what it is: typical trades differ by less than three times."""
    for coin in ("BTC", "PEPE", "POPCAT"):
        typical = []
        for venue in ("binance", "bybit", "okx"):
            sizes = sorted(
                event.notional_usd
                for event in events
                if isinstance(event, Trade) and (event.coin, event.venue, event.market) == (coin, venue, "perp")
            )
            typical.append(sizes[len(sizes) // 2])
        assert max(typical) / min(typical) < 3


def test_the_cascade_hits_all_venues_within_its_half_minute(story: list[Record], events: list[AnyEvent]) -> None:
    began = phases(story)
    window = range(began["cascade"], began["rejection"])
    longs = [
        event
        for event in events
        if isinstance(event, Liquidation) and event.coin == "BTC" and event.at_ms in window and event.position == "long"
    ]
    venues = Counter(event.venue for event in longs)
    assert set(venues) >= set(LARGE)
    assert venues["bybit"] > 50 > venues["binance"] > 5
    marks = btc_marks(events, window.start, window.stop)
    assert min(marks) / marks[0] < 1 - 0.01


def cascade(position: str, *, leverage: bool = True) -> tuple[list[Level], float]:
    """The story's first BTC cascade of that side: the levels it crossed, and how far it moved, in log price."""
    script = Script("story", 0)
    market = Market(chosen(("BTC",), 1), 1, script, 0)
    (btc,) = market
    levels: list[Level] = []
    moved = 0.0
    for now_ms in range(200, 340_000, 200):
        if not leverage:
            btc.book = PositionBook()
        ((_, hit),) = market.advance(now_ms, 0.2)
        phase = script.at(now_ms).phase
        if phase.name == "cascade" and (phase.direction < 0) == (position == "long"):
            levels += [level for level in hit if level.position == position]
            moved += btc.log_price - btc.before
        elif moved:
            return levels, moved
    raise AssertionError("the story has no such cascade")


@pytest.mark.parametrize(("position", "direction"), [("long", -1), ("short", 1)])
def test_each_level_of_a_cascade_is_crossed_after_the_one_before(position: str, direction: int) -> None:
    levels, moved = cascade(position)
    assert len(levels) > 8
    assert all((later.price - earlier.price) * direction > 0 for earlier, later in pairwise(levels))
    assert moved * direction > 0.004


def test_without_leveraged_positions_the_same_push_moves_the_price_half_as_far() -> None:
    levels, alone = cascade("long", leverage=False)
    assert levels == []
    assert cascade("long")[1] < 2 * alone < 0


def test_the_rejection_takes_back_a_third_of_the_fall(story: list[Record], events: list[AnyEvent]) -> None:
    began = phases(story)
    fall = btc_marks(events, began["cascade"], began["rejection"])
    back = btc_marks(events, began["rejection"], began["rejection"] + 35_000)
    low = min(fall)
    assert back[-1] - low > (fall[0] - low) / 3


def test_an_outage_is_a_disconnect_with_its_retry_then_silence_then_a_gap(events: list[AnyEvent]) -> None:
    down = next(event for event in events if isinstance(event, Disconnected) and event.market == "perp")
    gap = next(event for event in events if isinstance(event, Gap) and event.stream == down.stream)
    assert down.reason
    assert gap.since_ms == down.at_ms
    assert gap.at_ms == down.retry_at_ms == down.at_ms + 20_000
    inside = range(down.at_ms + 1, gap.at_ms)
    assert not [event for event in events if event.venue == down.venue and event.received_ms in inside]
    assert any(isinstance(event, Connected) and event.at_ms == gap.at_ms for event in events)


def test_outages_take_turns() -> None:
    """Over three loops of the outage, each venue fails once."""
    told = decoded(list(records(coins=("WIF",), scenario="outage", seconds=170)))
    assert {event.venue for event in told if isinstance(event, Disconnected)} == {"binance", "bybit", "okx"}


def test_okx_pushes_after_a_reconnect_what_nobody_heard() -> None:
    line = next(line for line in lines(chosen(("WIF",), 1)) if (line.venue, line.market) == ("okx", "perp"))
    okx = Okx()
    okx.force(ForcedOrder(line, 1000, "long", 0.9, 500.0))
    assert okx.liquidations(2000, connected=False) == []
    (backlog,) = okx.opening([], 30_000)
    assert msgspec.json.decode(backlog)["data"][0]["details"][0]["ts"] == "1000"


def test_binance_tells_one_liquidation_per_symbol_and_second(story: list[Record]) -> None:
    told: dict[str, list[int]] = {}
    for record in story:
        if b'"forceOrder"' in record.payload:
            data = msgspec.json.decode(record.payload)["data"]
            told.setdefault(data["o"]["s"], []).append(data["E"])
    assert len(told["BTCUSDT"]) > 10
    assert all(later - earlier >= 1000 for times in told.values() for earlier, later in pairwise(times))


def test_bybit_tells_several_liquidations_in_one_frame(story: list[Record]) -> None:
    sizes = [
        len(msgspec.json.decode(record.payload)["data"])
        for record in story
        if record.payload.startswith(b'{"topic":"allLiquidation.BTCUSDT"')
    ]
    assert max(sizes) > 3


def test_the_mark_price_sweeps_levels_in_the_order_it_meets_them() -> None:
    book = PositionBook()
    mark = math.log(100)
    for distance in (0.004, 0.002, 0.006, 0.05):
        book.open("long", mark - distance, mark, 10.0)
        book.open("short", mark + distance, mark, 10.0)
    swept = book.sweep(mark, mark - 0.01)
    assert [level.position for level in swept] == ["long"] * 3
    assert sorted((level.price for level in swept), reverse=True) == [level.price for level in swept]
    assert (book.long_usd, book.short_usd) == (10.0, 40.0)
    assert book.sweep(mark - 0.01, mark) == []


def test_prices_stay_near_their_start_for_two_hours() -> None:
    script = Script("story", 0)
    market = Market(chosen((), 5), 5, script, 0)
    now_ms = 0
    while now_ms < 7_200_000:
        step_ms = 200 if script.at(now_ms).fast else 1000
        now_ms += step_ms
        market.advance(now_ms, step_ms / 1000)
        for coin in market:
            quote = coin.quote()
            assert 0.7 < quote.price / quote.coin.price < 1.4
            assert 0 < quote.mark < math.inf
            assert abs(quote.funding) < 0.01


def test_an_unknown_coin_gets_a_market_and_nonsense_does_not() -> None:
    told = decoded(list(records(coins=("DOGE",), seconds=3)))
    assert {event.coin for event in told if event.coin} == {"DOGE"}
    with pytest.raises(ValueError, match="expected a coin's name"):
        DemoSource(FeedsSettings(), coins=("[red]x",))
    with pytest.raises(ValueError, match="expected a scenario"):
        DemoSource(FeedsSettings(), scenario="moon")


def test_the_rate_multiplies_trades_and_leaves_the_price_alone() -> None:
    usual, busy = (decoded(list(records(seconds=10, rate=rate))) for rate in (1.0, 30.0))
    trades = [sum(isinstance(event, Trade) for event in told) for told in (usual, busy)]
    assert trades[1] > 20 * trades[0]
    assert btc_marks(usual, 0, START_MS * 2) == btc_marks(busy, 0, START_MS * 2)


@pytest.mark.anyio
async def test_paced_and_unpaced_produce_the_same_records() -> None:
    recorded: list[list[Record]] = []
    for speed in (None, 500.0):
        told: list[Record] = []
        source = DemoSource(
            FeedsSettings(),
            coins=("BTC",),
            speed=speed,
            start_ms=START_MS,
            seconds=20,
            history_seconds=60,
            recorder=told.append,
        )
        await source.run(lambda batch: True)
        assert source.now_ms() >= START_MS + 19_000
        recorded.append(told)
    assert recorded[0] == recorded[1]


@pytest.mark.anyio
async def test_a_paced_demo_begins_with_twenty_minutes_of_history() -> None:
    source = DemoSource(FeedsSettings(), seconds=0)
    told: list[AnyEvent] = []
    clock: list[int] = []

    def emit(batch: Sequence[AnyEvent]) -> bool:
        told.extend(batch)
        clock.append(source.now_ms())
        return True

    await source.run(emit)
    assert told[-1].received_ms - told[0].received_ms > 1_190_000
    assert sum(isinstance(event, Liquidation) for event in told) > 500
    assert len(clock) > 20
    assert clock == sorted(clock)
    assert clock[0] <= told[0].received_ms + 60_000


@pytest.mark.anyio
async def test_a_full_taker_slows_the_demo_but_loses_nothing() -> None:
    counts = []
    for willing in (True, False):
        told: list[AnyEvent] = []

        def emit(batch: Sequence[AnyEvent], told: list[AnyEvent] = told, willing: bool = willing) -> bool:
            told.extend(batch)
            return willing

        await DemoSource(FeedsSettings(), speed=None, seconds=10).run(emit)
        counts.append(len(told))
    assert counts[0] == counts[1] > 300
