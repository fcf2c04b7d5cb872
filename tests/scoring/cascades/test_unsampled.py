"""What sampling feeds leave out is found again where the law of sizes is known, and bounded where it is not."""

import math
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.cascades.unsampled import LearnedSizes, LognormalSizes, SizeLaw, correct, seen_sizes
from scoring.settings.cascades import CascadeRules

RULES = CascadeRules()
SHOWN = [35e3, 120e3, 18e3, 60e3, 250e3, 40e3, 90e3, 15e3]
LAW = LognormalSizes(2_500.0, 1.8)


def stream(per_second: float, seconds: int, random: Random) -> list[list[float]]:
    """Poisson orders of lognormal sizes, second by second."""
    found: list[list[float]] = []
    for _ in range(seconds):
        left, count = math.exp(-per_second), 0
        chance = random.random()
        total, term = left, left
        while chance > total and count < 5_000:
            count += 1
            term *= per_second / count
            total += term
        found.append([2_500 * math.exp(random.gauss(0, 1.8)) for _ in range(count)])
    return found


def test_the_worked_ten_seconds() -> None:
    """Eight maxima of 628 k: 3.2 orders a second, 777 k."""
    found = correct(SHOWN, 10, [LAW], RULES)
    assert found.raw_usd == 628e3
    assert found.per_second == pytest.approx(3.2, abs=0.05)
    assert found.usd == pytest.approx(777e3, abs=1e3)
    assert found.saturated


@pytest.mark.parametrize("per_second", [0.3, 1.0, 3.0, 10.0, 30.0, 100.0])
def test_the_correction_finds_what_the_largest_of_each_second_hides(per_second: float) -> None:
    """Over 60 s its median is within 5 % of the truth, and most of its bands hold it."""
    random, ratios, held = Random(f"{per_second}"), [], 0
    for _ in range(40):
        seconds = stream(per_second, 60, random)
        truth = sum(map(sum, seconds))
        found = correct([max(second) for second in seconds if second], 60, [LAW], RULES)
        assert found.usd is not None
        assert found.high is not None
        ratios.append(found.usd / truth)
        held += found.low <= truth <= found.high
    assert median(ratios) == pytest.approx(1.0, abs=0.05)
    assert held >= 26


def test_the_raw_sum_of_a_busy_feed_is_less_than_half() -> None:
    """Which is why it is corrected: 30 orders a second."""
    seconds = stream(30.0, 120, Random(1))
    assert sum(max(second) for second in seconds) < 0.5 * sum(map(sum, seconds))


@given(st.lists(st.floats(1, 1e8), min_size=1, max_size=60), st.integers(60, 120))
def test_no_correction_is_less_than_what_was_counted(shown: list[float], seconds: int) -> None:
    for shows in ("largest", "latest"):
        found = correct(shown, seconds, [LAW], RULES, "largest" if shows == "largest" else "latest")
        assert found.low >= found.raw_usd
        assert found.usd is None or found.usd >= found.raw_usd * (1 - 1e-12)


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=10), st.sampled_from([0.25, 2.0, 8.0]))
def test_a_law_of_seen_sizes_scales_with_them(shown: list[int], scale: float) -> None:
    """In another unit of money everything is that many times as large."""
    sizes = [100.0, 500.0, 2_000.0, 1e6, 1e8]
    plain = correct(shown, 20, [seen_sizes(sizes)], RULES)
    scaled = correct([usd * scale for usd in shown], 20, [seen_sizes(sizes, 2_000.0 * scale)], RULES)
    assert plain.usd is not None
    assert scaled.usd == pytest.approx(plain.usd * scale)


def test_seen_sizes_of_a_lognormal_correct_as_the_law_itself() -> None:
    random = Random(2)
    seen = seen_sizes([2_500 * math.exp(random.gauss(0, 1.8)) for _ in range(20_000)])
    exact, learned = correct(SHOWN, 10, [LAW], RULES), correct(SHOWN, 10, [seen], RULES)
    assert learned.usd == pytest.approx(exact.usd, rel=0.03)


def test_a_second_law_widens_the_band() -> None:
    """Sizes three times as large in the burst: the estimate stays, the band reaches the other one."""
    one = correct(SHOWN, 10, [LAW], RULES)
    two = correct(SHOWN, 10, [LAW, LognormalSizes(7_500.0, 1.8)], RULES)
    assert two.usd == one.usd
    assert one.high is not None
    assert two.high is not None
    assert two.high > one.high


@pytest.mark.parametrize("laws", [[], [seen_sizes([1.0])]])
def test_without_a_law_that_fits_only_the_lower_bound_is_left(laws: list[SizeLaw]) -> None:
    """No law at all; or every second holds more than the largest order known."""
    found = correct([5.0] * 10, 10, laws, RULES)
    assert (found.raw_usd, found.low, found.usd, found.high) == (50.0, 50.0, None, None)


def test_the_latest_of_each_second_is_corrected_until_it_saturates() -> None:
    """Five of ten seconds: -ln(1/2) = 0.693 a second of the mean size; eight of ten: only a lower bound."""
    found = correct([10.0] * 5, 10, [], RULES, "latest")
    assert found.per_second == pytest.approx(math.log(2))
    assert found.usd == pytest.approx(10 * math.log(2) * 10)
    full = correct([10.0] * 8, 10, [], RULES, "latest")
    assert (full.saturated, full.usd, full.low) == (True, None, 80.0)


def test_silence_is_nothing_and_more_orders_than_seconds_are_refused() -> None:
    assert correct([], 10, [LAW], RULES).usd == 0.0
    with pytest.raises(ValueError, match="at most 2"):
        correct([1.0, 1.0, 1.0], 2, [LAW], RULES)


def test_sizes_are_learned_from_a_complete_feed_and_rescaled_by_lonely_orders() -> None:
    """Too few teach nothing; a sampling feed whose lonely orders are twice as large has a law twice as large."""
    learned = LearnedSizes(RULES.correction)
    for usd in range(1, 200):
        learned.take(float(usd))
    assert learned.laws() == []
    for usd in range(200, 401):
        learned.take(float(usd))
    whole, late = learned.laws()
    assert whole.above(200.0) == pytest.approx(0.5, abs=0.01)
    assert late.above(200.0) == 1.0
    for _ in range(50):
        learned.take_lonely(401.0)
    assert learned.laws()[0].above(401.0) == pytest.approx(0.5, abs=0.01)
