"""The demo's REST answers: the polls of the venues' own modules, and numbers that fit the simulated market."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean

import msgspec
import pytest

from feeds.demo import START_MS, records
from feeds.demo.chart import MOST, QUARTER_MS, Chart
from feeds.demo.coins import chosen
from feeds.demo.crowd import stand
from feeds.demo.market import CoinMarket
from feeds.demo.polling import Polling
from feeds.events import (
    AnyEvent,
    Candle,
    Depth,
    Disconnected,
    Funding,
    LongShort,
    MarkPrice,
    OpenInterest,
    PutCall,
    Trade,
    Undecodable,
)
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.venue import Poll
from feeds.venues import VENUES

LARGE = ("binance", "bybit", "okx")


@pytest.fixture(scope="module")
def told() -> list[Record]:
    """A story from its first build-up to the second cascade."""
    return list(records(seconds=200))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(FeedsSettings().intake)


@pytest.fixture(scope="module")
def answered(told: list[Record], pipeline: Pipeline) -> list[tuple[Record, list[AnyEvent]]]:
    """Every answer with its events."""
    fed = [(record, pipeline.feed(record)) for record in told]
    return [(record, events) for record, events in fed if record.kind == "answer"]


@pytest.fixture(scope="module")
def events(answered: list[tuple[Record, list[AnyEvent]]]) -> list[AnyEvent]:
    return [event for _, found in answered for event in found]


def phase(told: Sequence[Record], name: str) -> int:
    """When a phase began."""
    return next(record.received_ms for record in told if record.payload == f"phase: {name}".encode())


def test_every_poll_of_every_venue_is_answered(told: list[Record], pipeline: Pipeline) -> None:
    """The keys are exactly those that a monitor of the listed instruments would ask for."""
    for record in told:
        if record.kind == "listing":
            pipeline.feed(record)
    instruments = list(pipeline.symbols)
    for name, venue in VENUES.items():
        asked = {poll.key for poll in venue.polls([item for item in instruments if item.venue == name])}
        assert {record.stream for record in told if record.kind == "answer" and record.venue == name} == asked


def test_no_row_of_an_answer_is_left_out(events: list[AnyEvent]) -> None:
    assert [event for event in events if isinstance(event, Undecodable)] == []


def test_the_past_comes_before_the_first_frame_and_is_stamped_with_the_start(told: list[Record]) -> None:
    first = next(index for index, record in enumerate(told) if record.kind == "frame")
    before = [record for record in told[:first] if record.kind == "answer"]
    assert {record.received_ms for record in before} == {START_MS}
    assert {record.stream for record in before} == {record.stream for record in told if record.kind == "answer"}


def test_the_same_seed_gives_the_same_answers() -> None:
    runs = [list(records(coins=("BTC",), seed=3, seconds=20)) for _ in range(2)]
    assert runs[0] == runs[1]


@pytest.mark.parametrize("venue", LARGE)
@pytest.mark.parametrize(("interval", "minutes"), [("15m", 15), ("1h", 60)])
def test_candles_reach_back_far_enough_and_join_the_simulated_price(
    events: list[AnyEvent], venue: str, interval: str, minutes: int
) -> None:
    candles = {
        event.at_ms: event
        for event in events
        if isinstance(event, Candle) and (event.venue, event.coin, event.interval) == (venue, "BTC", interval)
    }
    times = sorted(candles)
    assert len(times) >= 300
    assert {later - earlier for earlier, later in pairwise(times)} == {minutes * 60_000}
    for earlier, later in pairwise(times):
        assert candles[later].open == pytest.approx(candles[earlier].close, rel=1e-4)
    assert [at for at in times if not candles[at].closed] == times[-1:]


@pytest.mark.parametrize("venue", LARGE)
@pytest.mark.parametrize(("coin", "hours"), [("BTC", 8), ("POPCAT", 4)])
def test_a_month_of_settlements_was_paid_before_the_start(
    events: list[AnyEvent], venue: str, coin: str, hours: int
) -> None:
    """One an interval, but for one of this very moment; OKX has a hundred in a page."""
    paid = [event for event in events if isinstance(event, Funding) and (event.venue, event.coin) == (venue, coin)]
    times = [event.at_ms for event in paid]
    just_paid = START_MS % (hours * 3_600_000) == 0
    assert len(times) == (100 if venue == "okx" else 200) - just_paid
    assert {later - earlier for earlier, later in pairwise(times)} == {hours * 3_600_000}
    assert START_MS - times[-1] <= hours * 3_600_000
    assert {event.interval_hours for event in paid} == {hours}
    assert 0.00002 < mean(event.rate * 8 / hours for event in paid) < 0.0002


def test_the_forming_candle_holds_the_traded_prices(told: list[Record]) -> None:
    """What Binance's candle of the whole run says is what its trades say, but for the spread and the basis."""
    pipeline = Pipeline(FeedsSettings().intake)
    found = [event for record in told for event in pipeline.feed(record)]
    last = [
        event
        for event in found
        if isinstance(event, Candle) and (event.venue, event.coin, event.interval) == ("binance", "BTC", "15m")
    ][-1]
    prices = [
        event.price
        for event in found
        if isinstance(event, Trade)
        and (event.venue, event.market, event.coin) == ("binance", "perp", "BTC")
        and last.at_ms <= event.at_ms <= last.received_ms
    ]
    assert len(prices) > 100
    assert last.high == pytest.approx(max(prices), rel=1e-3)
    assert last.low == pytest.approx(min(prices), rel=1e-3)


def test_hours_are_four_quarters_put_together() -> None:
    (coin,) = chosen(("BTC",), 1)
    chart = Chart(coin, 1, 97_000.0, START_MS)
    hours, quarters = chart.bars(60, MOST), chart.quarters
    assert [hour.at_ms % 3_600_000 for hour in hours] == [0] * MOST
    for hour in hours[:-1]:
        start = (hour.at_ms - quarters[0].at_ms) // QUARTER_MS
        inside = quarters[start : start + 4]
        assert hour.high == max(bar.high for bar in inside)
        assert hour.low == min(bar.low for bar in inside)
        assert (hour.open, hour.close) == (inside[0].open, inside[-1].close)
        assert hour.volume == pytest.approx(sum(bar.volume for bar in inside))


@pytest.mark.parametrize("venue", LARGE)
def test_open_interest_is_told_for_more_than_a_day(events: list[AnyEvent], venue: str) -> None:
    times = [
        event.at_ms
        for event in events
        if isinstance(event, OpenInterest) and (event.venue, event.coin) == (venue, "PEPE") and event.coins
    ]
    assert min(times) <= START_MS - 24 * 3_600_000
    assert max(times) > START_MS - 300_000


def test_open_interest_rises_in_the_build_up_and_is_flushed_in_the_cascade(told: list[Record]) -> None:
    pipeline = Pipeline(FeedsSettings().intake)
    found = [
        event
        for record in told
        for event in pipeline.feed(record)
        if isinstance(event, OpenInterest) and event.coin == "BTC" and event.coins
    ]
    cascade, rejection = phase(told, "cascade"), phase(told, "rejection")
    for venue in (*LARGE, "hyperliquid"):
        series = [(event.at_ms, event.coins or 0.0) for event in found if event.venue == venue]
        start = next(coins for at_ms, coins in series if at_ms >= START_MS - 1000)
        peak = max(coins for at_ms, coins in series if START_MS <= at_ms <= cascade + 5000)
        after = next(coins for at_ms, coins in series if at_ms >= rejection)
        assert peak >= start
        assert after < 0.985 * peak


def test_bybits_frames_and_history_tell_one_side(told: list[Record]) -> None:
    """Its tickers sum both sides and name one; either way the reading is the one of the history."""
    pipeline = Pipeline(FeedsSettings().intake)
    of_kind: dict[str, list[float]] = {"frame": [], "answer": []}
    for record in told:
        for event in pipeline.feed(record):
            if isinstance(event, OpenInterest) and (event.venue, event.coin) == ("bybit", "ETH") and event.coins:
                of_kind[record.kind].append(event.coins)
    assert of_kind["frame"][0] == pytest.approx(of_kind["answer"][-1], rel=0.02)
    ticker = next(r for r in told if r.payload.startswith(b'{"topic":"tickers.ETHUSDT","type":"snapshot"'))
    data = msgspec.json.decode(ticker.payload)["data"]
    assert float(data["openInterest"]) == pytest.approx(2 * float(data["singleOpenInterest"]), rel=1e-6)


@pytest.mark.parametrize("venue", LARGE)
def test_depth_covers_one_percent_and_thins_in_the_cascade(
    told: list[Record], events: list[AnyEvent], venue: str
) -> None:
    books = [event for event in events if isinstance(event, Depth) and (event.venue, event.coin) == (venue, "SOL")]
    assert {event.band_percent for event in books} == {1.0}
    cascade, rejection = phase(told, "cascade"), phase(told, "rejection")
    calm = mean(event.bid_usd + event.ask_usd for event in books if event.at_ms < cascade)
    struck = min(event.bid_usd + event.ask_usd for event in books if cascade + 8000 < event.at_ms < rejection)
    assert struck < 0.7 * calm


def test_the_crowd_leans_with_the_leveraged_positions() -> None:
    (coin,) = chosen(("BTC",), 1)
    market = CoinMarket(coin, 1)
    stands = []
    for longs, shorts in ((1.0, 1.0), (3.0, 1.0), (1.0, 3.0)):
        market.book.long_usd, market.book.short_usd = longs, shorts
        stands.append(stand(market))
    even, long, short = stands
    assert short.accounts < even.accounts < long.accounts
    assert short.top_accounts < even.top_accounts < long.top_accounts
    assert long.top_positions < even.top_positions < short.top_positions


@pytest.mark.parametrize("venue", LARGE)
def test_ratios_are_told_for_a_day_by_every_basis_that_the_venue_has(events: list[AnyEvent], venue: str) -> None:
    ratios = [event for event in events if isinstance(event, LongShort) and (event.venue, event.coin) == (venue, "WIF")]
    bases = {"accounts"} if venue == "bybit" else {"accounts", "top_accounts", "top_positions"}
    assert {event.basis for event in ratios} == bases
    for basis in bases:
        assert min(event.at_ms for event in ratios if event.basis == basis) <= START_MS - 24 * 3_600_000
    assert all(0.1 < event.long_share < 0.9 for event in ratios)


def test_options_tell_more_puts_in_the_cascade(told: list[Record], events: list[AnyEvent]) -> None:
    traded = [event for event in events if isinstance(event, PutCall) and event.volume and event.coin == "BTC"]
    cascade, rejection = phase(told, "cascade"), phase(told, "rejection")
    calm = [event.volume or 0.0 for event in traded if event.at_ms < cascade]
    struck = [event.volume or 0.0 for event in traded if cascade + 5000 < event.at_ms < rejection + 10_000]
    assert {event.venue for event in traded} == {"okx", "deribit"}
    assert max(struck) > max(calm)


def test_margin_tiers_are_told(answered: list[tuple[Record, list[AnyEvent]]], pipeline: Pipeline) -> None:
    assert answered
    for venue, symbol in (("bybit", "1000PEPEUSDT"), ("okx", "PEPE-USDT-SWAP")):
        tiers = pipeline.symbols.margin_tiers(venue, symbol)
        assert [tier.max_leverage for tier in tiers] == [50.0, 25.0, 12.5, 5.0]
        assert tiers[0].maintenance_rate == pytest.approx(0.01)


def test_a_venue_that_is_away_answers_nothing(told: list[Record]) -> None:
    pipeline = Pipeline(FeedsSettings().intake)
    found = [event for record in told for event in pipeline.feed(record)]
    down = next(event for event in found if isinstance(event, Disconnected))
    assert down.retry_at_ms is not None
    away = range(down.at_ms + 1, down.retry_at_ms)
    answers = [record for record in told if record.kind == "answer" and record.received_ms in away]
    assert answers
    assert down.venue not in {record.venue for record in answers}


def test_mark_prices_of_all_venues_agree(told: list[Record]) -> None:
    pipeline = Pipeline(FeedsSettings().intake)
    marks: dict[str, float] = {}
    for record in told:
        for event in pipeline.feed(record):
            if isinstance(event, MarkPrice) and event.coin == "BTC":
                marks.setdefault(event.venue, event.mark)
    assert set(marks) == {*LARGE, "hyperliquid", "deribit"}
    assert max(marks.values()) / min(marks.values()) < 1.001


def test_two_hundred_coins_are_told_at_a_venues_pace() -> None:
    """What many coins need is spread over minutes; no coin is forgotten."""
    polls = [[Poll("okx", "perp", f"{number}", f"https://a/{number}", None) for number in range(1000)]]
    polling = Polling(polls, 0)
    told = [poll.name for poll in polling.opening(0)]
    assert 300 < len(told) < 1000
    seconds = 0
    while len(told) < 1000:
        seconds += 1
        told += [poll.name for poll in polling.due(seconds * 1000, 1.0, lambda venue: True)]
        assert seconds < 200
    assert seconds > 60
    assert sorted(told, key=int) == [str(number) for number in range(1000)]


def test_a_poll_repeats_at_its_interval_and_slower_in_the_history() -> None:
    poll = Poll("okx", "perp", "a", "https://a", 10.0)

    def times(slowness: float) -> list[int]:
        polling = Polling([[poll]], 0)
        assert list(polling.opening(0)) == [poll]
        return [second for second in range(1, 200) if list(polling.due(second * 1000, slowness, lambda venue: True))]

    assert {later - earlier for earlier, later in pairwise(times(1.0))} == {10}
    assert {later - earlier for earlier, later in pairwise(times(6.0))} == {60}
