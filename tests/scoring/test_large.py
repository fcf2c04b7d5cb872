"""Orders are put together from their fills, and only then compared with what is large."""

from statistics import pstdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import AnyEvent
from scoring.large import LargeTrades
from scoring.market import Market
from scoring.settings import LargeTradeSettings, ScoringSettings
from scoring.view import LargeTradesView
from tests.scoring.events_fixture import MINUTE, NOW, connected, disconnected, trade

FILL = st.tuples(
    st.sampled_from(["BTCUSDT", "BTCPERP"]), st.sampled_from(["buy", "sell"]), st.integers(1, 10**6),
    st.integers(-400, 400), st.integers(0, 700),
)  # fmt: skip


def made(*events: AnyEvent, now_ms: int | None = None) -> Market:
    market = Market(ScoringSettings(), ("BTC",))
    market.apply(events)
    if now_ms is not None:
        market.advance(now_ms)
    return market


def sizes(market: Market) -> list[float]:
    return [row.usd for row in market.view("BTC").tape]


@given(st.lists(FILL, max_size=60))
def test_merging_neither_loses_nor_invents_usd(fills: list[tuple[str, str, int, int, int]]) -> None:
    """Bought and sold add up to the fills, every row's value is that of its fills, and no row spans too long."""
    large, now_ms = LargeTrades(LargeTradeSettings(), 0.0), NOW
    large.turn_minute(NOW // MINUTE)
    rows, sent = [], {"buy": 0, "sell": 0}
    for symbol, taker, usd, off_ms, passed_ms in fills:
        now_ms += passed_ms
        large.take(trade(now_ms + off_ms, float(usd), symbol=symbol, taker=taker, received_ms=now_ms), taker == "sell")
        sent[taker] += usd
        rows += large.settle(now_ms)
    rows += large.settle(now_ms + 251)
    for taker, total in sent.items():
        assert sum(row.usd for row in rows if row.taker == taker) == total
    view = large.view((), now_ms)
    assert (view.buy_usd, view.sell_usd, view.count) == (sent["buy"], sent["sell"], len(rows))
    assert all(row.price == pytest.approx(100.0) for row in rows)


def test_fills_of_one_moment_are_one_order_at_their_average_price() -> None:
    """100,000 USD at 100 and 110,000 at 110 are 2,000 coins at 105."""
    market = made(trade(NOW, 100_000.0, 100.0), trade(NOW + 250, 110_000.0, 110.0), now_ms=NOW + 600)
    (row,) = market.view("BTC").tape
    assert (row.at_ms, row.usd, row.price) == (NOW, 210_000.0, pytest.approx(105.0))


@pytest.mark.parametrize(
    "other",
    [
        {"venue": "okx"},
        {"market": "spot"},
        {"symbol": "BTCPERP"},
        {"taker": "sell"},
        {"at_ms": NOW + 251},
    ],
)
def test_fills_of_another_place_side_or_moment_are_another_order(other: dict[str, Any]) -> None:
    """Two of 150,000 are not one of 300,000."""
    second = {"at_ms": NOW + 10, **other}
    assert sizes(made(trade(NOW, 150_000.0), trade(second.pop("at_ms"), 150_000.0, **second), now_ms=NOW + 900)) == []


def test_a_busy_market_is_not_one_endless_order() -> None:
    """Buys every 100 ms: what is merged ends 250 ms after its first fill, so three fills of 50,000 make no 200,000."""
    fills = [trade(NOW + 100 * number, 50_000.0) for number in range(100)]
    assert sizes(made(*fills, now_ms=NOW + 20_000)) == []


def test_an_order_that_spans_the_turn_of_a_minute_is_one() -> None:
    """It belongs to the minute in which it began, and leaves the quarter of an hour with it."""
    at_ms = NOW + MINUTE - 100
    market = made(trade(NOW), trade(at_ms, 150_000.0), trade(at_ms + 200, 150_000.0), now_ms=NOW + 2 * MINUTE)
    assert sizes(market) == [300_000.0]
    market.advance(NOW + 15 * MINUTE - 1)
    assert market.view("BTC").large.buy_usd == 300_000.0
    market.advance(NOW + 15 * MINUTE)
    assert market.view("BTC").large.buy_usd == 0.0


def test_late_fills_count_where_they_belong() -> None:
    """Ten minutes late: five minutes later the quarter of an hour is without them; a day late, they are nothing."""
    late = trade(NOW, 300_000.0, received_ms=NOW + 10 * MINUTE)
    older = trade(NOW - 1440 * MINUTE, 400_000.0, received_ms=NOW + 10 * MINUTE)
    market = made(trade(NOW), late, older, now_ms=NOW + 11 * MINUTE)
    assert (market.view("BTC").large.buy_usd, market.view("BTC").large.count) == (300_000.0, 1)
    market.advance(NOW + 15 * MINUTE)
    assert market.view("BTC").large.count == 0


def test_the_day_sets_the_threshold_once_enough_orders_were_seen() -> None:
    """Of 6,000 orders eight are of 10 M and all others of 1 USD: the 99.9th percentile is one of the eight."""
    large = LargeTrades(LargeTradeSettings(), 200_000.0)
    large.turn_minute(NOW // MINUTE)
    for number in range(6_000):
        usd = 10e6 if number % 800 == 0 else 1.0
        large.take(trade(NOW + 1_000 * number, usd), 0)
    large.turn_minute(NOW // MINUTE + 100)
    assert large.threshold == pytest.approx(10e6, rel=0.01)
    large.turn_minute(NOW // MINUTE + 100 + 26 * 60)
    assert large.threshold == 200_000.0


def quarters(nets: list[float], end_ms: int) -> list[AnyEvent]:
    """One large order at the start of every quarter of an hour, the last of which ends at `end_ms`."""
    start_ms = end_ms - 15 * MINUTE * len(nets)
    return [
        trade(start_ms + 15 * number * MINUTE, abs(net), taker="buy" if net > 0 else "sell")
        for number, net in enumerate(nets)
        if net
    ]


def view_after(nets: list[float], seen_minutes: int) -> LargeTradesView:
    begin: list[AnyEvent] = [connected(NOW - seen_minutes * MINUTE)]
    return made(*begin, *quarters(nets, NOW), trade(NOW, 5e6), now_ms=NOW + 1_000).view("BTC").large


def test_the_balance_is_compared_with_the_days_quarters_of_an_hour() -> None:
    """Those without a large order are balanced."""
    nets = [1e6 * (number % 5 - 2) for number in range(95)]
    view = view_after(nets, 1500)
    assert view.buy_usd - view.sell_usd == 5e6
    assert view.z == pytest.approx(5e6 / pstdev(nets))
    assert view.coverage == 1.0


def test_too_few_busy_quarters_tell_no_z_score() -> None:
    """Fifteen with a large order, whatever was seen."""
    assert view_after([0.0] * 80 + [1e6, -1e6] * 7 + [1e6], 1500).z is None
    assert view_after([0.0] * 79 + [1e6, -1e6] * 8, 1500).z is not None


def test_quarters_that_were_not_seen_are_not_balanced() -> None:
    """Seen for the last 20 quarters only: the spread is that of these."""
    nets = [1e6 * (number % 5 - 2.5) for number in range(20)]
    assert view_after(nets, 300).z == pytest.approx(5e6 / pstdev(nets))


def test_coverage_is_that_of_the_feeds_that_trade_the_coin() -> None:
    """The clock is 14 minutes into the quarter of an hour; a venue without the coin doesn't lower it."""
    market = made(
        connected(NOW), connected(NOW, "okx"), trade(NOW), disconnected(NOW + 1, "okx"),
        disconnected(NOW + 7 * MINUTE), now_ms=NOW + 14 * MINUTE,
    )  # fmt: skip
    assert market.view("BTC").large.coverage == 0.5
    assert made(connected(NOW)).view("BTC").large.coverage == 0.0
