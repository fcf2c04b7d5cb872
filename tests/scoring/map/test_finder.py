"""Bands of a map's density are where they are, and the same as the plain finder's for a ladder."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.map.finder import find, radius, smooth
from scoring.peaks import find_bands
from scoring.settings import ClusterSettings
from scoring.settings.estimate import TrackerSettings

SHAPE = ClusterSettings()
SETTINGS = TrackerSettings(height=2.0, prominence=0.15, hold=1.0)
"""Those of the comparison."""
X = np.arange(300.0)


def hill(centre: float, width: float, height: float) -> np.ndarray:
    return height * np.exp(-0.5 * ((X - centre) / width) ** 2)


def test_smoothing_keeps_the_mass_and_the_length() -> None:
    raw = np.zeros(60)
    raw[[25, 30]] = 6.0, 2.0
    smoothed = smooth(raw, 3.0)
    assert len(smoothed) == 60
    assert smoothed.sum() == pytest.approx(8.0)
    assert np.flatnonzero(smoothed)[0] == 25 - radius(3.0)


def test_smoothing_what_is_shorter_than_the_gaussian_keeps_its_length() -> None:
    assert smooth(np.ones(5), 3.0).shape == (5,)


def test_a_band_reaches_to_half_of_its_peak() -> None:
    """A gaussian of 10 falls to half at 1.1774 x 10 = 11.8 from its middle: the last bucket above is the 11th."""
    (found,) = find(1.0 + hill(150, 10, 200), 1000, SHAPE, SETTINGS)
    assert found.band == (1139, 1150, 1161)
    assert found.plain


def test_two_peaks_part_at_their_valley() -> None:
    """Where the density between them stays above half of both, the deepest place is the border."""
    level = 0.1 + hill(140, 8, 10) + hill(164, 8, 9)
    (left, right) = (found.band for found in find(level, 0, SHAPE, SETTINGS))
    valley = 140 + int(np.argmin(level[140:165]))
    assert level[valley] > 5
    assert (left.last, right.first) == (valley, valley + 1)


@pytest.mark.parametrize("level", [np.zeros(0), np.zeros(50), np.ones(50), np.arange(50.0)])
def test_without_a_peak_there_is_no_band(level: np.ndarray) -> None:
    assert find(level, 0, SHAPE, SETTINGS) == []


def test_a_lower_peak_only_serves_to_hold_a_known_cluster() -> None:
    """1.8 medians high: too low for a new cluster, high enough at 0.7 of the limit."""
    level = np.ones(300) + hill(80, 5, 5) + hill(200, 5, 0.8)
    found = find(level, 0, SHAPE, TrackerSettings(height=2.0, prominence=0.15, hold=0.7))
    assert [(one.band.peak, one.plain) for one in found] == [(80, True), (200, False)]
    assert [one.band.peak for one in find(level, 0, SHAPE, SETTINGS)] == [80]


@given(st.lists(st.integers(0, 30), min_size=3, max_size=120))
def test_the_bands_are_those_of_the_plain_finder(values: list[int]) -> None:
    """Ties, plateaus and borders included; the plain finder is told the same limits."""
    filled = sorted(value for value in values if value > 0)
    found = [one.band for one in find(np.array(values, float), 0, SHAPE, SETTINGS)]
    assert all(first.last < second.first for first, second in pairwise(found))
    inner = [values[i] for i in range(1, len(values) - 1) if values[i - 1] < values[i] >= values[i + 1]]
    if len(filled) < 3 or not inner:
        assert found == []
        return
    height = SETTINGS.height * filled[len(filled) // 2]
    assert found == find_bands(values, height, SETTINGS.prominence * max(inner), SHAPE.separation)
