"""What a cascade is judged by: sums, rates, counts, moves and open interest, each against a plain recount."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.cascades.interest import OpenCoins
from scoring.cascades.moves import Moves
from scoring.cascades.rates import DayMinutes, Decaying, LastSeconds
from scoring.cascades.renewal import Renewal, gamma_quantile, growth
from scoring.cascades.splits import Occupied, Splits
from scoring.cascades.surroundings import UsualDepth
from scoring.settings.cascades import CascadeRules

RULES = CascadeRules()
NOW = 1_737_979_440_000
SECOND = NOW // 1000


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-70, 0), st.integers(1, 10**9)), max_size=50))
def test_the_last_minute_equals_a_recount_in_any_order(steps: list[tuple[int, int, int]]) -> None:
    """Late orders count in their own second, and leave with it."""
    last, now, added = LastSeconds(60), SECOND, []
    last.advance(now)
    for passed, late, usd in steps:
        now += passed
        last.advance(now)
        last.add(now + late, usd)
        added.append((now, now + late, usd))
    kept = sum(usd for at, second, usd in added if second > now - 60 and second > at - 60)
    assert last.total == pytest.approx(kept, abs=1e-3)


def test_rates_forget_at_their_time_constant() -> None:
    """1,000 USD at once are 100 a second over 10 s, and 36.8 after 10 s."""
    rate = Decaying(10)
    rate.add(NOW, 1_000.0)
    assert rate.per_second(NOW) == pytest.approx(100.0)
    assert rate.per_second(NOW + 10_000) == pytest.approx(100 / math.e)


@given(st.permutations([(0, 5.0), (4_000, 7.0), (9_000, 11.0)]))
def test_a_rate_is_the_same_in_any_order(orders: list[tuple[int, float]]) -> None:
    rate = Decaying(10)
    for off_ms, usd in orders:
        rate.add(NOW + off_ms, usd)
    expected = sum(usd * math.exp((off_ms - 12_000) / 10_000) for off_ms, usd in orders) / 10
    assert rate.per_second(NOW + 12_000) == pytest.approx(expected)


def test_a_rate_makes_up_for_what_was_not_seen() -> None:
    """2 USD every second for ten minutes are 2 a second over half an hour too."""
    rate = Decaying(1_800)
    for second in range(600):
        rate.add(NOW + second * 1000, 2.0)
    assert rate.per_second(NOW + 600_000, 600_000) == pytest.approx(2.0, rel=0.01)


def test_a_large_minute_is_what_few_minutes_of_the_day_exceed() -> None:
    """Of 1,000 minutes 100 hold 1 to 100 USD: one in twenty holds more than 50."""
    day = DayMinutes(RULES.inputs)
    for minute in range(1_001):
        day.turn(minute)
        day.add(minute % 1000 // 10 + 1 if minute % 10 == 0 else 0.0)
    assert day.large_usd == pytest.approx(50, abs=1)


def test_a_large_minute_is_unknown_before_four_hours_and_unseen_minutes_are_none() -> None:
    day = DayMinutes(RULES.inputs)
    for minute in range(240):
        day.turn(minute)
    assert day.large_usd is None
    day.turn(240, seen=False)
    assert day.large_usd is None
    day.turn(241)
    assert day.large_usd == 0.0


@given(st.integers(2, 400), st.sampled_from([-1.2816, 1.2816]))
def test_the_gamma_quantile_is_within_one_percent_of_the_exact_one(shape: int, z: float) -> None:
    """For whole shapes Gamma's tail is a Poisson sum: P(X > x) = sum of e^-x x^i / i! below the shape."""
    share = 0.5 * math.erfc(-z / math.sqrt(2))
    low, high = 0.0, 4.0 * shape + 20
    for _ in range(80):
        middle = (low + high) / 2
        tail = sum(math.exp(i * math.log(middle) - middle - math.lgamma(i + 1)) for i in range(shape))
        low, high = (middle, high) if 1 - tail < share else (low, middle)
    assert gamma_quantile(shape, z) == pytest.approx(low, rel=0.01)


def test_the_worked_renewal_number() -> None:
    """18 events where 9 were expected: 20 / 13 = 1.54, and at least 1.12."""
    found = growth(18, 9, RULES.inputs)
    assert (round(found.number, 2), round(found.low, 2)) == (1.54, 1.12)


def renewal_after(counts: list[int]) -> Renewal:
    renewal = Renewal(RULES.inputs)
    renewal.advance(SECOND)
    for second, count in enumerate(counts):
        for _ in range(count):
            renewal.add()
        renewal.advance(SECOND + second + 1)
    return renewal


def test_growing_counts_renew_and_falling_ones_do_not() -> None:
    """A count that doubles every ten seconds, and its mirror image."""
    rising = [round(2 ** (second / 10)) for second in range(60)]
    assert renewal_after(rising).growth().low > 1
    assert renewal_after(rising[::-1]).growth().high < 1


def test_a_steady_count_renews_itself_and_silence_leaves_the_prior() -> None:
    steady = renewal_after([3] * 300)
    assert steady.growth().number == pytest.approx(1.0, abs=0.05)
    steady.advance(SECOND + 300 + 5_000)
    assert steady.growth().number == 0.5


def test_silent_seconds_cost_nothing_and_change_nothing() -> None:
    """Advanced second by second or at once."""
    slow, quick = renewal_after([2, 5, 9]), renewal_after([2, 5, 9])
    for second in range(4, 40):
        slow.advance(SECOND + second)
    quick.advance(SECOND + 39)
    assert slow.growth() == quick.growth()


def test_prints_within_a_quarter_of_a_second_are_one_order() -> None:
    """Of its first print, so that a chain of prints is no endless order."""
    splits = Splits(250)
    prints = [0, 100, 250, 251, 400, 600]
    assert [splits.begins(NOW + at, "bybit") for at in prints] == [True, False, False, True, False, True]
    assert splits.begins(NOW + 600, "okx")


def test_an_occupied_share_is_that_of_the_fullest_feed() -> None:
    """Eight of the ten seconds before this one; two feeds of four are not eight."""
    occupied = Occupied(10)
    for second in range(8):
        occupied.add(SECOND + second, "binance")
    for second in range(0, 8, 2):
        occupied.add(SECOND + second, "okx")
    assert occupied.share(SECOND + 10) == 0.8
    assert occupied.share(SECOND + 12) == 0.6
    assert occupied.share(SECOND + 60) == 0.0


def test_a_late_order_occupies_its_own_second() -> None:
    occupied = Occupied(10)
    occupied.add(SECOND + 5, "binance")
    occupied.add(SECOND + 3, "binance")
    assert occupied.share(SECOND + 6) == 0.2
    assert occupied.share(SECOND + 14) == 0.1


def test_moves_are_log_returns_of_seconds() -> None:
    moves = Moves(RULES.inputs)
    for second in range(121):
        moves.take(SECOND + second, 100 * math.exp(-second * 1e-4))
    assert moves.over(60) == pytest.approx(-60e-4)
    assert moves.over(120) == pytest.approx(-120e-4)
    assert moves.origin(-1) == pytest.approx((math.log(100), 120))


def test_moves_are_unknown_before_they_were_seen_and_after_a_gap() -> None:
    moves = Moves(RULES.inputs)
    moves.take(SECOND, 100)
    moves.take(SECOND + 59, 100)
    assert moves.over(60) is None
    moves.take(SECOND + 60, 101)
    assert moves.over(60) == pytest.approx(math.log(1.01))
    moves.take(SECOND + 200, 101)
    assert moves.over(60) is None


def test_the_usual_volatility_is_measured_over_minutes_or_seeded() -> None:
    """Minutes of 10 bp each way have a deviation of 10 bp; without any, that of the candles."""
    moves = Moves(RULES.inputs)
    assert moves.sigma is None
    for minute in range(40):
        moves.take(SECOND + 60 * minute, 100 * math.exp(1e-3 * (minute % 2)))
        assert (moves.sigma is None) == (minute < 30)
    assert moves.sigma == pytest.approx(1e-3)
    seeded = Moves(RULES.inputs)
    seeded.seed(0.036)
    assert seeded.sigma == pytest.approx(0.036 / math.sqrt(1440))


def test_open_interest_is_compared_over_the_exchanges_read_then_and_now() -> None:
    """100 to 98 and 50 to 49 are -2 %; an exchange that was not read before is left out."""
    coins = OpenCoins(RULES)
    for venue, then, now in (("binance", 100.0, 98.0), ("bybit", 50.0, 49.0)):
        coins.take(venue, NOW - 300_000, then)
        coins.take(venue, NOW, now)
    coins.take("okx", NOW, 1_000.0)
    assert coins.change(NOW) == pytest.approx(-0.02)


def test_open_interest_that_was_not_read_since_is_not_known() -> None:
    """A reading from before the ignition says nothing about it, nor does a stale one."""
    coins = OpenCoins(RULES)
    coins.take("binance", NOW - 300_000, 100.0)
    coins.take("binance", NOW - 20_000, 99.0)
    assert coins.change(NOW, NOW - 10_000) is None
    assert coins.change(NOW, NOW - 30_000) == pytest.approx(-0.01)
    assert coins.since(NOW, NOW - 10_000) is None
    assert coins.change(NOW + 80_000) is None


def test_depth_is_the_median_of_the_last_hour_of_each_exchange() -> None:
    """A book that flees for two readings does not inflate the impulse."""
    depth = UsualDepth(60)
    assert depth.per_bp(falling=True) is None
    for number, bids in enumerate((4e6, 4e6, 0.2e6, 4e6, 0.2e6)):
        depth.take("binance", NOW + number * 1000, bids, 8e6)
    depth.take("okx", NOW, 1e6, 2e6)
    assert depth.per_bp(falling=True) == 50_000.0
    assert depth.per_bp(falling=False) == 100_000.0
    depth.advance(NOW + 3_700_000)
    assert depth.per_bp(falling=True) is None
