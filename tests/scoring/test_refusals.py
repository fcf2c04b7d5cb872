"""A coin whose liquidations a venue refuses to tell is not watched there, while the venue's other data goes on."""

import pytest

from feeds.events import EVERY_COIN, LIQUIDATIONS_REFUSED, AnyEvent
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import MarketView
from tests.scoring.events_fixture import MINUTE, NOW, connected, disconnected, liquidation, mark, undecodable

HOUR = 60 * MINUTE


def refusal(at_ms: int, coin: str = "BTC") -> AnyEvent:
    return undecodable(at_ms, LIQUIDATIONS_REFUSED, reason=f"{coin}: handler not found")


def seen(*events: AnyEvent, coin: str = "BTC", now_ms: int = NOW + HOUR) -> MarketView:
    """The coin's view an hour after the start."""
    market = Market(ScoringSettings())
    market.apply(events)
    market.apply([mark(now_ms - 1, coin=name) for name in ("BTC", "ETH")])
    market.advance(now_ms)
    return market.view(coin, 60)


def coverage(view: MarketView) -> float:
    """The share of the last hour in which Bybit's liquidations were seen."""
    (total,) = [total for total in view.totals if total.window_minutes == 60]
    return total.venues[0].coverage


def test_a_refused_coin_is_not_covered_and_the_others_are() -> None:
    events = [connected(NOW), refusal(NOW)]
    assert coverage(seen(*events)) == 0.0
    assert coverage(seen(*events, coin="ETH")) == pytest.approx(1.0)


def test_what_was_seen_before_the_refusal_stays_seen() -> None:
    """The window is the hour to the end of this minute: 45 of its minutes lie before the refusal."""
    assert coverage(seen(connected(NOW - HOUR), refusal(NOW + 46 * MINUTE))) == pytest.approx(45 / 59, abs=0.01)


def test_a_refusal_of_all_liquidations_covers_no_coin_and_makes_blind() -> None:
    view = seen(connected(NOW), refusal(NOW, EVERY_COIN))
    assert coverage(view) == 0.0
    assert view.cascade.blind == "no liquidation feed is up: handler not found"


def test_the_venue_and_the_stream_name_the_refusal() -> None:
    whole = seen(connected(NOW), refusal(NOW, EVERY_COIN), mark(NOW + HOUR - 1))
    (state,) = whole.venues
    assert state.trouble == "refused: handler not found"
    (row,) = whole.feeds
    assert (row.state, row.evidence) == ("blocked", "liquidations refused: handler not found; other data goes on")
    (row,) = seen(connected(NOW), refusal(NOW), mark(NOW + HOUR - 1)).feeds
    assert row.state == "live"
    assert row.evidence.startswith("liquidations of BTC refused; ")


@pytest.mark.parametrize(
    "after",
    [
        [disconnected(NOW + 30 * MINUTE), connected(NOW + 30 * MINUTE)],
        [liquidation(NOW + 30 * MINUTE, 5.0)],
    ],
)
def test_a_refusal_ends_with_its_socket_or_with_a_liquidation_that_came(after: list[AnyEvent]) -> None:
    view = seen(connected(NOW), refusal(NOW), *after)
    assert view.venues[0].trouble == ""
    assert coverage(view) == pytest.approx(0.5, abs=0.02)
