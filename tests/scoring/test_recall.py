"""What an earlier run stored is counted where it belongs, and makes nothing up."""

from typing import Any

from feeds.events import Bar, Connected, Disconnected, Past, Recall, Stored, Watched
from scoring.market import Market
from scoring.price import Prices
from scoring.settings import ScoringSettings
from scoring.view import Reading

MINUTE = 60_000
NOW = 1_792_000_020_000
SETTINGS = ScoringSettings()
STORE: dict[str, Any] = {"venue": "liqtop", "market": "perp", "stream": "store", "reason": ""}


def recalled(*past: Past) -> Market:
    market = Market(SETTINGS, ("BTC",))
    times = {"at_ms": NOW, "received_ms": NOW}
    market.apply([Recall(**STORE, **times, over=False), *(Stored(**STORE, **times, past=one) for one in past)])
    assert market.recalling
    market.apply([Recall(**STORE, **times, over=True)])
    return market


def bar(minutes_ago: int, net: float, close: float = 100.0, venue: str = "bybit") -> Bar:
    at_ms = (NOW // MINUTE - minutes_ago) * MINUTE
    return Bar(
        venue=venue, market="perp", symbol="BTCUSDT", coin="BTC", at_ms=at_ms, received_ms=at_ms, open=close,
        high=close, low=close, close=close, volume_usd=abs(net), net_taker_usd=net,
    )  # fmt: skip


def turned(kind: type[Connected | Disconnected], minutes_ago: int) -> Connected | Disconnected:
    at_ms = (NOW // MINUTE - minutes_ago) * MINUTE
    return kind(venue="bybit", market="perp", stream="bybit perp", at_ms=at_ms, received_ms=at_ms, reason="")


def flow(market: Market) -> dict[int, tuple[float, float | None]]:
    rows = [row for row in market.view("BTC").flow if row.venue == "bybit"]
    return {row.window_minutes: (row.usd, row.z) for row in rows}


def test_bars_make_the_flow_of_every_window_and_z_scores_at_once() -> None:
    """A seen day of bars that alternate: the deviation is known without waiting for a minute to end."""
    bars = [bar(ago, 1000.0 if ago // 30 % 2 else -400.0) for ago in range(1439, 0, -1)]
    market = recalled(*bars, turned(Connected, 1440), turned(Disconnected, 0), Watched(coin="BTC", spans=((0, NOW),)))
    found = flow(market)
    assert found[15][0] == sum(one.net_taker_usd for one in bars[-14:])
    assert found[1440][0] == sum(one.net_taker_usd for one in bars)
    assert found[15][1] is not None
    assert found[60][1] is not None


def test_the_flow_without_a_seen_past_has_no_z_score() -> None:
    market = recalled(*(bar(ago, 1000.0 if ago % 2 else -400.0) for ago in range(1439, 0, -1)))
    assert flow(market)[15][1] is None


def test_bars_are_no_trades() -> None:
    market = recalled(*(bar(ago, 5e6) for ago in range(60, 0, -1)))
    view = market.view("BTC")
    assert view.tape == ()
    assert view.price.value is None
    assert all(feed.events == 0 for feed in market._feeds)


def test_what_is_older_than_a_day_or_of_another_coin_counts_nowhere() -> None:
    market = recalled(bar(1441, 7.0), bar(3, 5.0))
    assert flow(market)[1440][0] == 5.0
    assert market.view("BTC").counts.left_out == {}


def test_of_a_minutes_prices_that_of_the_preferred_venue_is_remembered() -> None:
    prices = Prices(SETTINGS.price)
    first, second = SETTINGS.price.venues[:2]
    prices.recall(second, NOW - 2 * MINUTE, 90.0)
    prices.recall(first, NOW - 2 * MINUTE, 100.0)
    prices.recall("unheard of", NOW - 2 * MINUTE, 80.0)
    prices.recall(second, NOW - 3 * MINUTE, 70.0)
    change = prices.change(Reading(110.0, "", NOW))
    assert change is not None
    assert change.fraction == 110.0 / 100.0 - 1
    assert change.span_ms == 2 * MINUTE


def test_a_coin_that_was_watched_in_part_is_seen_in_part() -> None:
    """The feed was up for the last hour; the coin was watched for half of it, and so for half of the window seen."""
    half = Watched(coin="BTC", spans=((NOW - 60 * MINUTE, NOW - 30 * MINUTE),))
    market = recalled(turned(Connected, 60), turned(Disconnected, 0), half)
    (feed,) = market._unwatched.seen("BTC", market._feeds)
    assert feed.uptime.covered_ms(0, NOW) == 30 * MINUTE
