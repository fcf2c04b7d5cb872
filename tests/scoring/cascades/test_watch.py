"""A coin's cascades in its market: what feeds them, what comes after them, and what sampling feeds left out."""

import pytest

from scoring.cascades.moves import Moves
from scoring.cascades.recovery import Recovery, SpotVolume
from scoring.cascades.shown import ShownOrders
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.settings.cascades import AftermathRules, CascadeRules
from scoring.view.cascades import CascadeInputs, StateName, Transition
from tests.scoring.events_fixture import (
    MINUTE,
    NOW,
    connected,
    depth,
    disconnected,
    liquidation,
    mark,
    open_interest,
    trade,
)  # fmt: skip

SETTINGS = ScoringSettings()


def market(seconds: int = 1_900) -> Market:
    """Calm minutes of a liquid coin on a complete feed: marks, trades, depth and open interest."""
    found = Market(SETTINGS, ("BTC",))
    found.apply([connected(NOW), depth(NOW, 100e6, 100e6), open_interest(NOW, 10_000.0)])
    for second in range(seconds):
        at_ms = NOW + 1000 * second
        wobble = 100.0 + 0.02 * (second % 3)
        found.apply([mark(at_ms, wobble), trade(at_ms, 10_000.0, wobble)])
        if second % 60 == 0:
            found.apply([liquidation(at_ms, 20_000.0, wobble), depth(at_ms, 100e6, 100e6)])
        if second % 30 == 0:
            found.apply([open_interest(at_ms, 10_000.0)])
    return found


def crash(found: Market, start_ms: int, seconds: int = 40) -> None:
    """The price falls 5 bp a second while longs are liquidated, more each second, and open interest goes."""
    for second in range(seconds):
        at_ms = start_ms + 1000 * second
        price = 100.0 * (1 - 0.0005 * second)
        orders = [
            liquidation(at_ms + 300 * part, 500_000.0 * (1 + second / 10), price, identity=f"{second}.{part}")
            for part in range(3)
        ]
        found.apply([mark(at_ms, price), trade(at_ms, 100_000.0, price, taker="sell"), *orders])
        if second % 5 == 0:
            found.apply([open_interest(at_ms, 10_000.0 * (1 - 0.001 * second))])


def test_a_calm_market_is_calm_and_lets_the_checklist_pass() -> None:
    view = market().view("BTC")
    assert (view.cascades.down.state, view.cascades.up.state) == ("calm", "calm")
    item = view.checklist.items[0]
    assert (item.name, item.long, item.short) == ("cascade", "pass", "pass")


def test_a_chain_of_forced_orders_ignites_then_cascades_and_forbids_a_long() -> None:
    found = market()
    crash(found, NOW + 1_900_000)
    view = found.view("BTC")
    assert view.cascades.down.state == "cascading"
    assert view.cascades.down.rule == "full"
    assert view.cascades.down.inputs.impulse_bp is not None
    assert view.cascades.down.inputs.impulse_bp > 10
    assert (view.checklist.items[0].long, view.checklist.items[0].short) == ("fail", "warn")
    assert view.checklist.long.verdict == "NO ENTRY"
    assert found.view("BTC").coins[0].alert == "cascading down"
    assert [row.text.split(":")[0] for row in view.cascades.log if row.text.startswith(("ign", "casc"))] == [
        *("igniting", "cascading"),
    ]


def test_dead_feeds_are_blind_never_calm() -> None:
    found = market()
    at_ms = NOW + 1_900_000
    found.apply([disconnected(at_ms)])
    found.advance(at_ms + 2_000)
    view = found.view("BTC")
    assert (view.cascades.down.state, view.cascades.up.state) == ("blind", "blind")
    assert view.checklist.items[0].long == "unknown"
    assert view.checklist.long.verdict == "NO ENTRY"


def test_silence_of_trades_and_marks_is_blind_within_seconds() -> None:
    found = market()
    found.advance(NOW + 1_900_000 + 7_000)
    assert found.view("BTC").cascades.down.state == "blind"
    assert "trades are" in found.view("BTC").cascades.down.why


def test_without_a_complete_feed_the_sampled_rule_judges_and_says_so() -> None:
    found = Market(SETTINGS, ("BTC",))
    found.apply([connected(NOW, "binance")])
    for second in range(60):
        found.apply([mark(NOW + 1000 * second, venue="binance")])
    view = found.view("BTC")
    assert view.cascades.down.rule == "sampled"
    assert view.checklist.items[0].reason.endswith("sampled rule")


def changed(after: StateName, before: StateName = "calm", at_ms: int = NOW) -> Transition:
    return Transition(at_ms, "down", before, after, "", CascadeInputs())


def recovery() -> Recovery:
    found = Recovery("BTC", AftermathRules())
    found.take_interest("bybit", 10_000.0)
    found.note(changed("igniting"), 0.0005)
    return found


def test_there_is_no_badge_before_a_cascade_is_over() -> None:
    assert recovery().badge(NOW + MINUTE, 0.0001, 1.0) == (None, None)


def test_the_badge_counts_the_signs_that_have_come() -> None:
    found = recovery()
    found.note(changed("exhausted", "cascading", NOW + MINUTE), 0.0001)
    found.take_interest("bybit", 9_400.0)
    badge, direction = found.badge(NOW + 2 * MINUTE, 0.0001, 1.0)
    assert badge is not None
    assert (badge.extent, badge.met, direction) == ("partial", 3, "down")
    assert [(part.name, part.met) for part in badge.parts] == [
        *(("funding", True), ("open interest", True), ("spot volume", None), ("liquidations", True)),
    ]


def test_an_ignition_that_came_to_nothing_leaves_no_badge() -> None:
    found = recovery()
    found.note(changed("calm", "igniting", NOW + MINUTE), 0.0001)
    assert found.badge(NOW + 2 * MINUTE, 0.0001, 1.0) == (None, None)


def test_the_badge_goes_after_hours() -> None:
    found = recovery()
    found.note(changed("exhausted", "cascading"), 0.0001)
    assert found.badge(NOW + 5 * 60 * MINUTE, 0.0001, 1.0) == (None, None)


def test_spot_volume_is_held_against_the_days_median_quarter() -> None:
    spot = SpotVolume()
    for minute in range(16 * 15):
        assert spot.against_usual is None
        spot.open = 1_000 if minute < 15 * 15 else 3_000
        spot.turn_minute()
    assert spot.against_usual == pytest.approx(3.0)


def test_a_feed_of_the_largest_a_second_is_corrected_by_the_sizes_of_a_complete_one() -> None:
    shown = ShownOrders(CascadeRules())
    for number in range(400):
        shown.take(liquidation(NOW - 3_600_000 + number, 1_000.0 + 100 * (number % 50), venue="bybit"), True)
    for second in range(30):
        shown.take(liquidation(NOW + 1000 * second, 5_000.0, venue="binance", sampled=True), False)
        shown.take(liquidation(NOW + 1000 * second, 4_000.0, venue="okx", sampled=True), False)
    ((venue, found),) = shown.corrected(NOW + 30_000)
    assert (venue, found.raw_usd) == ("binance", 150_000.0)
    assert found.usd is not None
    assert found.high is not None
    assert 150_000.0 < found.low < found.usd < found.high
    assert shown.corrected(NOW + 120_000) == ()


def test_a_measured_volatility_serves_until_ones_own_minutes_tell_it() -> None:
    """It may come some minutes after the first price, as candles do; and only the first one counts."""
    moves = Moves(CascadeRules().inputs)
    for second in range(0, 300, 10):
        moves.take(second, 100.0 + 0.01 * (second % 20))
    assert moves.sigma is None
    moves.seed(0.038)
    first = moves.sigma
    assert first == pytest.approx(0.038 / 1440**0.5)
    moves.seed(0.5)
    assert moves.sigma == first
