"""Dense bands are found where they are, once, on their side of the price."""

from itertools import pairwise
from math import exp, floor, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.clusters import Bucket, ClusterFinder, clusters
from scoring.ladder import MICRO, Ladder
from scoring.peaks import find_bands, smooth
from scoring.settings import ClusterSettings, LadderSettings
from tests.scoring.events_fixture import MINUTE, NOW

SETTINGS = ClusterSettings()
PRICE = 100.0


def density(*rows: tuple[float, float]) -> dict[int, Bucket]:
    """Buckets with so many USD of longs at these prices."""
    return {floor(log(price) / SETTINGS.bucket): [round(usd * MICRO), 0, 0, NOW] for price, usd in rows}


def test_two_bands_are_found_on_their_sides_with_their_amounts() -> None:
    """A band above, a band below, each with all of its USD, its distance and its last time."""
    below = [(97.0, 3e6), (97.1, 5e6), (97.2, 2e6)]
    above, under = clusters(density(*below, (103.0, 4e6)), PRICE, SETTINGS)
    (low,), (high,) = under, above
    assert (low.side, low.long_usd) == ("below", 10e6)
    assert low.low < 97.0 < 97.2 < low.high
    assert low.distance == pytest.approx(-0.029, abs=0.001)
    assert (high.side, high.long_usd, high.last_at_ms, high.sampled) == ("above", 4e6, NOW, False)


def test_nothing_liquidated_means_no_cluster() -> None:
    """Nor does what lies out of reach make one."""
    assert clusters({}, PRICE, SETTINGS) == ((), ())
    assert clusters(density((80.0, 1e9)), PRICE, SETTINGS) == ((), ())


def test_an_even_density_has_no_cluster() -> None:
    """A band must stand out from what is usual here."""
    even = {index: [MICRO, MICRO, 0, NOW] for index in range(4480, 4720)}
    assert clusters(even, PRICE, SETTINGS) == ((), ())


@given(st.lists(st.tuples(st.floats(88.0, 112.0), st.floats(1.0, 1e8)), min_size=1, max_size=60))
def test_bands_do_not_overlap_and_invent_nothing(rows: list[tuple[float, float]]) -> None:
    """Nearest first, at most six a side, and their sum is at most what was liquidated."""
    buckets = density(*rows)
    above, below = clusters(buckets, PRICE, SETTINGS)
    for side in (above, below):
        assert len(side) <= 6
        assert [abs(item.distance) for item in side] == sorted(abs(item.distance) for item in side)
    bands = sorted([*above, *below], key=lambda item: item.low)
    assert all(first.high <= second.low * (1 + 1e-9) for first, second in pairwise(bands))
    assert all(item.low < item.peak < item.high for item in bands)
    assert sum(item.usd for item in bands) <= sum(bucket[0] for bucket in buckets.values()) / MICRO * (1 + 1e-9)


def test_smoothing_keeps_the_mass() -> None:
    """Weights sum to one where the kernel fits."""
    raw = [0.0] * 20 + [6.0, 0.0, 2.0] + [0.0] * 20
    assert sum(smooth(raw, 3.0, 12)) == pytest.approx(8.0)


def test_peaks_too_near_or_too_flat_are_dropped() -> None:
    """Of two close peaks the higher one stays; a bump of a few percent on a slope is none."""
    hill = [0, 2, 9, 4, 8, 2, 0, 0, 0, 0, 3, 2.9, 3.0, 1, 0]
    assert [band.peak for band in find_bands(hill, 1.0, 1.0, 6)] == [2, 10]
    (first, second) = find_bands(hill, 1.0, 1.0, 6)
    assert (first.first, first.last) == (2, 2)
    assert (second.first, second.last) == (10, 12)


def test_clusters_are_looked_for_once_a_second_of_market_time() -> None:
    """A new liquidation shows in the next second; another window at once."""
    ladder, finder = Ladder(LadderSettings()), ClusterFinder(SETTINGS)
    ladder.advance(NOW // MINUTE)
    ladder.add(NOW, 97.0, 0, 5 * MICRO, False, PRICE)
    _, (first,) = finder.find(ladder, 240, PRICE, NOW)
    ladder.add(NOW, 97.0, 1, 7 * MICRO, True, PRICE)
    assert finder.find(ladder, 240, PRICE, NOW + 999)[1] == (first,)
    assert finder.find(ladder, 60, PRICE, NOW + 999)[1][0].usd == 12.0
    _, (later,) = finder.find(ladder, 240, PRICE, NOW + 2000)
    assert (later.long_usd, later.short_usd, later.sampled) == (5.0, 7.0, True)
    assert later.peak == pytest.approx(97.0, rel=exp(SETTINGS.bucket) - 1)
