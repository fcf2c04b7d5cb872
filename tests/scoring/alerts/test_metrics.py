"""What is read off a view, and that what is not known has a reason."""

from dataclasses import replace

import pytest

from scoring.alerts.connects import Connects
from scoring.alerts.metrics import METRICS
from scoring.alerts.readers import Moment
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import (
    EMPTY,
    CascadeView,
    Change,
    CrowdReading,
    FlowReading,
    FundingReading,
    InterestReading,
    LargeTradesView,
    MapView,
    MarketView,
    Reading,
    SideTotal,
    TapeRow,
    TrendReading,
    VenueTotal,
    WindowTotal,
)
from scoring.view.alerts import Observed
from tests.scoring.alerts.views import MINUTE, SECOND, T0, engine, feed, liquidated, priced, seen
from tests.scoring.events_fixture import connected, liquidation


def read(name: str, view: MarketView, now_ms: int = T0) -> Observed:
    (one,) = METRICS[name].read(Moment(view, now_ms, Connects()))
    return one


@pytest.mark.parametrize("name", [name for name in METRICS if name != "feed"])
def test_an_empty_view_knows_nothing_and_says_why(name: str) -> None:
    one = read(name, EMPTY)
    assert not one.known
    assert one.reason


def test_no_stream_has_no_state() -> None:
    assert list(METRICS["feed"].read(Moment(EMPTY, T0, Connects()))) == []


def funding(venue: str, per_8h: float | None, stale: bool = False) -> FundingReading:
    return FundingReading(venue, per_8h or 0.0, 8.0, per_8h, None, None, T0 - MINUTE, stale)


@pytest.mark.parametrize(
    ("name", "value"), [("funding_8h", 0.0003), ("funding_8h_highest", 0.0009), ("funding_8h_lowest", 0.0001)]
)
def test_funding_is_that_of_the_fresh_rates(name: str, value: float) -> None:
    rates = (("a", 0.0001, False), ("b", 0.0003, False), ("c", 0.0009, False), ("d", 0.01, True), ("e", None, False))
    view = replace(EMPTY, funding=tuple(funding(*rate) for rate in rates))
    one = read(name, view)
    assert (one.value, one.at_ms) == (value, T0 - MINUTE)
    assert one.source.endswith("a, b, c")


def test_only_stale_funding_is_unknown() -> None:
    assert read("funding_8h", replace(EMPTY, funding=(funding("a", 0.01, True),))).reason == "funding is stale"


def test_interest_is_the_change_of_the_sum() -> None:
    """110 from 100 and 90 from 100 is no change; a stale venue and one without history are left out."""
    rows = [("a", 110.0, 0.1, False), ("b", 90.0, -0.1, False), ("c", 1e9, 5.0, True), ("d", 1e9, None, False)]
    view = replace(
        EMPTY,
        interest=tuple(
            InterestReading(name, coins, None, by, None, None, None, T0, stale) for name, coins, by, stale in rows
        ),
    )
    assert read("interest_1h", view).value == pytest.approx(0.0, abs=1e-12)
    assert read("interest_24h", view).reason == "no such history of open interest"


def test_a_change_over_less_than_a_day_is_none_over_a_day() -> None:
    view = replace(priced(T0, 100.0), change=Change(0.05, 20 * 60 * MINUTE))
    assert not read("change_24h", view).known
    assert read("change_24h", replace(view, change=Change(0.05, 24 * 60 * MINUTE))).value == 0.05


def test_the_remaining_numbers_are_those_of_the_view() -> None:
    hour = WindowTotal(60, SideTotal(3e6, 3), SideTotal(1e6, 1), (VenueTotal("a", SideTotal(), SideTotal(), 1.0),), 1.0)
    view = replace(
        priced(T0, 100.0),
        totals=(*seen(), hour),
        cascade=CascadeView(long_60s=6e5, short_60s=2e5, usual_minute=1e5),
        flow=(FlowReading("", "spot", 60, 1e6, 1.0, 2.5), FlowReading("", "perp", 60, 1e6, 1.0, -1.5)),
        large=LargeTradesView(z=1.25, coverage=1.0),
        crowd=tuple(CrowdReading(str(share), "accounts", share, None, T0, False) for share in (0.6, 0.7, 0.65)),
        trend=(TrendReading("1h", -2, None, "", T0),),
        map=MapView(reason=""),
    )
    expected = {
        "imbalance_1h": -0.5,
        "liquidations_ratio": 8.0,
        "cvd_spot_z": 2.5,
        "cvd_futures_z": -1.5,
        "large_trades_z": 1.25,
        "long_share": 0.65,
        "trend_1h": -2.0,
    }
    assert {name: read(name, view).value for name in expected} == pytest.approx(expected)
    assert read("cluster_above", view).reason == "no cluster in reach"


def test_a_price_from_liquidations_alone_is_none() -> None:
    view = replace(EMPTY, price=Reading(100.0, "liquidation price", T0, "only liquidations seen"))
    assert read("price", view).reason == "only liquidations seen"


def row(at_ms: int, usd: float) -> TapeRow:
    return TapeRow(at_ms, "bybit", "perp", "long", None, usd, 100.0, False)


def test_a_backlog_from_before_the_connect_fires_nothing() -> None:
    """A feed comes back and tells 5M of the time it was away: in the sums, but no news."""
    one = engine("liquidations_long_60s", "above 2M")
    one.step(liquidated(T0, 1e5), T0)
    one.step(replace(liquidated(T0 + SECOND, 1e5), feeds=(feed("dead"),)), T0 + SECOND)
    back_ms = T0 + 20 * SECOND
    back = replace(liquidated(back_ms, 5e6), tape=(row(T0 + 10 * SECOND, 4.9e6),), feeds=(feed("live", reconnects=1),))
    assert not one.step(back, back_ms)
    news = replace(
        liquidated(back_ms + SECOND, 8e6),
        tape=(row(back_ms + 500, 3e6), *back.tape),
        feeds=back.feeds,
    )
    (fired,) = one.step(news, back_ms + SECOND)
    assert fired.observed.value == pytest.approx(3.1e6)
    assert fired.observed.at_least


def test_a_backlog_that_left_the_tape_is_still_no_news() -> None:
    one = engine("liquidations_long_60s", "above 2M")
    one.step(liquidated(T0, 1e5), T0)
    one.step(replace(liquidated(T0 + SECOND, 1e5), feeds=(feed("dead"),)), T0 + SECOND)
    back_ms = T0 + 20 * SECOND
    back = replace(liquidated(back_ms, 5e6), tape=(row(T0 + 10 * SECOND, 4.9e6),))
    assert not one.step(back, back_ms)
    assert not one.step(replace(back, tape=()), back_ms + SECOND)


def test_the_largest_of_the_last_minute_is_none_of_the_backlog() -> None:
    connects = Connects()
    connects.note([feed("live")], T0)
    view = replace(liquidated(T0 + 5 * SECOND, 0.0), tape=(row(T0 + SECOND, 2e5), row(T0 - SECOND, 9e6)))
    (one,) = METRICS["liquidation_60s"].read(Moment(view, T0 + 5 * SECOND, connects))
    assert (one.value, one.source) == (2e5, "bybit long")


def test_it_fires_on_a_market_that_was_folded_from_events() -> None:
    """From the events of a feed to the alert, through the market's own view."""
    settings = ScoringSettings()
    market = Market(settings, ("BTC",))
    market.apply([connected(T0)])
    one = engine("liquidations_long_60s", "above 1M")
    fired = []
    for second in range(30):
        now_ms = T0 + 30 * SECOND + second * SECOND
        if second == 20:
            market.apply([liquidation(now_ms, 1.5e6)])
        market.advance(now_ms)
        fired += [(second, each.observed.value) for each in one.step(market.view("BTC", 60, 0), now_ms)]
    assert fired == [(20, 1.5e6)]
