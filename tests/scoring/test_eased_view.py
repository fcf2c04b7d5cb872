"""A picture for a fraction of the work: what moves is of now, what counts in seconds is of this second."""

from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.showing import EASED_MS
from scoring.view import MarketView
from tests.scoring.events_fixture import NOW, connected, disconnected, liquidation, mark, traffic


def market() -> Market:
    one = Market(ScoringSettings(), ("BTC", "ETH"))
    one.apply([connected(NOW), mark(NOW, 100.0, coin="BTC"), mark(NOW, 4_000.0, coin="ETH")])
    return one


def eased(one: Market, coin: str, window_minutes: int = 240) -> MarketView:
    return one.eased_view(coin, window_minutes, 0, "24h", "observed")


def test_price_ladder_and_tape_are_of_now() -> None:
    one = market()
    one.view("BTC")
    one.apply([mark(NOW + 300, 101.0, coin="BTC"), liquidation(NOW + 400, 250_000, 100.5, coin="BTC")])
    quick, whole = eased(one, "BTC"), one.view("BTC")
    assert quick.at_ms == NOW + 400
    assert quick.price.value == 101.0
    assert (quick.price, quick.ladder, quick.tape) == (whole.price, whole.ladder, whole.tape)
    assert (quick.above, quick.below, quick.map) == (whole.above, whole.below, whole.map)
    assert quick.counts.events == whole.counts.events


def test_the_rest_is_the_same_until_a_second_is_over() -> None:
    one = market()
    whole = one.view("BTC")
    one.apply([traffic(NOW, NOW + 500, 1_000)])
    one.advance(NOW + EASED_MS - 1)
    assert eased(one, "BTC").checklist is whole.checklist
    one.advance(NOW + EASED_MS)
    assert eased(one, "BTC").checklist is not whole.checklist


def test_a_feed_that_is_lost_shows_at_once() -> None:
    one = market()
    one.view("BTC")
    one.apply([disconnected(NOW + 10)])
    assert {feed.state for feed in eased(one, "BTC").feeds if feed.venue == "bybit"} == {"dead"}


def test_other_coins_windows_and_settings_are_pictures_of_their_own() -> None:
    one = market()
    whole = one.view("BTC", 240)
    assert eased(one, "ETH", 240).price.value == 4_000.0
    assert eased(one, "BTC", 60).ladder.window_minutes == 60
    one.judge_by(ScoringSettings())
    assert eased(one, "BTC", 240).checklist is not whole.checklist


def test_a_coin_that_nobody_saw_is_told_as_in_a_whole_picture() -> None:
    one = market()
    assert eased(one, "WIF") == one.view("WIF")


def test_looks_at_many_other_coins_leave_the_picture_as_it_is() -> None:
    names = tuple(f"COIN{number}" for number in range(20))
    one = Market(ScoringSettings(), ("BTC", *names))
    one.apply([connected(NOW), mark(NOW, 100.0, coin="BTC"), *(mark(NOW, 1.0, coin=name) for name in names)])
    whole = one.view("BTC")
    for name in names:
        one.view(name, 60)
    assert eased(one, "BTC").checklist is whole.checklist
