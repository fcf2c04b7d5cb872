"""The tape lists what is large, newest first, and stays bounded."""

from scoring.large import Order
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.tape import Tape
from tests.scoring.events_fixture import NOW, liquidation, trade


def test_only_large_events_are_listed() -> None:
    """Liquidations from 1,000 USD on, trades from the coin's own floor on."""
    market = Market(ScoringSettings())
    for usd in (999.0, 1_000.0):
        market.apply([liquidation(NOW, usd, position="short", sampled=True)])
    for number, (coin, usd) in enumerate((("BTC", 199_999.0), ("BTC", 200_000.0), ("WIF", 50_000.0))):
        market.apply([trade(NOW + 300 * number, usd, coin=coin, taker="sell", market="spot")])
    market.advance(NOW + 900)
    bought, forced = market.view("BTC").tape
    assert (bought.usd, bought.taker, bought.position, bought.market) == (200_000.0, "sell", None, "spot")
    assert (forced.usd, forced.taker, forced.position, forced.sampled) == (1_000.0, None, "short", True)
    assert len(market.view("WIF").tape) == 1


def test_an_order_is_on_the_tape_once_its_fills_must_be_here() -> None:
    """A quarter of a second after the first of them; the view of that moment has it."""
    market = Market(ScoringSettings())
    market.apply([trade(NOW - 40, 150_000.0, received_ms=NOW), trade(NOW - 30, 150_000.0, received_ms=NOW + 9)])
    market.advance(NOW + 250)
    assert market.view("BTC").tape == ()
    market.advance(NOW + 251)
    (row,) = market.view("BTC").tape
    assert (row.at_ms, row.usd) == (NOW - 40, 300_000.0)


def test_rows_are_ordered_by_the_venues_time_and_bounded() -> None:
    """A late one takes its true place; of two at the same time the one that came last is first."""
    tape = Tape(3)
    for usd, at_ms in ((1.0, NOW), (2.0, NOW + 5), (3.0, NOW + 2), (4.0, NOW + 5)):
        tape.add_row(Order(trade(at_ms, usd), 250).row())
    rows = tape.rows()
    assert [row.usd for row in rows] == [4.0, 2.0, 3.0]
    assert tape.rows() is rows
