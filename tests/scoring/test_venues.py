"""Which venues have a coin and answer; and REST calls never stand for a socket."""

from feeds.events import AnyEvent
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import VenueState
from tests.scoring.events_fixture import (
    NOW,
    connected,
    disconnected,
    gap,
    liquidation,
    long_short,
    mark,
    open_interest,
    refused,
    trade,
    undecodable,
)


def made(*events: AnyEvent, now_ms: int = NOW) -> Market:
    market = Market(ScoringSettings(), ("BTC", "WIF"))
    market.apply(events)
    market.advance(now_ms)
    return market


def not_listed(coin: str, venue: str, market: str = "perp") -> AnyEvent:
    return undecodable(
        NOW, "not listed", venue, market=market, stream=f"{venue} {market}", reason=f"{coin} is not listed on {venue}"
    )


def state(market: Market, coin: str = "BTC", venue: str = "bybit") -> VenueState:
    return next(row for row in market.view(coin).venues if row.venue == venue)


def test_a_venue_that_answers_has_no_trouble() -> None:
    """By name, whatever came first."""
    rows = made(connected(NOW, "okx"), connected(NOW)).view("BTC").venues
    assert rows == (VenueState("bybit"), VenueState("okx"))


def test_a_coin_is_not_listed_where_no_market_of_the_venue_has_it() -> None:
    """Its spot alone is enough; other coins are not concerned."""
    market = made(connected(NOW), not_listed("WIF", "bybit"), connected(NOW, market="spot", stream="bybit spot"))
    assert state(market, "WIF").trouble == ""
    market.apply([not_listed("WIF", "bybit", "spot")])
    assert (state(market, "WIF").trouble, state(market, "BTC").trouble) == ("not listed", "")


def test_a_refused_venue_is_blocked_and_a_lost_one_down_with_its_next_attempt() -> None:
    """A venue with one socket left is in no trouble."""
    assert state(made(refused(NOW))) == VenueState("bybit", "blocked: HTTP 451")
    market = made(connected(NOW), connected(NOW, stream="bybit perp 2"), disconnected(NOW, retry_at_ms=NOW + 4_000))
    assert state(market) == VenueState("bybit")
    market.apply([disconnected(NOW, stream="bybit perp 2", retry_at_ms=NOW + 9_000)])
    assert state(market) == VenueState("bybit", "down: closed with 1006", NOW + 4_000)


def test_trouble_with_rest_is_told_beside_sockets_that_are_fine() -> None:
    """Until it answers again; also of a venue that has no socket here."""
    down = disconnected(NOW, reason="HTTP 429", stream="bybit rest", retry_at_ms=NOW + 60_000)
    market = made(connected(NOW), down)
    assert state(market) == VenueState("bybit", "REST down: HTTP 429", NOW + 60_000)
    market.apply([connected(NOW + 1, stream="bybit rest")])
    assert state(market).trouble == ""
    assert state(made(refused(NOW, "gate", stream="gate rest")), venue="gate").trouble == "REST blocked: HTTP 451"


def test_rest_never_lowers_coverage_nor_a_sockets_health() -> None:
    """Lost, refused, with a gap and bad answers: liquidations are covered as without it."""
    socket: list[AnyEvent] = [connected(NOW), liquidation(NOW, 5_000.0), trade(NOW)]
    rest: list[AnyEvent] = [
        connected(NOW, stream="bybit rest"), disconnected(NOW + 1, stream="bybit rest"),
        refused(NOW + 2, stream="bybit rest"), gap(NOW - 500_000, NOW + 3, stream="bybit rest"),
        undecodable(NOW + 3, "malformed", stream="bybit rest"),
    ]  # fmt: skip
    with_rest, without = made(*socket, *rest, now_ms=NOW + 30_000), made(*socket, now_ms=NOW + 30_000)
    assert with_rest.totals(60) == without.totals(60)
    assert with_rest.view("BTC").cascade.blind is None
    assert with_rest.view("BTC").flow == without.view("BTC").flow
    (perp, rest_row), (alone,) = with_rest.view("BTC").feeds, without.view("BTC").feeds
    assert perp == alone
    assert (rest_row.stream, rest_row.state, rest_row.undecodable) == ("bybit rest", "blocked", 1)


def test_rest_that_answers_does_not_end_blindness() -> None:
    """Open interest and ratios are no sign that liquidations can be seen."""
    market = made(connected(NOW, stream="bybit rest"), open_interest(NOW), long_short(NOW, 0.5))
    view = market.view("BTC")
    assert view.cascade.blind == "no liquidation feed has connected yet"
    assert market.totals(60).coverage == 0.0
    assert [(row.stream, row.state, row.evidence) for row in view.feeds] == [
        ("bybit rest", "live", "answers since 12:04:00 UTC")
    ]


def test_rest_is_off_until_it_answered() -> None:
    """A coin that isn't listed is no bad answer."""
    (row,) = made(undecodable(NOW, "not listed", stream="bybit rest")).view("BTC").feeds
    assert (row.state, row.evidence, row.undecodable) == ("off", "no answer yet", 0)


def test_venues_without_liquidations_do_not_lower_their_coverage() -> None:
    """Hyperliquid, Coinbase and every spot market publish none."""
    fine: list[AnyEvent] = [connected(NOW - 3_600_000, name) for name in ("binance", "bybit", "okx")]
    others: list[AnyEvent] = [
        disconnected(NOW, "hyperliquid"), disconnected(NOW, "coinbase", market="spot", stream="coinbase spot"),
        disconnected(NOW, "binance", market="spot", stream="binance spot"), mark(NOW, venue="hyperliquid"),
    ]  # fmt: skip
    assert made(*fine, *others).totals(60).coverage == 1.0
