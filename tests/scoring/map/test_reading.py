"""A tracked cluster is shown with all that is known of it, and with None where something is not."""

from math import exp, log, sqrt
from statistics import NormalDist

import pytest

from scoring.map.reading import ReadingSettings, Surroundings, read_clusters
from scoring.map.strength import MassHistory
from scoring.map.tracks import Tracked
from scoring.settings.estimate import StrengthSettings
from scoring.view import Side
from scoring.view.estimated import Record

BUCKET = 0.001
PRICE, SIGMA = 71_450.0, 0.025
SETTINGS = ReadingSettings()
BARE = Surroundings(PRICE, long_usd=40e6, short_usd=100e6)


def cluster(identity: int, side: Side, away: float, usd: float, width: int = 10, **more: int) -> Tracked:
    """A band whose nearest edge is about so far away (a fraction, negative below)."""
    edge = round(log(PRICE * (1 + away)) / BUCKET)
    first = edge if side == "above" else edge - width
    return Tracked(identity, side, first, first + width // 2, first + width - 1, BUCKET, usd, 5, **more)


def chance(level: float, days: float = 1.0) -> float:
    return 2 * NormalDist().cdf(-abs(log(level / PRICE)) / (SIGMA * sqrt(days)))


def test_clusters_are_shown_by_side_nearest_first() -> None:
    live = [cluster(1, "below", -0.05, 1e6), cluster(2, "below", -0.02, 1e6), cluster(3, "above", 0.01, 1e6)]
    above, below, swept = read_clusters(live, (), BARE, SETTINGS)
    assert [one.identity for one in above] == [3]
    assert [one.identity for one in below] == [2, 1]
    assert swept == ()


def test_no_more_are_shown_than_the_nearest_of_each_side() -> None:
    live = [cluster(number, "above", 0.01 * number, 1e6) for number in range(1, 10)]
    above, _, _ = read_clusters(live, (), BARE, ReadingSettings(each_side=2))
    assert [one.identity for one in above] == [1, 2]


def test_distance_is_that_of_the_nearest_edge() -> None:
    above, below, _ = read_clusters(
        [cluster(1, "above", 0.03, 1e6), cluster(2, "below", -0.02, 1e6)], (), BARE, SETTINGS
    )
    assert above[0].distance == pytest.approx(above[0].low / PRICE - 1)
    assert above[0].distance == pytest.approx(0.03, abs=0.001)
    assert below[0].distance == pytest.approx(below[0].high / PRICE - 1)
    assert below[0].distance == pytest.approx(-0.02, abs=0.001)
    assert above[0].low < above[0].peak < above[0].high


def test_inside_a_band_the_distance_is_nothing_and_the_touch_certain() -> None:
    here = cluster(1, "below", 0.002, 1e6)
    _, (found,), _ = read_clusters([here], (), Surroundings(PRICE, 1e6, 0, daily_sigma=SIGMA), SETTINGS)
    assert found.low < PRICE < found.high
    assert (found.distance, found.touch) == (0.0, 1.0)


def test_the_share_is_of_its_own_side() -> None:
    live = [cluster(1, "above", 0.03, 25e6), cluster(2, "below", -0.02, 10e6)]
    (above,), (below,), _ = read_clusters(live, (), BARE, SETTINGS)
    assert (above.share, below.share) == (0.25, 0.25)


def test_what_is_not_known_stays_unknown() -> None:
    """Without volatility, depth, volume, calibration and history there is still a band with its modelled mass."""
    (found,), _, _ = read_clusters([cluster(1, "above", 0.03, 25e6)], (), BARE, SETTINGS)
    assert (found.usd, found.born_ms, found.record) == (25e6, 5, Record())
    unknown = (found.touch, found.pull, found.stars, found.depth_ratio, found.strength, found.push_bp)
    assert (*unknown, found.calibrated_usd) == (None,) * 7


def test_the_touch_is_that_of_the_nearest_edge_within_a_day() -> None:
    around = Surroundings(PRICE, 1e6, 1e6, daily_sigma=SIGMA)
    (found,), _, _ = read_clusters([cluster(1, "above", 0.03, 1e6)], (), around, SETTINGS)
    assert found.touch == pytest.approx(chance(found.low))
    stepped = Surroundings(PRICE, 1e6, 1e6, daily_sigma=SIGMA, step_sigma=0.001)
    (rarer,), _, _ = read_clusters([cluster(1, "above", 0.03, 1e6)], (), stepped, SETTINGS)
    assert rarer.touch == pytest.approx(chance(found.low * exp(0.5826e-3)))


def test_the_worked_magnets() -> None:
    """0.6 B at +1.2 %, 2 B at +3.5 %, 14 B at +25 %, each in one bucket: 53, 47 and 0 of a day's pull."""
    live = [
        cluster(number, "above", away, usd, width=1)
        for number, (away, usd) in enumerate([(0.012, 0.6e9), (0.035, 2e9), (0.25, 14e9)])
    ]
    above, _, _ = read_clusters(live, (), Surroundings(PRICE, 0, 17e9, daily_sigma=SIGMA), SETTINGS)
    assert [round(100 * one.pull) for one in above if one.pull is not None] == [53, 47, 0]


def test_a_pull_is_a_share_of_all_clusters_also_of_those_not_shown() -> None:
    live = [cluster(1, "below", -0.02, 1e6), cluster(2, "above", 0.02, 1e6), cluster(3, "above", 0.03, 1e6)]
    around = Surroundings(PRICE, 1e6, 1e6, daily_sigma=SIGMA)
    (above,), (below,), _ = read_clusters(live, (), around, ReadingSettings(each_side=1))
    assert above.pull is not None
    assert below.pull is not None
    assert 0.6 < above.pull + below.pull < 0.9


def test_longs_are_held_against_bids_and_shorts_against_asks() -> None:
    """300 M of map at 0.01 are 3 M: three times 1 M of bids, a fiftieth of 150 M of asks."""
    live = [cluster(1, "above", 0.03, 300e6), cluster(2, "below", -0.03, 300e6)]
    around = Surroundings(PRICE, 1e9, 1e9, bid_usd=1e6, ask_usd=150e6, kappa_price=0.01)
    (above,), (below,), _ = read_clusters(live, (), around, SETTINGS)
    assert above.calibrated_usd == below.calibrated_usd == 3e6
    assert (above.strength, below.strength) == ("minor", "book-sized")
    assert [above.depth_ratio, below.depth_ratio] == pytest.approx([0.02, 3.0])


def test_an_empty_book_is_no_depth() -> None:
    around = Surroundings(PRICE, 1e9, 1e9, bid_usd=0.0, kappa_price=0.01)
    _, (below,), _ = read_clusters([cluster(1, "below", -0.03, 3e8)], (), around, SETTINGS)
    assert (below.depth_ratio, below.strength) == (None, None)


def test_the_push_takes_the_depth_of_the_side_it_hits() -> None:
    """500 M at an open-interest factor of 1 and 20 B a day: 40 to 51 bp by the square root; 17 and 170 by the books."""
    around = Surroundings(
        PRICE,
        1e9,
        1e9,
        daily_sigma=SIGMA,
        bid_usd=100e6,
        ask_usd=10e6,
        volume_usd=20e9,
        kappa_price=0.01,
        kappa_open=1.0,
    )
    live = [cluster(1, "above", 0.03, 500e6), cluster(2, "below", -0.03, 500e6)]
    (above,), (below,), _ = read_clusters(live, (), around, SETTINGS)
    root = 250 * sqrt(500 / 20_000)
    assert above.push_bp == pytest.approx((root, max(1.3 * root, 5e6 * 3.4 / 1e5)))
    assert below.push_bp == pytest.approx((5e6 * 3.4 / 1e6, 1.3 * root))


def test_stars_come_from_the_coins_own_masses() -> None:
    masses = MassHistory(StrengthSettings())
    for identity in range(40):
        masses.note(identity, identity * 1e6, 0)
    around = Surroundings(PRICE, 1e9, 1e9, masses=masses)
    (first, second), _, _ = read_clusters(
        [cluster(1, "above", 0.03, 1e6), cluster(2, "above", 0.05, 1e9)], (), around, SETTINGS
    )
    assert (first.stars, second.stars) == (1, 5)


def test_the_record_is_asked_by_side_and_distance() -> None:
    asked: list[tuple[Side, float]] = []

    def record(side: Side, distance: float) -> Record:
        asked.append((side, distance))
        return Record(n=len(asked))

    around = Surroundings(PRICE, 1e9, 1e9, records=record)
    (above,), (below,), _ = read_clusters(
        [cluster(1, "below", -0.02, 1e6), cluster(2, "above", 0.03, 1e6)], (), around, SETTINGS
    )
    assert (below.record.n, above.record.n) == (1, 2)
    assert asked == [("below", below.distance), ("above", above.distance)]


def test_of_a_swept_cluster_only_its_past_is_told() -> None:
    gone = cluster(1, "above", 0.03, 5e6, swept_at_ms=77)
    around = Surroundings(
        PRICE, 1e9, 1e9, daily_sigma=SIGMA, bid_usd=1e6, ask_usd=1e6, volume_usd=1e9, kappa_price=0.01, kappa_open=0.3
    )
    above, below, (found,) = read_clusters([], [gone], around, SETTINGS)
    assert (above, below) == ((), ())
    assert (found.swept_at_ms, found.usd, found.share) == (77, 5e6, 0.0)
    assert (found.touch, found.pull, found.depth_ratio, found.strength, found.push_bp) == (None,) * 5
