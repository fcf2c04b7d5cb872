"""Kernels: unit mass, the textbook distance in their middle, the venue's highest leverage."""

import numpy as np
import pytest

from feeds.tiers import MarginTier
from scoring.map.grid import BUCKETS
from scoring.map.kernel import kernels
from scoring.settings.map import MapSettings, MixSettings

HALF = BUCKETS // 2
TEN_TIMES = MixSettings(observed=(0, 1, 0, 0, 0))


def spread_of(settings: MapSettings, tier: MarginTier | None = None) -> tuple[list[float], list[float]]:
    """Shares of longs and shorts of one entry in the middle of the grid, by place."""
    placed = kernels("binance", tier, ("observed",), settings).spread([(HALF, HALF, 1.0)])
    return placed[0, 0].tolist(), placed[0, 1].tolist()


def test_a_kernel_sums_to_one_where_the_grid_does_not_end() -> None:
    for side in spread_of(MapSettings(mix=TEN_TIMES)):
        assert sum(side) == pytest.approx(1.0, abs=1e-4)


def test_longs_are_below_the_entry_and_shorts_above() -> None:
    longs, shorts = spread_of(MapSettings())
    assert sum(longs[HALF + 1 :]) == sum(shorts[:HALF]) == 0.0


def test_half_of_ten_times_is_liquidated_within_the_textbook_distance() -> None:
    longs, shorts = spread_of(MapSettings(mix=TEN_TIMES, maintenance_rate=0.004))
    # 10 times at 0.4 %: a long falls 9.64 %, ln(1 - .0964) = 101.3 bp of ten; a short rises 9.56 %, 91.3
    assert sum(longs[HALF - 101 : HALF + 1]) == pytest.approx(0.5, abs=0.015)
    assert sum(shorts[HALF : HALF + 91]) == pytest.approx(0.5, abs=0.015)


def test_leverage_above_the_venues_highest_counts_at_the_highest() -> None:
    hundred = MapSettings(mix=MixSettings(observed=(0, 0, 0, 0, 1)))
    twenty_five = MapSettings(mix=MixSettings(observed=(0, 0, 1, 0, 0)))
    capped = MarginTier(0.005, 25.0, floor_usd=0.0)
    assert spread_of(hundred, capped) == spread_of(twenty_five, capped)
    assert spread_of(hundred) != spread_of(twenty_five)


def test_entries_over_several_buckets_are_the_mean_of_their_kernels() -> None:
    known = kernels("binance", None, ("retail",), MapSettings())
    alone = [known.spread([(place, place, 1.0)]) for place in (300, 301, 302, 310)]
    expected = 0.75 * np.mean(alone[:3], axis=0) + 0.25 * alone[3]
    assert known.spread([(300, 302, 6.0), (310, 310, 2.0)]) == pytest.approx(expected, abs=1e-12)


def test_only_tilted_presets_have_a_tilt() -> None:
    known = kernels("binance", None, ("observed", "untilted"), MapSettings())
    assert known.tilts.tolist() == [[0.3, -0.3], [0.0, 0.0]]
    assert (known.running[0] == known.running[1]).all()
