"""Taker flow is exact in every window, and compared only with what was really seen."""

from statistics import pstdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import AnyEvent
from scoring.cvd import FLOW_WINDOWS
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import FlowReading
from tests.scoring.events_fixture import MINUTE, NOW, connected, disconnected, mark, trade

PLACES = [("binance", "spot"), ("binance", "perp"), ("bybit", "perp")]
ROW = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(["buy", "sell"]),
    st.integers(1, 10**9),
    st.one_of(st.integers(0, 1500 * MINUTE), st.integers(-4_000, 90_000)),
    st.one_of(st.integers(0, 90_000), st.integers(0, 1600 * MINUTE)),
)


def made(*events: AnyEvent, now_ms: int | None = None) -> Market:
    market = Market(ScoringSettings(), ("BTC", "WIF"))
    market.apply(events)
    if now_ms is not None:
        market.advance(now_ms)
    return market


def flow(market: Market, venue: str, kind: str, window: int, coin: str = "BTC") -> FlowReading:
    rows = market.view(coin).flow
    return next(row for row in rows if (row.venue, row.market, row.window_minutes) == (venue, kind, window))


@given(st.lists(ROW, min_size=1, max_size=25), st.integers(0, 1500 * MINUTE))
def test_flows_equal_a_recount(rows: list[tuple[Any, ...]], wait_ms: int) -> None:
    """Under late trades, trades ahead of our clock (counted when they came), and jumps of the clock."""
    market, now_ms, kept = made(mark(NOW)), NOW, []
    for (venue, kind), taker, cents, late_ms, passed_ms in rows:
        now_ms += passed_ms
        event = trade(
            now_ms - late_ms,
            cents / 100,
            venue=venue,
            market=kind,
            taker=taker,
            received_ms=now_ms,
            symbol=venue + kind,
        )
        market.apply([event])
        if event.at_ms // MINUTE > now_ms // MINUTE - 1440:
            kept.append((min(event.at_ms, now_ms), event))
    now_ms += wait_ms
    market.advance(now_ms)
    for reading in market.view("BTC").flow:
        first_ms = (now_ms // MINUTE - reading.window_minutes + 1) * MINUTE
        expected = sum(
            event.notional_usd if event.taker == "buy" else -event.notional_usd
            for at_ms, event in kept
            if at_ms >= first_ms and event.market == reading.market and reading.venue in ("", event.venue)
        )
        assert reading.usd == pytest.approx(expected, abs=1e-5)


def test_a_coin_that_is_not_traded_on_a_feed_has_no_flow_there() -> None:
    """Another coin's trades don't make it zero; one that traded before and rests is zero."""
    market = made(trade(NOW, coin="WIF", venue="binance"), trade(NOW), now_ms=NOW + 30 * MINUTE)
    assert {row.venue for row in market.view("BTC").flow} == {"bybit", ""}
    assert flow(market, "bybit", "perp", 15).usd == 0.0


def test_coverage_of_all_venues_is_that_of_the_worst() -> None:
    """Binance was down for the second half of the 14 minutes that count."""
    at_ms = NOW + 14 * MINUTE
    market = made(
        connected(NOW), connected(NOW, "binance"), trade(NOW), trade(NOW, venue="binance"),
        disconnected(NOW + 7 * MINUTE, "binance"), now_ms=at_ms,
    )  # fmt: skip
    assert [flow(market, venue, "perp", 15).coverage for venue in ("bybit", "binance", "")] == [1.0, 0.5, 0.5]


def balances(minutes: int) -> list[float]:
    """A made-up flow per minute, USD, without a pattern."""
    return [float((number * 7919) % 101 - 50) for number in range(minutes)]


def trades(nets: list[float], start_ms: int, venue: str = "bybit") -> list[AnyEvent]:
    return [
        trade(start_ms + number * MINUTE, abs(net), taker="buy" if net > 0 else "sell", venue=venue)
        for number, net in enumerate(nets)
        if net
    ]


def test_a_z_score_compares_with_the_days_windows() -> None:
    """A full day of 15 minute windows that begin every three minutes, against their standard deviation."""
    nets, start_ms = balances(1440), NOW - 1440 * MINUTE
    market = made(connected(start_ms), *trades(nets, start_ms), trade(NOW, 5_000.0), now_ms=NOW + 1)
    spread = pstdev([sum(nets[first : first + 15]) for first in range(0, 1426, 3)])
    reading = flow(market, "bybit", "perp", 15)
    assert reading.usd == pytest.approx(sum(nets[-14:]) + 5_000.0)
    assert reading.z == pytest.approx(reading.usd / spread)
    assert flow(market, "", "perp", 15).z == pytest.approx(reading.z)
    assert flow(market, "bybit", "perp", 240).z is not None
    assert flow(market, "bybit", "perp", 1440).z is None


def test_a_z_score_leaves_out_windows_that_were_not_seen() -> None:
    """Down from hour 6 to hour 20 of the day: zeros of then are unknown, not quiet."""
    nets, start_ms = balances(1440), NOW - 1440 * MINUTE
    nets[360:1200] = [0.0] * 840
    down, up = start_ms + 360 * MINUTE, start_ms + 1200 * MINUTE
    events = trades(nets[:360], start_ms)
    market = made(connected(start_ms), *events, disconnected(down), connected(up), *trades(nets[1200:], up))
    market.advance(NOW)
    seen = [first for first in range(0, 1426, 3) if first + 15 - 360 <= 1.5 or 1200 - first <= 1.5]
    spread = pstdev([sum(nets[first : first + 15]) for first in seen])
    reading = flow(market, "bybit", "perp", 15)
    assert reading.z == pytest.approx(reading.usd / spread)
    assert flow(market, "bybit", "perp", 240).z is None


@pytest.mark.parametrize(("minutes", "known"), [(238, False), (243, True)])
def test_four_hours_must_be_seen_before_a_z_score(minutes: int, known: bool) -> None:
    """Before, it is None."""
    start_ms = NOW - minutes * MINUTE
    market = made(connected(start_ms), *trades(balances(minutes), start_ms), now_ms=NOW)
    assert (flow(market, "bybit", "perp", 15).z is not None) == known
    assert flow(market, "bybit", "perp", 60).z is None


def test_a_venue_that_was_just_added_leaves_all_venues_without_a_z_score() -> None:
    """Its day is not known, so neither is that of the sum."""
    nets, start_ms = balances(1440), NOW - 1440 * MINUTE
    market = made(connected(start_ms), *trades(nets, start_ms), connected(NOW, "okx"), trade(NOW, venue="okx"))
    assert flow(market, "bybit", "perp", 60).z is not None
    assert (flow(market, "okx", "perp", 60).z, flow(market, "", "perp", 60).z) == (None, None)


def test_amounts_beyond_all_money_do_not_break_the_count() -> None:
    """Ten thousand of the largest trades that are let in, in one minute."""
    events: list[AnyEvent] = [trade(NOW, 1e15, symbol="BTCUSDT") for _ in range(10_000)]
    market = made(connected(NOW), *events, now_ms=NOW + MINUTE)
    assert flow(market, "bybit", "perp", FLOW_WINDOWS[0]).usd == pytest.approx(9.2e12, rel=0.01)
    market.advance(NOW + 20 * MINUTE)
    assert flow(market, "bybit", "perp", 15).usd == 0.0


def test_after_more_than_a_day_of_silence_nothing_is_left() -> None:
    """The last minute before it would stand where another one is now."""
    market = made(connected(NOW), trade(NOW, 5.0), now_ms=NOW + 1_500 * MINUTE)
    assert [row.usd for row in market.view("BTC").flow if row.venue] == [0.0] * 4
