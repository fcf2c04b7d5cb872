"""A picture for a fraction of the work: what moves is of now, what counts in seconds is of this second."""

from scoring.market import EASED_MS, Market
from scoring.settings import ScoringSettings
from tests.scoring.events_fixture import NOW, connected, disconnected, liquidation, mark, traffic


def market() -> Market:
    one = Market(ScoringSettings(), ("BTC", "ETH"))
    one.apply([connected(NOW), mark(NOW, 100.0, coin="BTC"), mark(NOW, 4_000.0, coin="ETH")])
    return one


def test_price_ladder_and_tape_are_of_now() -> None:
    one = market()
    one.view("BTC")
    one.apply([mark(NOW + 300, 101.0, coin="BTC"), liquidation(NOW + 400, 250_000, 100.5, coin="BTC")])
    eased, whole = one.eased_view("BTC"), one.view("BTC")
    assert eased.at_ms == NOW + 400
    assert eased.price.value == 101.0
    assert (eased.price, eased.ladder, eased.tape) == (whole.price, whole.ladder, whole.tape)
    assert (eased.above, eased.below, eased.map) == (whole.above, whole.below, whole.map)
    assert eased.counts.events == whole.counts.events


def test_the_rest_is_the_same_until_a_second_is_over() -> None:
    one = market()
    whole = one.view("BTC")
    one.apply([traffic(NOW, NOW + 500, 1_000)])
    one.advance(NOW + EASED_MS - 1)
    assert one.eased_view("BTC").checklist is whole.checklist
    one.advance(NOW + EASED_MS)
    assert one.eased_view("BTC").checklist is not whole.checklist


def test_a_feed_that_is_lost_shows_at_once() -> None:
    one = market()
    one.view("BTC")
    one.apply([disconnected(NOW + 10)])
    assert {feed.state for feed in one.eased_view("BTC").feeds if feed.venue == "bybit"} == {"dead"}


def test_other_coins_windows_and_settings_are_pictures_of_their_own() -> None:
    one = market()
    whole = one.view("BTC", 240)
    assert one.eased_view("ETH", 240).price.value == 4_000.0
    assert one.eased_view("BTC", 60).ladder.window_minutes == 60
    one.judge_by(ScoringSettings())
    assert one.eased_view("BTC", 240).checklist is not whole.checklist


def test_a_coin_that_nobody_saw_is_told_as_in_a_whole_picture() -> None:
    one = market()
    assert one.eased_view("WIF") == one.view("WIF")
