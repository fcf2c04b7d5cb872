"""Other coins while it runs: what stays is kept, what was not watched is not called seen."""

import pytest

from feeds.events import Connected
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import MarketView
from tests.scoring.events_fixture import MINUTE, NOW, connected, liquidation, undecodable

HOUR = 60 * MINUTE


def up(at_ms: int, venue: str = "bybit", stream: str = "") -> Connected:
    return connected(at_ms, venue=venue, stream=stream or f"{venue} perp")


def market() -> Market:
    """BTC and ETH, watched on Bybit from `NOW` to an hour later."""
    found = Market(ScoringSettings(), ("BTC", "ETH"))
    found.advance(NOW)
    found.apply([up(NOW), liquidation(NOW + MINUTE, 1_000.0, coin="BTC"), liquidation(NOW + MINUTE, 500.0, coin="ETH")])
    found.advance(NOW + HOUR)
    return found


def hour(view: MarketView) -> tuple[float, float]:
    """Long USD of the last hour, and the share of it that was seen."""
    total = next(total for total in view.totals if total.window_minutes == 60)
    return total.long.usd, total.coverage


def test_a_coin_that_stays_keeps_what_was_counted_and_the_switch_is_a_gap() -> None:
    found = market()
    found.watch(("WIF", "BTC"), ("bybit",))
    found.apply([up(NOW + HOUR + 6_000)])
    found.advance(NOW + HOUR + 2 * MINUTE)
    usd, coverage = hour(found.view("BTC", 240))
    assert usd == 0.0
    assert found.coins == ("WIF", "BTC")
    day = found.view("BTC").totals[-1]
    assert day.long.usd == 1_000.0
    assert coverage == pytest.approx(1 - 6_000 / (61 * MINUTE - NOW % MINUTE), abs=0.002)


def test_a_new_coin_was_not_seen_before_it_joined() -> None:
    found = market()
    found.watch(("WIF",), ("bybit",))
    found.apply([up(NOW + HOUR), liquidation(NOW + HOUR + 1, 300.0, coin="WIF")])
    found.advance(NOW + HOUR + 6 * MINUTE)
    usd, coverage = hour(found.view("WIF"))
    assert usd == 300.0
    assert coverage == pytest.approx(0.1, abs=0.01)


def test_a_coin_that_comes_back_has_a_gap_for_the_time_it_was_away() -> None:
    found = market()
    found.watch(("BTC",), ("bybit",))
    found.apply([up(NOW + HOUR)])
    found.advance(NOW + HOUR + 30 * MINUTE)
    found.watch(("BTC", "ETH"), ("bybit",))
    found.apply([up(NOW + HOUR + 30 * MINUTE)])
    found.advance(NOW + HOUR + 45 * MINUTE)
    assert found.view("ETH").totals[-1].long.usd == 500.0
    assert hour(found.view("ETH"))[1] == pytest.approx(0.5, abs=0.01)
    assert hour(found.view("BTC"))[1] == pytest.approx(1.0, abs=0.01)


def test_a_coin_that_was_away_for_a_day_begins_anew() -> None:
    found = market()
    found.watch(("BTC",), ("bybit",))
    found.advance(NOW + 26 * HOUR)
    found.watch(("ETH",), ("bybit",))
    assert found.view("ETH").price.value is None
    assert found.view("ETH").totals[-1].coverage == 0.0


def test_until_a_feed_is_up_again_nothing_is_seen() -> None:
    """And a second connection that the new coins don't need does not hold it down."""
    found = market()
    found.apply([up(NOW + HOUR, stream="bybit perp 2")])
    found.watch(("BTC",), ("bybit",))
    assert found.view("BTC").cascade.blind is not None
    assert [(row.stream, row.state) for row in found.view("BTC").feeds] == [("bybit perp", "off")]
    found.apply([up(NOW + HOUR + 1_000)])
    assert found.view("BTC").cascade.blind is None


def test_an_exchange_that_is_watched_no_more_is_in_no_table() -> None:
    found = market()
    found.apply([up(NOW + HOUR, "okx")])
    found.watch(("BTC",), ("bybit",))
    found.apply([up(NOW + HOUR)])
    view = found.view("BTC")
    assert {row.venue for row in view.feeds} == {row.venue for row in view.venues} == {"bybit"}
    assert {total.venue for total in view.totals[-1].venues} == {"bybit"}


def test_what_an_exchange_counted_before_stays_in_the_totals() -> None:
    found = market()
    found.watch(("BTC",), ("okx",))
    found.apply([up(NOW + HOUR, "okx")])
    found.advance(NOW + HOUR + MINUTE)
    assert {total.venue: total.long.usd for total in found.view("BTC").totals[-1].venues} == {"bybit": 1e3, "okx": 0.0}


def test_a_coin_that_is_listed_by_the_new_connections_is_not_called_unlisted() -> None:
    found = market()
    found.apply([undecodable(NOW + HOUR, "not listed", reason="WIF is not listed on bybit perp")])
    found.watch(("WIF",), ("bybit",))
    assert [state.trouble for state in found.view("WIF").venues] == [""]
