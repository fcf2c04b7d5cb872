"""Rates of forced orders: exact in the last minute, honest about the usual one."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.cascade import LastMinute
from scoring.market import Market
from scoring.settings import ScoringSettings
from tests.scoring.events_fixture import MINUTE, NOW, connected, liquidation


@given(st.lists(st.tuples(st.integers(0, 130), st.integers(0, 1), st.integers(1, 10**12)), max_size=60))
def test_the_last_minute_equals_a_recount_in_any_order(added: list[tuple[int, int, int]]) -> None:
    """The current second and the 59 before it."""
    last = LastMinute()
    for age, side, amount in added:
        last.add(NOW - age * 1000, side, amount, age > 60)
    long, short, sampled = last.sums(NOW)
    kept = [(side, amount) for age, side, amount in added if age < 60]
    assert long == sum(amount for side, amount in kept if side == 0)
    assert short == sum(amount for side, amount in kept if side == 1)
    assert not sampled


def test_a_liquidation_leaves_the_last_minute_with_its_second() -> None:
    """Seen in its own second and the 59 after it, and not in the next."""
    last = LastMinute()
    last.add(NOW, 0, 5, True)
    assert last.sums(NOW + 59_999) == (5, 0, True)
    assert last.sums(NOW + 60_000) == (0, 0, False)


def minutes(market: Market, count: int, usd: float) -> int:
    """So many minutes with one liquidation each, beginning at NOW; returns the time after them."""
    for minute in range(count):
        market.apply([liquidation(NOW + minute * MINUTE + 1_000, usd)])
    return NOW + count * MINUTE


def test_the_usual_minute_is_unknown_until_ten_were_seen() -> None:
    """Then it is the mean of the seen ones without the last, and the ratio compares the last 60 s with it."""
    market = Market(ScoringSettings())
    market.apply([connected(NOW)])
    now_ms = minutes(market, 11, 600.0)
    market.advance(now_ms - 1)
    assert (market.view("BTC").cascade.usual_minute, market.view("BTC").cascade.ratio) == (None, None)
    market.advance(now_ms)
    market.apply([liquidation(now_ms + 59_000, 3_000.0, position="short")])
    cascade = market.view("BTC").cascade
    assert (cascade.usual_minute, cascade.short_60s, cascade.ratio) == (600.0, 3_000.0, 5.0)


def test_a_venue_just_connected_leaves_the_usual_minute_unknown() -> None:
    """Its liquidations would be compared with minutes in which it was not seen."""
    market = Market(ScoringSettings())
    market.apply([connected(NOW)])
    now_ms = minutes(market, 20, 600.0)
    market.advance(now_ms)
    assert market.view("BTC").cascade.usual_minute == 600.0
    market.apply([connected(now_ms, "okx")])
    assert market.view("BTC").cascade.usual_minute is None


def test_quiet_minutes_that_were_seen_count_as_quiet() -> None:
    """Seen silence is zero: one liquidation in 28 seen minutes makes a small usual minute."""
    market = Market(ScoringSettings())
    market.apply([connected(NOW), liquidation(NOW + 1, 2_800.0)])
    market.advance(NOW + 29 * MINUTE)
    assert market.view("BTC").cascade.usual_minute == 2_800.0 / 28
