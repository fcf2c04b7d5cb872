"""States begin, hold and end as their rules say."""

import math
from dataclasses import replace

import pytest

from scoring.cascades.detector import CoinCascades
from scoring.cascades.surroundings import Ahead, Surroundings
from scoring.settings import LevelSettings
from tests.cascades_market import PRICE, forced_order
from tests.scoring.cascades.script_fixture import RULES, Script, calm, cascading, exhausted

READY = Ahead(strength=1.0, touch=0.5, interest_24h=0.06)


def test_a_quiet_market_is_calm_once_it_was_seen_for_half_a_minute() -> None:
    script = Script()
    script.pass_(29)
    assert (script.state("down"), script.state("up")) == ("blind", "blind")
    script.pass_(10)
    assert (script.state("down"), script.state("up")) == ("calm", "calm")


def test_a_fall_under_growing_forced_orders_ignites_and_cascades() -> None:
    """Longs only: the other direction stays calm. Its words name the inputs."""
    script = cascading()
    assert script.after() == ["igniting", "cascading"]
    assert {change.direction for change in script.changes} == {"down"}
    inputs = script.changes[-1].inputs
    assert inputs.impulse_bp is not None
    assert inputs.impulse_bp >= 10
    assert inputs.renewal_low is not None
    assert inputs.renewal_low >= 1
    assert "OI" in script.changes[-1].why


def test_a_squeeze_is_the_mirror_image() -> None:
    script = calm()
    for second in range(20):
        script.pass_(1, 3.0, 3_000.0 * (second + 1), "short", orders=min(4, 1 + second // 4))
    assert [(change.direction, change.after) for change in script.changes] == [("up", "igniting"), ("up", "cascading")]


def test_news_without_forced_orders_is_no_cascade() -> None:
    script = calm()
    script.pass_(60, -3.0)
    assert script.changes == []


def test_forced_orders_without_a_move_are_no_cascade() -> None:
    """The book takes them."""
    script = calm()
    script.pass_(60, 0.0, 30_000.0, orders=4)
    assert script.changes == []


def test_an_ignition_needs_three_seconds() -> None:
    """The conditions hold at once and for two seconds more."""
    script = calm()
    script.pass_(1, -1.0, 3_000.0, orders=3)
    script.pass_(1, -30.0, 300_000.0, orders=3)
    script.pass_(2)
    assert script.changes == []
    script.pass_(1)
    assert script.after() == ["igniting"]


def test_one_large_order_is_no_chain() -> None:
    """As large as three that ignite, and the price gives way as much."""
    script = calm()
    script.pass_(1, -30.0, 300_000.0)
    script.pass_(10)
    assert script.changes == []


def test_a_cascade_is_exhausted_once_open_interest_shows_that_positions_are_gone() -> None:
    """90 s without a new extreme, orders spent, OI -3 % since ignition; after 15 min it is calm."""
    script = exhausted()
    assert script.after() == ["igniting", "cascading", "exhausted"]
    assert "-3.0%" in script.changes[-1].why
    script.pass_(900)
    assert script.after()[-1] == "calm"


def test_a_cascade_whose_open_interest_stays_is_over_but_never_exhausted() -> None:
    """Its fall of 0.6 % confirms the cascade and not the end of leverage; unread, it confirms nothing."""
    for coins, told in ((994_000.0, "only -0.6%"), (None, "not read")):
        script = cascading()
        script.coins = coins
        script.pass_(200, reads=coins is not None)
        assert "exhausted" not in script.after()
        assert told in script.changes[2].why


def test_a_new_extreme_under_force_begins_anew() -> None:
    script = exhausted()
    script.pass_(15, -4.0, 60_000.0, orders=4)
    assert script.after()[3:4] == ["igniting"]


def test_a_cascade_that_is_bought_back_is_rejected() -> None:
    """Sixty basis points down, forty up; open interest hardly fell: absorbed."""
    script = cascading()
    script.coins = 999_000.0
    script.pass_(40, +1.0)
    assert script.after()[-1] == "rejected"
    assert "absorbed" in script.changes[-1].why


def test_an_ignition_that_comes_to_nothing_is_calm_again() -> None:
    """No new extreme for a minute, and the orders left the last minute."""
    script = calm()
    script.pass_(7, -6.0, 20_000.0)
    assert script.state() == "igniting"
    script.pass_(90)
    assert script.after() == ["igniting", "calm"]


def test_open_interest_that_does_not_fall_holds_a_cascade_back() -> None:
    """Read after ignition and unchanged, it was no deleveraging; where it is not read the words say so."""
    script = calm()
    script.pass_(7, -6.0, 20_000.0)
    script.pass_(30)
    for second in range(10):
        script.pass_(1, -3.0, 8_000.0 * (second + 1), orders=min(4, 1 + second // 2))
    assert "cascading" not in script.after()
    script.coins = 990_000.0
    script.pass_(11, -3.0, 80_000.0, orders=4)
    assert script.after()[-1] == "cascading"


def test_leverage_that_stands_ready_loads_its_direction_for_fifteen_minutes() -> None:
    script = calm()
    script.around = replace(script.around, below=READY)
    script.pass_(1)
    assert (script.state("down"), script.state("up")) == ("loading", "calm")
    script.around = replace(script.around, below=Ahead())
    script.pass_(899)
    assert script.state("down") == "loading"
    script.pass_(1)
    assert script.state("down") == "calm"


@pytest.mark.parametrize(
    "ahead",
    [
        replace(READY, strength=None),
        replace(READY, strength=0.4),
        replace(READY, touch=0.2),
        replace(READY, interest_24h=0.04),
        replace(READY, interest_24h=None, funding_share=0.8, crowd=0.6),
    ],
)
def test_less_than_that_does_not_load(ahead: Ahead) -> None:
    """What is not known is no reason."""
    script = calm()
    script.around = replace(script.around, above=ahead)
    script.pass_(5)
    assert script.state("up") == "calm"


def test_without_depth_a_cascade_ignites_and_cannot_be_proved() -> None:
    script = calm()
    script.pass_(1)
    script.coin = CoinCascades("WIF", RULES, LevelSettings())
    script.coin.seed_volatility(0.02)
    depthless = Surroundings(complete=True, taker_usd=0.0)
    for second in range(200):
        now_ms = script.now_ms + (second + 1) * 1000
        if second > 150:
            script.coin.take(forced_order(now_ms - 500, "long", 30_000.0))
        price = PRICE * math.exp(-3e-4 * max(0, second - 150))
        script.coin.step(now_ms, replace(depthless, price=price, trades_at_ms=now_ms))
    view = script.coin.view().down
    assert view.state == "igniting"
    assert "depth pending" in view.inputs.pending


def test_a_backlog_from_before_says_nothing_about_now() -> None:
    """A hundred orders of five minutes ago, delivered while the price falls."""
    script = calm()
    for number in range(100):
        late = forced_order(script.now_ms - 300_000 - number, "long", 50_000.0)
        script.coin.take(late)
    script.pass_(20, -3.0)
    assert script.changes == []


def test_the_log_tells_states_and_levels_in_their_order_and_is_bounded() -> None:
    script = exhausted()
    log = script.coin.view().log
    assert [row.text.split(":")[0] for row in log if row.text.startswith(("ign", "casc", "exh"))] == [
        "igniting", "cascading", "exhausted",
    ]  # fmt: skip
    assert sum("USD/bp" in row.text for row in log) >= 2
    assert [row.at_ms for row in log] == sorted(row.at_ms for row in log)
    for _ in range(30):
        script.pass_(20, -6.0, 60_000.0, orders=4)
        script.pass_(20, +1.0)
    assert len(script.coin.view().log) <= RULES.levels.log_rows
    assert len(script.coin.view().down.levels) <= RULES.levels.kept


def test_a_second_counts_once() -> None:
    script = calm()
    assert script.coin.step(script.now_ms + 1, script.around) == ()
    assert script.coin.step(script.now_ms - 5_000, script.around) == ()
