"""What is late, early or repeated is counted and left out; everything else passes once."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Liquidation, MarkPrice, Trade, Undecodable
from feeds.intake import Intake, Remembered
from feeds.settings import IntakeSettings

NOW = 1_792_000_000_000
TRADE = Trade(
    venue="binance", market="perp", symbol="BTCUSDT", coin="BTC", at_ms=NOW, received_ms=NOW,
    taker="buy", price=1.0, quantity=1.0, notional_usd=1.0, identity=1,
)  # fmt: skip
FORCED = Liquidation(
    venue="okx", market="perp", symbol="BTC-USDT-SWAP", coin="BTC", at_ms=NOW, received_ms=NOW,
    position="long", price=1.0, quantity=1.0, notional_usd=1.0, sampled=True, identity="a 1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("age_ms", "kind"),
    [(0, None), (10_000, None), (600_000, None), (600_001, "late"), (-5_000, None), (-5_001, "future")],
)
def test_an_event_is_admitted_within_its_times(age_ms: int, kind: str | None) -> None:
    event = msgspec.structs.replace(TRADE, at_ms=NOW - age_ms)
    (admitted,) = Intake(IntakeSettings()).admit([event], "binance perp", [])
    if kind is None:
        assert admitted is event
    else:
        assert isinstance(admitted, Undecodable)
        assert admitted.kind == kind


def test_a_second_delivery_is_counted_and_left_out() -> None:
    intake = Intake(IntakeSettings())
    first, second = intake.admit([FORCED, FORCED], "okx perp", [])
    assert first is FORCED
    assert isinstance(second, Undecodable)
    assert second.kind == "duplicate"


def test_equal_ids_of_different_symbols_markets_and_venues_are_different() -> None:
    others = [
        TRADE,
        msgspec.structs.replace(TRADE, symbol="ETHUSDT"),
        msgspec.structs.replace(TRADE, market="spot"),
        msgspec.structs.replace(TRADE, venue="okx"),
    ]
    assert Intake(IntakeSettings()).admit(others, "x", []) == others


def test_a_flood_of_trades_does_not_make_a_liquidation_forgotten() -> None:
    intake = Intake(IntakeSettings(remembered_events=10))
    intake.admit([FORCED], "okx perp", [])
    intake.admit([msgspec.structs.replace(TRADE, identity=number) for number in range(1000)], "okx perp", [])
    (again,) = intake.admit([FORCED], "okx perp", [])
    assert isinstance(again, Undecodable)


def test_prices_may_repeat() -> None:
    price = MarkPrice(
        venue="okx", market="perp", symbol="X", coin="X", at_ms=NOW, received_ms=NOW, mark=1.0, index=None
    )
    assert Intake(IntakeSettings()).admit([price, price], "okx perp", []) == [price, price]


@given(st.lists(st.integers(0, 30), max_size=200), st.integers(1, 10))
def test_the_last_keys_are_always_remembered(keys: list[int], limit: int) -> None:
    memory, order = Remembered(limit), []
    for key in keys:
        if memory.add(key):
            assert key not in order[-limit:]
            order.append(key)
        else:
            assert key in order


def test_what_can_only_come_late_is_forgotten() -> None:
    memory = Remembered(limit=1000, kept_ms=60_000)
    assert memory.add("a", NOW)
    assert not memory.add("a", NOW + 60_000)
    memory.add("b", NOW + 60_001)
    assert not memory.add("a", NOW + 120_001)
    memory.add("c", NOW + 190_000)
    assert memory.add("a", NOW + 190_001)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 50)), max_size=200))
def test_the_keys_of_the_last_while_are_always_remembered(arrivals: list[tuple[int, int]]) -> None:
    memory, seen, now = Remembered(10_000, kept_ms=100), dict[int, int](), NOW
    for key, later in arrivals:
        now += later
        if memory.add(key, now):
            assert now - seen.get(key, 0) > 100
            seen[key] = now
