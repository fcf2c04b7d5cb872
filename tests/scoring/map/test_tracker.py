"""Clusters keep their identity while they live, do not flicker, and end when the price takes their peak."""

from dataclasses import dataclass
from math import exp

import numpy as np
import pytest

from scoring.map.grid import Density
from scoring.map.tracker import Tracker
from scoring.settings import ClusterSettings
from scoring.settings.estimate import StrengthSettings, TrackerSettings

BUCKET = 0.001
HERE = 4605  # the bucket of a price of 100, about
MINUTE = 60_000
SETTINGS = TrackerSettings(reach=0.6)
"""A reach that covers all 400 buckets of the noise test."""


def tracker(settings: TrackerSettings = SETTINGS, smoothing: float = 3.0) -> Tracker:
    return Tracker(settings, StrengthSettings(), ClusterSettings(smoothing=smoothing))


def price_in(bucket: float) -> float:
    return exp((bucket + 0.5) * BUCKET)


def hills(*peaks: tuple[float, float], start: int = 0, length: int = 200, width: float = 5.0) -> np.ndarray:
    """Gaussians of an area in USD around buckets, on an even floor of 100 USD a bucket."""
    x = start + np.arange(length)
    shapes = [usd / width / np.sqrt(2 * np.pi) * np.exp(-0.5 * ((x - at) / width) ** 2) for at, usd in peaks]
    return 100.0 + sum(shapes, np.zeros(length))


def shorts(*peaks: tuple[float, float], start: int = HERE + 1, **more: float) -> Density:
    """Shorts above the price, no longs."""
    side = hills(*peaks, start=start, **more)  # type: ignore[arg-type]
    return Density(start, BUCKET, np.zeros(len(side)), side)


@dataclass
class Score:
    """Births and deaths per update, recall, precision, identities of each true peak."""

    flicker: float
    recall: float
    precision: float
    identities: list[int]


def noisy_run(
    seed: int, moving: bool, weakest: float, updates: int = 1_500, settings: TrackerSettings = SETTINGS,
    smoothing: float = 3.0,
) -> Score:  # fmt: skip
    """Six true peaks in 400 buckets of shorts, each bucket with 25 % multiplicative noise anew at every update."""
    chance, followed, x = np.random.default_rng(seed), tracker(settings, smoothing), np.arange(400)
    at = np.arange(45, 400, 62)[:6] + chance.uniform(-8, 8, 6)
    tall, wide, phase = chance.uniform(weakest, 8, 6), chance.uniform(3, 7, 6), chance.uniform(0, 6.3, 6)
    changes = hits = misses = false = 0
    before: set[int] = set()
    seen: list[set[int]] = [set() for _ in at]
    for update in range(updates):
        now = at + (8 * np.sin(2 * np.pi * update / 300 + phase) if moving else 0)
        grown = tall * (1 + 0.3 * np.sin(2 * np.pi * update / 400 + 2 * phase)) if moving else tall
        truth = 1e6 * (1 + (grown[:, None] * np.exp(-0.5 * ((x - now[:, None]) / wide[:, None]) ** 2)).sum(0))
        noise = np.clip(1 + 0.25 * chance.standard_normal(400), 0, None)
        followed.update(Density(HERE + 1, BUCKET, np.zeros(400), truth * noise), price_in(HERE), update * MINUTE)
        live = {one.identity: one.peak - HERE - 1 for one in followed.live}
        changes += len(before ^ set(live)) if update else 0
        before, unclaimed = set(live), dict(live)
        for peak, identities in zip(now, seen, strict=True):
            near = [identity for identity, place in unclaimed.items() if abs(place - peak) <= 6]
            hits, misses = hits + bool(near), misses + (not near)
            if near:
                identities.add(near[0])
                del unclaimed[near[0]]
        false += len(unclaimed)
    return Score(changes / updates, hits / (hits + misses), hits / (hits + false), [len(one) for one in seen])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_makes_no_clusters_flicker(seed: int) -> None:
    """At most one birth or death in a hundred updates, at a recall and a precision of at least 0.95."""
    score = noisy_run(seed, moving=False, weakest=2.5)
    assert score.flicker <= 0.01
    assert min(score.recall, score.precision) >= 0.95


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_peaks_that_drift_and_swell_keep_their_identity(seed: int) -> None:
    """Each swings by 16 buckets and 60 % of its height: it is still the same cluster after 1,500 updates."""
    score = noisy_run(seed, moving=True, weakest=2.5)
    assert score.flicker <= 0.01
    assert min(score.recall, score.precision) >= 0.95
    assert score.identities == [1] * 6


def test_the_noise_test_can_fail() -> None:
    """The raw peaks of each update, without smoothing and memory, come and go all the time."""
    raw = TrackerSettings(reach=0.6, memory=1.0, confirm=1, miss=1, hold=1.0)
    score = noisy_run(1, moving=False, weakest=2.5, updates=200, settings=raw, smoothing=0.3)
    assert score.flicker > 1
    assert score.precision < 0.95


def test_a_cluster_has_its_band_mass_and_birth() -> None:
    """All but the flanks of a gaussian lies between its half heights: 76 %, here of what the smoothing made wider."""
    followed = tracker()
    followed.update(shorts((HERE + 60, 5e6)), price_in(HERE), 7)
    (found,) = followed.live
    assert (found.side, found.peak, found.born_ms, found.swept_at_ms) == ("above", HERE + 60, 7, None)
    assert found.low == pytest.approx(exp((HERE + 54) * BUCKET))
    assert found.high == pytest.approx(exp((HERE + 67) * BUCKET))
    assert found.low < found.peak_price < found.high
    side = hills((HERE + 60, 5e6), start=HERE + 1)
    assert found.usd == pytest.approx(side[53:66].sum())


def test_the_first_look_stands_a_later_band_is_confirmed_by_its_third() -> None:
    followed = tracker()
    followed.update(shorts((HERE + 60, 5e6)), price_in(HERE), 0)
    counts = [len(followed.live)]
    for minute in range(1, 5):
        followed.update(shorts((HERE + 60, 5e6), (HERE + 120, 9e6)), price_in(HERE), minute * MINUTE)
        counts.append(len(followed.live))
    assert counts == [1, 1, 1, 2, 2]
    assert [one.born_ms for one in followed.live] == [0, MINUTE]


def test_a_cluster_ends_with_its_third_miss() -> None:
    followed = tracker(TrackerSettings(reach=0.6, memory=1.0))
    counts = []
    for minute in range(6):
        gone = minute >= 2
        followed.update(shorts(*[] if gone else [(HERE + 60, 5e6)]), price_in(HERE), minute * MINUTE)
        counts.append(len(followed.live))
    assert counts == [1, 1, 1, 1, 0, 0]


def test_a_map_built_anew_counts_at_once_and_known_clusters_keep_their_identity() -> None:
    followed = tracker()
    followed.update(shorts((HERE + 60, 5e6)), price_in(HERE), 0)
    followed.update(shorts((HERE + 62, 9e6), (HERE + 120, 9e6)), price_in(HERE), MINUTE, settle=True)
    first, second = followed.live
    assert (first.identity, first.peak, first.born_ms) == (1, HERE + 62, 0)
    assert (second.identity, second.peak) == (2, HERE + 120)


def test_an_identity_survives_that_the_grid_is_centred_anew() -> None:
    """The arrays begin elsewhere and have another length; the same prices stay the same cluster."""
    followed = tracker()
    for minute, start in enumerate((HERE + 1, HERE - 40, HERE + 30)):
        density = shorts((HERE + 80, 5e6), start=start, length=180 + 10 * minute)
        followed.update(density, price_in(HERE), minute * MINUTE)
        assert [(one.identity, one.peak) for one in followed.live] == [(1, HERE + 80)]


def test_a_peak_that_the_mark_reached_is_swept() -> None:
    """At once, with its time and its mass before; one bucket short of the peak it only lost what was taken."""
    followed = tracker()
    density = shorts((HERE + 60, 5e6), (HERE + 120, 9e6))
    followed.update(density, price_in(HERE), 0)
    whole, other = followed.live
    followed.sweep(price_in(HERE - 3), price_in(HERE + 59), 1_000)
    left, _ = followed.live
    assert followed.swept(1_000) == ()
    assert (left.first, left.last) == (HERE + 60, whole.last)
    assert left.usd == pytest.approx(density.shorts[59 : whole.last - HERE].sum())
    followed.sweep(price_in(HERE), price_in(HERE + 60), 2_000)
    assert [one.identity for one in followed.live] == [other.identity]
    (swept,) = followed.swept(2_000)
    assert (swept.identity, swept.swept_at_ms, swept.usd) == (whole.identity, 2_000, left.usd)


def test_longs_are_swept_by_the_low() -> None:
    start = HERE - 200
    side = hills((HERE - 60, 5e6), start=start)
    followed = tracker()
    followed.update(Density(start, BUCKET, side, np.zeros(200)), price_in(HERE), 0)
    assert [(one.side, one.peak) for one in followed.live] == [("below", HERE - 60)]
    followed.sweep(price_in(HERE - 59), price_in(HERE + 300), 1)
    assert len(followed.live) == 1
    followed.sweep(price_in(HERE - 60), price_in(HERE), 2)
    assert not followed.live
    assert [one.swept_at_ms for one in followed.swept(2)] == [2]


def test_what_was_swept_leaves_no_ghost() -> None:
    """The followed density remembers, but not near what the price took; the rest of the band is a new cluster."""
    followed = tracker()
    side = shorts((HERE + 60, 5e8))
    for minute in range(5):
        followed.update(side, price_in(HERE), minute * MINUTE)
    followed.sweep(price_in(HERE), price_in(HERE + 90), 5 * MINUTE)
    taken = side.shorts.copy()
    taken[:90] = 0
    for minute in range(5, 12):
        followed.update(Density(HERE + 1, BUCKET, side.longs, taken), price_in(HERE + 80), minute * MINUTE)
        assert followed.live == ()


def test_a_cluster_around_the_price_stays_on_its_side() -> None:
    """Also when the price went into its band."""
    start = HERE - 100
    longs, shorts_ = hills((HERE - 30, 5e6), start=start), hills((HERE + 30, 5e6), start=start)
    longs[100:], shorts_[:101] = 0, 0
    followed = tracker()
    followed.update(Density(start, BUCKET, longs, shorts_), price_in(HERE), 0)
    identities = {one.side: one.identity for one in followed.live}
    for minute, at in enumerate((HERE - 27, HERE, HERE + 27, HERE), start=1):
        followed.sweep(price_in(at), price_in(at), minute * MINUTE)
        longs[at - start :] = 0
        shorts_[: at - start + 1] = 0
        followed.update(Density(start, BUCKET, longs.copy(), shorts_.copy()), price_in(at), minute * MINUTE)
        assert {one.side: one.identity for one in followed.live} == identities
    assert followed.swept(5 * MINUTE) == ()


def test_swept_clusters_are_kept_for_a_day_and_not_without_end() -> None:
    """Newest first, the two newest of three by the settings' bound."""
    settings = TrackerSettings(reach=0.6, swept_most=2)
    followed = tracker(settings)
    for turn in range(3):
        followed.update(shorts((HERE + 60, 5e6)), price_in(HERE), turn * MINUTE, settle=True)
        followed.sweep(price_in(HERE), price_in(HERE + 60), turn * MINUTE + 1)
    day = 86_400_000
    assert [one.swept_at_ms for one in followed.swept(3 * MINUTE)] == [2 * MINUTE + 1, MINUTE + 1]
    assert [one.swept_at_ms for one in followed.swept(day + MINUTE + 2)] == [2 * MINUTE + 1]


def test_clusters_beyond_the_reach_are_not_born_but_live_on_a_little_further() -> None:
    """So that a price that wavers makes none flicker at the edge."""
    settings = TrackerSettings(reach=0.1)
    edge = HERE + 95
    followed = tracker(settings)
    followed.update(shorts((edge - 3, 5e6)), price_in(HERE), 0)
    followed.update(shorts((edge - 3, 5e6)), price_in(HERE - 10), MINUTE)
    assert [one.identity for one in followed.live] == [1]
    fresh = tracker(settings)
    fresh.update(shorts((edge - 3, 5e6)), price_in(HERE - 10), 0)
    assert fresh.live == ()


def test_an_empty_map_has_no_clusters() -> None:
    followed = tracker()
    followed.update(Density(HERE, BUCKET, np.zeros(0), np.zeros(0)), price_in(HERE), 0)
    followed.update(Density(HERE, BUCKET, np.zeros(9), np.zeros(9)), price_in(HERE), MINUTE)
    assert not followed.live
    assert followed.swept(0) == ()
