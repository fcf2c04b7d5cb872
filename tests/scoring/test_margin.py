"""Liquidation prices: the published table, large positions, tiers that join, and each venue's rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Position
from feeds.tiers import BINANCE, MarginTier
from scoring.margin import RULES, MarginRule, distance_table, liquidation_distance, liquidation_price

TIERS = BINANCE["BTCUSDT"]
SMALL = (MarginTier(0.004, 125.0, floor_usd=0.0),)
PRICE = 80_000.0
POSITIONS: tuple[Position, ...] = ("long", "short")

positions = st.sampled_from(POSITIONS)
notionals = st.floats(1_000, 400e6)
leverages = st.floats(1.1, 125)


def price_of(position: Position, notional: float, leverage: float, extra: float = 0.0, venue: str = "binance") -> float:
    found = liquidation_price(position, PRICE, leverage, notional / PRICE, TIERS, RULES[venue], extra)
    return 0.0 if found is None else found


@pytest.mark.parametrize(
    ("rate", "fee", "expected"),
    [
        (
            0.004,
            0.0,
            [
                (5, 19.68, 19.52),
                (10, 9.64, 9.56),
                (20, 4.62, 4.58),
                (25, 3.61, 3.59),
                (50, 1.61, 1.59),
                (100, 0.60, 0.60),
                (125, 0.40, 0.40),
            ],
        ),
        (
            0.005,
            0.00055,
            [
                (5, 19.55, 19.34),
                (10, 9.50, 9.39),
                (20, 4.47, 4.42),
                (25, 3.46, 3.43),
                (50, 1.45, 1.44),
                (100, 0.45, 0.44),
                (125, 0.25, 0.24),
            ],
        ),
    ],
)
def test_distances_are_those_of_the_table(rate: float, fee: float, expected: list[tuple[int, float, float]]) -> None:
    rows = distance_table([row[0] for row in expected], rate, MarginRule(fee_rate=fee))
    for (_, long, short), (_, expected_long, expected_short) in zip(rows, expected, strict=True):
        assert long is not None
        assert short is not None
        assert (100 * long, 100 * short) == pytest.approx((expected_long, expected_short), abs=0.006)


def test_a_long_of_five_million_at_twenty_times_is_liquidated_at_2_90_percent() -> None:
    assert 100 * (1 - price_of("long", 5e6, 20) / PRICE) == pytest.approx(2.90, abs=0.005)


def test_the_tier_is_the_one_at_the_liquidation_not_at_the_entry() -> None:
    # 1.02M at entry is in the tier of 2.5 %; 10 % lower it is below 1M, where 1 % and 1 300 USD hold
    expected = (PRICE * 0.9 - 1_300 / (1.02e6 / PRICE)) / (1 - 0.01)
    assert price_of("long", 1.02e6, 10) == pytest.approx(expected)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("floor", [tier.floor_usd for tier in TIERS[1:]])
@pytest.mark.parametrize("venue", ["binance", "bybit"])
@given(leverage=leverages)
def test_the_price_is_continuous_in_the_size_at_every_floor(
    position: Position, floor: float, venue: str, leverage: float
) -> None:
    below, above = (price_of(position, floor * factor, leverage, venue=venue) for factor in (1 - 1e-9, 1 + 1e-9))
    assert below == pytest.approx(above, rel=1e-7, abs=1e-3)


@given(position=positions, notional=notionals, leverage=leverages)
def test_at_the_liquidation_the_margin_is_the_maintenance_margin(
    position: Position, notional: float, leverage: float
) -> None:
    price = price_of(position, notional, leverage)
    coins, side = notional / PRICE, 1 if position == "long" else -1
    left = notional / leverage + side * coins * (price - PRICE)
    there = coins * price
    needed = max(there * tier.maintenance_rate - tier.deduction_usd for tier in TIERS)
    if price not in (0.0, PRICE):
        assert left == pytest.approx(needed, rel=1e-6, abs=notional * 1e-9)


@given(notional=notionals, leverage=leverages)
def test_longs_are_liquidated_at_or_below_the_entry_and_shorts_at_or_above(notional: float, leverage: float) -> None:
    assert price_of("long", notional, leverage) <= PRICE <= price_of("short", notional, leverage)


@given(position=positions, leverage=st.floats(2, 100), extra=st.floats(1, 10_000), venue=st.sampled_from(sorted(RULES)))
def test_extra_margin_moves_the_price_away(position: Position, leverage: float, extra: float, venue: str) -> None:
    bare, funded = (price_of(position, 40_000, leverage, added, venue) for added in (0.0, extra))
    assert abs(funded - PRICE) > abs(bare - PRICE)


def test_bybit_reckons_the_maintenance_margin_at_the_entry() -> None:
    distance = liquidation_distance("long", 10, 0.004, RULES["bybit"])
    assert distance == pytest.approx(0.1 - 0.004)


def test_okx_holds_the_taker_fee_back() -> None:
    distance = liquidation_distance("short", 10, 0.004, RULES["okx"])
    assert distance == pytest.approx(1.1 / (1 + 0.004 + 0.0005) - 1)


def test_an_okx_tier_goes_by_the_size_in_coins() -> None:
    tiers = (MarginTier(0.004, 125.0, floor_coins=0.0), MarginTier(0.05, 10.0, floor_coins=5.0))
    small, large = (liquidation_price("long", 100.0, 10, coins, tiers) for coins in (5.0, 5.1))
    assert (small, large) == (pytest.approx(90 / 0.996), pytest.approx(90 / 0.95))


def test_a_long_that_is_paid_in_full_has_no_liquidation_price() -> None:
    assert liquidation_price("long", 100.0, 1.0, 1.0, SMALL) is None
    assert liquidation_price("short", 100.0, 1.0, 1.0, SMALL) == pytest.approx(200 / 1.004)


def test_a_margin_below_the_maintenance_margin_is_liquidated_at_the_entry() -> None:
    assert [liquidation_price(position, 100.0, 500.0, 1.0, SMALL) for position in POSITIONS] == [100.0, 100.0]


@pytest.mark.parametrize("bad", [(0.0, 10.0, 1.0), (100.0, 0.0, 1.0), (100.0, 10.0, -1.0)])
def test_what_is_no_position_is_an_error(bad: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="expected"):
        liquidation_price("long", *bad, SMALL)
